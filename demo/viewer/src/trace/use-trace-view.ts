import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { crowdedGroups, isGroup } from '../model/resource-groups.js';
import { findSpans } from '../model/span-search.js';
import { type SpanNode, visibleNodes } from '../model/span-tree.js';
import { clampWindow, type TimeWindow } from '../model/time-scale.js';
import type { TraceModel } from './use-trace-model.js';

/** How a trace is looked at. All but the cursor and what is collapsed is in the URL. */
export interface TraceView {
  model: TraceModel;
  rows: SpanNode[];
  collapsed: ReadonlySet<string>;
  window: TimeWindow;
  zoomed: boolean;
  /** The row the keyboard is on. */
  cursor: string | undefined;
  /** The span whose details are open. */
  opened: SpanNode | undefined;
  showCritical: boolean;
  find: string;
  matches: ReadonlySet<string> | undefined;
  setWindow: (window: TimeWindow) => void;
  setCursor: (spanId: string) => void;
  open: (spanId: string | undefined) => void;
  setCollapsed: (collapsed: ReadonlySet<string>) => void;
  setParameter: (name: string, value: string) => void;
}

export const useTraceView = (model: TraceModel): TraceView => {
  const [search, setParameter] = useParameters();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() =>
    crowdedGroups(model.tree, search.get('span')),
  );
  const [cursor, setCursor] = useState(search.get('span') ?? model.tree.main?.span.spanId);
  const rows = useMemo(() => visibleNodes(model.tree, collapsed), [model.tree, collapsed]);
  const find = search.get('find') ?? '';
  const matches = useMemo(() => findSpans(model.trace.spans, find), [model.trace, find]);
  const window = readWindow(search.get('view'), model);
  const open = (spanId: string | undefined): void => {
    if (spanId) setCursor(spanId);
    const node = model.tree.byId.get(spanId ?? '');
    // A group of rows has nothing to tell of itself.
    if (node && isGroup(node.span)) setCollapsed(toggled(collapsed, node.span.spanId));
    else setParameter('span', spanId ?? '');
  };
  return {
    model,
    rows,
    collapsed,
    window,
    zoomed: window.start > model.bounds.all.start || window.end < model.bounds.all.end,
    cursor,
    opened: model.tree.byId.get(search.get('span') ?? ''),
    showCritical: search.get('critical') !== '0',
    find,
    matches,
    setWindow: (next) => setParameter('view', writeWindow(next, model)),
    setCursor,
    open,
    setCollapsed,
    setParameter,
  };
};

export const toggled = (collapsed: ReadonlySet<string>, spanId: string): ReadonlySet<string> => {
  const next = new Set(collapsed);
  if (!next.delete(spanId)) next.add(spanId);
  return next;
};

/** The URL's parameters, and how to change one of them; an empty value removes it. */
const useParameters = (): [URLSearchParams, (name: string, value: string) => void] => {
  const [search, setSearch] = useSearchParams();
  const setParameter = (name: string, value: string): void =>
    setSearch((before) => withParameter(before, name, value), { replace: true });
  return [search, setParameter];
};

/** Offsets from the root's start in milliseconds, as `12.5_80`: short, and the same for everyone who gets the link. */
const readWindow = (text: string | null, { bounds, origin }: TraceModel): TimeWindow => {
  const match = /^(-?[\d.]+)_(-?[\d.]+)$/.exec(text ?? '');
  const start = origin + Number(match?.[1]);
  const end = origin + Number(match?.[2]);
  return match && end > start ? clampWindow({ start, end }, bounds.all) : bounds.initial;
};

const writeWindow = ({ start, end }: TimeWindow, { bounds, origin }: TraceModel): string => {
  const isInitial = start === bounds.initial.start && end === bounds.initial.end;
  return isInitial ? '' : `${round(start - origin)}_${round(end - origin)}`;
};

const round = (offset: number): number => Math.round(offset * 1000) / 1000;

const withParameter = (before: URLSearchParams, name: string, value: string): URLSearchParams => {
  const next = new URLSearchParams(before);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
};
