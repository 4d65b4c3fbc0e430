import { useCallback, useEffect, useReducer, useRef } from 'react';
import { getJson } from '../data/api.js';
import { useLiveTraces } from '../data/live.js';
import { filterQuery, type TraceFilter } from '../model/filter.js';
import { mergeTraces, refreshTraces, unseen } from '../model/merge.js';
import type { TraceItem, TracePage } from '../model/types.js';

interface ListState {
  /** The filter the rows belong to. */
  key: string;
  rows: TraceItem[] | undefined;
  /** Arrived while the reader was further down or busy; shown when asked for. */
  waiting: TraceItem[];
  next: string | null;
  error: Error | undefined;
}

type Action =
  | { type: 'loaded'; key: string; page: TracePage }
  | { type: 'older'; key: string; page: TracePage }
  | { type: 'fresh'; key: string; page: TracePage; show: boolean }
  | { type: 'failed'; key: string; error: Error }
  | { type: 'show' };

const EMPTY: ListState = { key: '', rows: undefined, waiting: [], next: null, error: undefined };
const PAGE_SIZE = 50;

export interface TraceList extends Omit<ListState, 'key'> {
  loading: boolean;
  reload: () => void;
  loadOlder: () => void;
  showWaiting: () => void;
}

/** The traces that match, kept up to date without ever moving what the reader looks at. */
export const useTraceList = (filter: TraceFilter, mayPrepend: () => boolean): TraceList => {
  const key = JSON.stringify(filter);
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const { ask, reload } = useQuestions(key, dispatch);

  useLiveTraces(() => ask((page) => ({ type: 'fresh', key, page, show: mayPrepend() })));

  const loadOlder = (): void => {
    if (state.next) ask((page) => ({ type: 'older', key, page }), state.next);
  };
  const showWaiting = (): void => dispatch({ type: 'show' });
  const current = state.key === key ? state : EMPTY;
  const loading = current.rows === undefined && !current.error;
  return { ...current, loading, reload, loadOlder, showWaiting };
};

/** Asks at once and whenever the filter changes; an answer to a filter that is gone is not waited for. */
const useQuestions = (key: string, dispatch: (action: Action) => void) => {
  const running = useRef<AbortController>(undefined);
  const ask = useCallback(
    (toAction: (page: TracePage) => Action, before?: string) => {
      const controller = new AbortController();
      getJson<TracePage>(pathOf(key, before), controller.signal).then(
        (page) => dispatch(toAction(page)),
        (error: Error) => !controller.signal.aborted && dispatch({ type: 'failed', key, error }),
      );
      return controller;
    },
    [key, dispatch],
  );
  const reload = useCallback(() => {
    running.current?.abort();
    running.current = ask((page) => ({ type: 'loaded', key, page }));
  }, [ask, key]);
  useEffect(() => {
    reload();
    return () => running.current?.abort();
  }, [reload]);
  return { ask, reload };
};

const pathOf = (key: string, before: string | undefined): string => {
  // The key is the filter itself, written down so that equal filters are the same question.
  const query = filterQuery(JSON.parse(key) as TraceFilter, Date.now());
  query.set('limit', String(PAGE_SIZE));
  if (before) query.set('before', before);
  return `traces?${query}`;
};

const reduce = (state: ListState, action: Action): ListState => {
  if (action.type === 'show')
    return { ...state, rows: mergeTraces(state.rows ?? [], state.waiting), waiting: [] };
  if (action.type === 'loaded') return loaded(action.key, action.page);
  if (action.type === 'failed')
    return state.key === action.key ? { ...state, error: action.error } : failed(action);
  if (state.key !== action.key) return state;
  // The first answer failed, and the collector is back.
  if (!state.rows) return action.type === 'fresh' ? loaded(action.key, action.page) : state;
  const { traces, next } = action.page;
  if (action.type === 'older')
    return { ...state, rows: mergeTraces(state.rows, traces), next, error: undefined };
  const rows = refreshTraces(state.rows, traces);
  const waiting = mergeTraces(state.waiting, unseen(rows, traces));
  if (action.show) return { ...state, rows: mergeTraces(rows, waiting), waiting: [], error: undefined };
  return { ...state, rows, waiting, error: undefined };
};

const loaded = (key: string, { traces, next }: TracePage): ListState => ({
  ...EMPTY,
  key,
  rows: traces,
  next,
});

const failed = ({ key, error }: { key: string; error: Error }): ListState => ({ ...EMPTY, key, error });
