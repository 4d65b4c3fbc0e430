import { onTestFinished, vi } from 'vitest';
import type { OfflineStore } from '../../../src/export/offline.js';
import type { SendResult } from '../../../src/export/transport.js';
import { createFakeTransport, makeBuffer } from './make-buffer.js';
import { createRecords } from './records.js';
import { createTime } from './time.js';

/** What `Math.random` says until the test has finished: it jitters the back-off. */
export const setRandom = (value: number): void => {
  vi.spyOn(Math, 'random').mockReturnValue(value);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
};

/** The collector cannot be reached, or says so. */
export const retry: SendResult = { retryMs: 0 };

/** A buffer and its collector; `Math.random` in the middle, so that a back-off is as long as its mean. */
export const start = ({
  flushInterval = 5000,
  time = createTime(),
  offline = undefined as OfflineStore | undefined,
} = {}) => {
  setRandom(0.5);
  const transport = createFakeTransport();
  const sizes = () => transport.requests.map(({ spans }) => spans);
  return {
    transport,
    sizes,
    ...makeBuffer(transport, { time, flushInterval, ...(offline && { offline }) }),
  };
};

export const addAll = ({ buffer }: Pick<ReturnType<typeof start>, 'buffer'>, spans = createRecords(1)) => {
  for (const span of spans) buffer.add(span);
};

export const sum = (dropped: Record<string, number>) =>
  Object.values(dropped).reduce((total, count) => total + count, 0);

/** The balance of a buffer that keeps nothing. */
export const countsOf = (sent: number, waiting: number, dropped: Record<string, number> = {}) => ({
  recorded: sent + waiting + sum(dropped),
  sent,
  waiting,
  stored: 0,
  dropped,
});
