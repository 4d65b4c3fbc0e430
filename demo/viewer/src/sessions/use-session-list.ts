import { useCallback, useEffect, useState } from 'react';
import { getJson } from '../data/api.js';
import { useLiveTraces } from '../data/live.js';
import { useResource } from '../data/use-resource.js';
import type { SessionItem, SessionPage } from '../model/types.js';

export interface SessionList {
  sessions: SessionItem[] | undefined;
  next: string | null;
  loading: boolean;
  error: Error | undefined;
  reload: () => void;
  loadOlder: () => void;
}

/** Live on the first page; older pages are added below it and stay as they were. */
export const useSessionList = (query: Record<string, string>): SessionList => {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const path = `sessions?${parameters}`;
  const { data, error, loading, reload } = useResource<SessionPage>(path);
  const [older, setOlder] = useState<SessionPage[]>([]);
  const [olderError, setOlderError] = useState<Error>();
  useLiveTraces(reload, 2000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: older pages belong to the question that was asked.
  useEffect(() => setOlder([]), [path]);

  const next = (older.at(-1) ?? data)?.next ?? null;
  const loadOlder = useCallback(() => {
    if (!next) return;
    getJson<SessionPage>(`${path}&before=${encodeURIComponent(next)}`).then(
      (page) => setOlder((pages) => [...pages, page]),
      setOlderError,
    );
  }, [path, next]);

  const sessions = data && distinct([data, ...older].flatMap((page) => page.sessions));
  return { sessions, next, loading, error: error ?? olderError, reload, loadOlder };
};

/** A session that went on while older pages were read is on two of them. */
const distinct = (sessions: readonly SessionItem[]): SessionItem[] => {
  const seen = new Set<string>();
  return sessions.filter(({ sessionId }) => !seen.has(sessionId) && seen.add(sessionId));
};
