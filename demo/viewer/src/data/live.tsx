import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { apiUrl } from './api.js';

export type LiveState = 'connecting' | 'open' | 'lost' | 'paused';
/** Without ids, anything may have changed: the stream was interrupted. */
type Listener = (traceIds: readonly string[]) => void;

interface Live {
  state: LiveState;
  toggle: () => void;
  listen: (listener: Listener) => () => void;
}

const RETRY_MS = 3000;

const LiveContext = createContext<Live | null>(null);

/** One event stream for the whole page. */
export const LiveProvider = ({ children }: { children: ReactNode }) => {
  const listeners = useRef(new Set<Listener>());
  const wasOpen = useRef(false);
  const [paused, setPaused] = useState(false);
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    if (paused) return setState('paused');
    setState('connecting');
    const publish: Listener = (traceIds) => {
      for (const listener of listeners.current) listener(traceIds);
    };
    const onState = (next: LiveState): void => {
      setState(next);
      // What came meanwhile was not told.
      if (next === 'open' && wasOpen.current) publish([]);
      wasOpen.current ||= next === 'open';
    };
    return openStream(onState, publish);
  }, [paused]);

  const toggle = useCallback(() => setPaused((value) => !value), []);
  const listen = useCallback((listener: Listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  // Listening does not depend on the state: a change of it must not make the listeners lose what they wait for.
  const live = useMemo<Live>(() => ({ state, toggle, listen }), [state, toggle, listen]);
  return <LiveContext value={live}>{children}</LiveContext>;
};

export const useLive = (): Live => {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive outside of LiveProvider');
  return live;
};

/** Calls `listener` with the ids that arrived, at most once in `quietMs`: traces come in bursts. */
export const useLiveTraces = (listener: Listener, quietMs = 600): void => {
  const { listen } = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const ids = new Set<string>();
    let timer = 0;
    const stop = listen((arrived) => {
      for (const id of arrived) ids.add(id);
      timer ||= window.setTimeout(() => {
        timer = 0;
        const all = [...ids];
        ids.clear();
        latest.current(all);
      }, quietMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [listen, quietMs]);
};

const openStream = (onState: (state: LiveState) => void, onTraces: Listener): (() => void) => {
  let timer = 0;
  let stream = connect();

  function connect(): EventSource {
    const source = new EventSource(apiUrl('live'));
    source.onopen = () => onState('open');
    source.onerror = () => {
      onState('lost');
      // The browser tries again by itself, but not after an answer that is no event stream, such as a proxy's 502.
      if (source.readyState === EventSource.CLOSED) timer = window.setTimeout(reconnect, RETRY_MS);
    };
    source.addEventListener('traces', (event: MessageEvent<string>) => {
      const { traceIds } = JSON.parse(event.data) as { traceIds: string[] };
      onTraces(traceIds);
    });
    return source;
  }

  function reconnect(): void {
    stream = connect();
  }

  return () => {
    clearTimeout(timer);
    stream.close();
  };
};
