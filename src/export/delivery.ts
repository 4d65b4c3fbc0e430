import type { BackOff } from './back-off.js';
import type { OfflineStore } from './offline.js';
import { byteLength } from './queue.js';
import type { Transport } from './transport.js';

/** Brings bodies to the collector, or puts them into the store, and counts the spans in them. */
export const createDelivery = (
  { send }: Transport,
  backOff: BackOff,
  drop: (reason: string, count: number) => void,
  store: OfflineStore | undefined,
) => {
  const counts = { sent: 0, stored: 0 };
  let inFlight = 0;
  let taken = 0;

  /** One body, one request; `onFailure` when it has to be sent again. */
  const deliver = async (
    body: string,
    count: number,
    onFailure: () => void,
    isLeaving?: boolean,
  ): Promise<void> => {
    inFlight += count;
    const { retryMs, rejected = 0 } = await send(body, byteLength(body), isLeaving);
    inFlight -= count;
    if (retryMs !== undefined) {
      backOff.fail(retryMs);
      onFailure();
      return;
    }
    const lost = Math.max(0, Math.min(rejected, count));
    drop('rejected', lost);
    counts.sent += count - lost;
    // Nor is one that refuses everything asked for ever at the same pace.
    if (rejected === Infinity) backOff.fail();
    else backOff.succeed();
  };

  /** False when there is no room, or no store. */
  const keep = (body: string, count: number): boolean => {
    const isKept = !!store?.add(body, count);
    if (isKept) counts.stored += count;
    return isKept;
  };

  /** One that was kept, taken and on its way in one turn; false when there is none, or it is not due. */
  const sendNext = async (): Promise<boolean> => {
    const next = inFlight || !backOff.isOver() ? undefined : store?.take();
    if (!next) return false;
    const { body, count, isOwn, isOld } = next;
    // What another page has recorded is ours from here on.
    if (isOwn) counts.stored -= count;
    else taken += count;
    if (isOld) drop('expired', count);
    else await deliver(body, count, () => keep(body, count) || drop('storage_full', count));
    return true;
  };

  const sendKept = async (): Promise<void> => {
    if (await store?.lock(sendNext)) await sendKept();
  };

  return {
    deliver,
    keep,
    /** Sends what this page, or an earlier one, has kept. */
    sendKept,
    hasKept: () => !!store?.hasAny(),
    /** Consent was denied, and all that was kept is removed. */
    forget: () => {
      drop('consent', counts.stored);
      counts.stored = 0;
    },
    inFlight: () => inFlight,
    counts: () => ({ ...counts, taken }),
  };
};
