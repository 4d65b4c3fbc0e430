import type { Clock, EpochMs, PromotionRule, SpanContext, SpanRecord } from '../types.js';
import { attempt } from '../util/guard.js';
import type { SessionManager } from './session.js';

const MAX_AGE_MS = 60_000;
const MAX_SPANS = 200;
const MAX_BYTES = 256 * 1024;

interface Held {
  record: SpanRecord;
  bytes: number;
}

/** What of the agent it needs, and changes. */
interface Host {
  readonly clock: Clock;
  isHeld?(): boolean;
  isSampled(parent: SpanContext | undefined): boolean;
  onEnd(record: SpanRecord): void;
}

/** Holds for `exception` spans and all others that have failed. */
export const onError: PromotionRule = ({ status }) => status === 2 && 'error';

/** Holds for spans longer than so many milliseconds. Connections are long by nature. */
export const slowerThan =
  (ms: number): PromotionRule =>
  ({ startTime, endTime, scope }) =>
    endTime - startTime > ms && !/^(websocket|event-source)$/.test(scope) && 'slow';

/** Holds for spans of these names. */
export const named =
  (...names: string[]): PromotionRule =>
  ({ name }) =>
    names.includes(name) && 'named';

/**
 * Lets an unsampled session record into a ring, the latest minute of it. The first rule that holds for a span sends the
 * ring, and keeps the session from there on.
 */
export const promoteOn = (...rules: PromotionRule[]) => ({
  watch: (host: Host, session: SessionManager): void => {
    const { clock, onEnd, isSampled } = host;
    let ring: Held[] = [];
    const send = (record: SpanRecord, reason: string): void => {
      record.traceFlags = 1;
      record.attributes['rootspan.promoted'] = reason;
      // It was not drawn: it stands for itself.
      delete record.attributes['rootspan.sample_rate'];
      onEnd(record);
    };
    host.isHeld = () => !session.current().sampled;
    // What is below a span that began before the promotion is sampled too.
    host.isSampled = (parent) => isSampled(session.current().promoted ? undefined : parent);
    host.onEnd = (record) => {
      const { id, sampled, promoted } = session.current();
      if (promoted) return send(record, promoted);
      if (record.traceFlags & 1) return onEnd(record);
      // Another session has begun meanwhile, and was drawn.
      if (sampled) return;
      ring.push({ record, bytes: sizeOf(record) });
      ring = trim(ring, clock.now() - MAX_AGE_MS, id);
      const reason = findReason(rules, record);
      if (!reason) return;
      session.promote(reason);
      for (const held of ring.splice(0)) send(held.record, reason);
    };
  },
});

const findReason = (rules: PromotionRule[], record: SpanRecord): string | undefined => {
  for (const rule of rules) {
    // A rule that throws holds for nothing.
    const answer = attempt(() => rule(record));
    if (answer) return answer === true ? 'rule' : `${answer}`;
  }
  return undefined;
};

/** About what it takes of memory: engines keep a text with a character beyond Latin-1 in two bytes each. */
const sizeOf = (record: SpanRecord): number => {
  const text = JSON.stringify(record);
  return text.length * (/[^ -~]/.test(text) ? 2 : 1);
};

/** The youngest, as far as there is room. */
const trim = (ring: Held[], since: EpochMs, id: string): Held[] => {
  let room = MAX_BYTES;
  return ring
    .slice(-MAX_SPANS)
    .reverse()
    .filter(({ record: { endTime, attributes }, bytes }) => {
      room -= bytes;
      return room >= 0 && endTime >= since && attributes['session.id'] === id;
    })
    .reverse();
};
