import { useCallback, useEffect, useRef, useState } from 'react';
import { getJson } from './api.js';

export interface Resource<T> {
  data: T | undefined;
  error: Error | undefined;
  loading: boolean;
  /** Asks again, keeping what is shown until the answer is there. */
  reload: () => void;
}

interface Outcome<T> {
  path: string;
  data?: T;
  error?: Error;
}

/** What the API answers at `path`; an answer that has been overtaken by another question is dropped. */
export const useResource = <T>(path: string): Resource<T> => {
  const [outcome, setOutcome] = useState<Outcome<T>>();
  const [round, setRound] = useState(0);
  const running = useRef<AbortController>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is what asks again.
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    getJson<T>(path, controller.signal).then(
      (data) => setOutcome({ path, data }),
      (error: Error) => !controller.signal.aborted && setOutcome((before) => failed(before, path, error)),
    );
    return () => controller.abort();
  }, [path, round]);

  const reload = useCallback(() => setRound((value) => value + 1), []);
  const current = outcome?.path === path ? outcome : undefined;
  return { data: current?.data, error: current?.error, loading: !current, reload };
};

/** A refresh that fails leaves what was there, with the error beside it. */
const failed = <T>(before: Outcome<T> | undefined, path: string, error: Error): Outcome<T> =>
  before?.path === path && before.data !== undefined ? { ...before, error } : { path, error };
