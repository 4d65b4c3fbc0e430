import type { Native } from '../platform/native.js';
import type { Config, Stop } from '../types.js';
import { attempt } from '../util/guard.js';
import { createRequest } from './transport.js';

/** How long the browser may lack the latest, in milliseconds. */
const DELAY_MS = 1000;

/** Of `fetchLater`, which is not yet in TypeScript's library. */
type FetchLater = (url: string, options: RequestInit) => { readonly activated: boolean };

/** A body that the browser sends when the page is gone, however it goes. */
export interface Deferred {
  /** Hands over what `make` gives then, soon; it takes the place of what was handed over before. */
  plan(make: () => string | undefined): void;
  /** Takes it back. */
  cancel(): void;
}

/** What of the agent it needs. */
export interface DeferredParts {
  readonly config: Config;
  readonly collector: URL;
  readonly native: Native;
}

/** Undefined where the browser has no `fetchLater`. */
export const createDeferred = ({ config, collector, native }: DeferredParts): Deferred | undefined => {
  const { fetchLater } = window as { fetchLater?: FetchLater };
  if (typeof fetchLater !== 'function') return undefined;
  const send = fetchLater.bind(window);
  let life: AbortController | undefined;
  let stopTimer: Stop | undefined;
  const cancel = (): void => {
    stopTimer?.();
    stopTimer = undefined;
    life?.abort();
  };
  const hand = (body: string | undefined): void => {
    cancel();
    if (!body) return;
    life = new AbortController();
    const { signal } = life;
    // Refused by a policy, or as the page has used up its share.
    attempt(() => send(collector.href, createRequest(config, body, { signal })));
  };
  return {
    plan: (make) => {
      stopTimer ??= native.after(DELAY_MS, () => hand(make()));
    },
    cancel,
  };
};
