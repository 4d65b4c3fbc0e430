import { isPrerendering } from '../platform/lifecycle.js';
import { readStore, writeStore } from '../platform/storage.js';
import type { Sampler } from '../types.js';
import { attempt } from '../util/guard.js';

const KEY = 'rootspan-remote';
const MAX_LENGTH = 16 * 1024;
const TIMEOUT_MS = 10_000;

/**
 * The rate that the JSON at `url` told last, for the option `sampler`: `{ "sampleRate": 0.2 }`, or Jaeger's sampling
 * strategy. It is asked for once a page load, for the sessions to come; a bad answer leaves the last good one.
 */
export const remoteSampler = (url: string): Sampler => {
  let isAsked = false;
  return Object.assign<Sampler, Required<Pick<Sampler, 'renew'>>>(
    ({ sampleRate }) => readRate(readStore(KEY)) ?? sampleRate,
    {
      renew: async (fetch, consent) => {
        // When all has started, which then knows the request as ours.
        await undefined;
        if (isAsked || isPrerendering() || consent() !== 'granted') return;
        isAsked = true;
        try {
          const response = await fetch(url, {
            // The browser keeps the answer with its ETag, and asks whether it has changed. A header of ours would
            // need a preflight on another origin.
            cache: 'no-cache',
            credentials: 'omit',
            priority: 'low',
            signal: AbortSignal.timeout?.(TIMEOUT_MS),
          });
          const sampleRate = readRate(response.ok ? await response.text() : '');
          if (sampleRate !== undefined) writeStore(KEY, JSON.stringify({ sampleRate }));
        } catch {
          // Offline, refused, blocked, or too slow: there is the last good one.
        }
      },
    },
  );
};

/** The rate in a JSON of either form; undefined where there is none. What Jaeger leaves out of a strategy is 0. */
export const readRate = (text: string | null): number | undefined =>
  attempt(() => {
    if (!text || text.length > MAX_LENGTH) return undefined;
    const { sampleRate, operationSampling, probabilisticSampling } = JSON.parse(text);
    const strategy = operationSampling
      ? (operationSampling.defaultSamplingProbability ?? 0)
      : probabilisticSampling && (probabilisticSampling.samplingRate ?? 0);
    const rate = sampleRate ?? strategy;
    return typeof rate === 'number' && rate >= 0 && rate <= 1 ? rate : undefined;
  });
