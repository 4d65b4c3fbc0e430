import { useCallback, useEffect, useState } from 'react';

export type Resource<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; error: Error };

/** Loads when `key` changes, aborts what is no longer wanted. `reload` tries again. */
export const useResource = <T>(key: string, load: (signal: AbortSignal) => Promise<T>) => {
  const [resource, setResource] = useState<Resource<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `load`, which is new on every render.
  useEffect(() => {
    const controller = new AbortController();
    setResource({ state: 'loading' });
    load(controller.signal).then(
      (value) => controller.signal.aborted || setResource({ state: 'ready', value }),
      (error: Error) => controller.signal.aborted || setResource({ state: 'failed', error }),
    );
    return () => controller.abort();
  }, [key, attempt]);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  return { resource, reload };
};
