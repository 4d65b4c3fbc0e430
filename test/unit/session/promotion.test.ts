import { expect, test } from 'vitest';
import { named, onError, promoteOn, slowerThan } from '../../../src/session/promotion.js';
import type { PromotionRule, SpanContext, SpanRecord } from '../../../src/types.js';
import { createStore, openTab } from '../support/make-session.js';
import { createRecord } from '../support/records.js';
import { createTime } from '../support/time.js';

/** An unsampled session with rules, in a tab of a browser. */
const run = (rules: PromotionRule[], { isNext = false, sampleRate = 0 } = {}) => {
  if (!isNext) createStore();
  const time = createTime();
  const session = openTab(time, { sampleRate });
  const sent: SpanRecord[] = [];
  const host = {
    clock: time,
    isHeld: () => false,
    isSampled: (parent: SpanContext | undefined) =>
      parent ? !!(parent.traceFlags & 1) : session.current().sampled,
    onEnd: (record: SpanRecord) => void sent.push(record),
  };
  promoteOn(...rules).watch(host, session);
  const end = (given: Partial<SpanRecord> = {}) => {
    const { attributes, ...rest } = given;
    const now = time.now();
    host.onEnd({
      ...createRecord(),
      traceFlags: +session.current().sampled,
      startTime: now,
      endTime: now,
      status: 0,
      ...rest,
      attributes: { 'session.id': session.current().id, 'rootspan.sample_rate': 0, ...attributes },
    });
  };
  return { time, session, sent, host, end };
};

const names = (spans: SpanRecord[]) => spans.map(({ name }) => name);

test('an error sends what was held, with the reason and without a rate, and keeps the session', () => {
  const { end, sent, session, host } = run([onError]);
  end({ name: 'before' });
  expect([sent.length, session.current().sampled, host.isHeld()]).toEqual([0, false, true]);

  end({ name: 'failed', status: 2 });
  end({ name: 'after' });

  expect(names(sent)).toEqual(['before', 'failed', 'after']);
  expect(sent.map(({ traceFlags }) => traceFlags)).toEqual([1, 1, 1]);
  expect(sent.map(({ attributes }) => attributes['rootspan.promoted'])).toEqual(['error', 'error', 'error']);
  expect(sent.filter(({ attributes }) => 'rootspan.sample_rate' in attributes)).toEqual([]);
  expect(session.current()).toMatchObject({ sampled: true, promoted: 'error', sampleRate: 0 });
  expect(host.isHeld()).toBe(false);
});

test('the pages and tabs of a promoted session follow, also those without rules', () => {
  const { end } = run([onError]);
  end({ status: 2 });

  expect(openTab(createTime(), { sampleRate: 0 }).current()).toMatchObject({
    sampled: true,
    promoted: 'error',
  });
  const next = run([], { isNext: true });
  next.end({ name: 'next' });
  expect(next.sent[0]?.attributes['rootspan.promoted']).toBe('error');
});

test('below a span that began before the promotion, spans are sampled from then on', () => {
  const { end, host } = run([onError]);
  const parent: SpanContext = { traceId: '1', spanId: '2', traceFlags: 0 };
  expect(host.isSampled(parent)).toBe(false);
  end({ status: 2 });
  expect(host.isSampled(parent)).toBe(true);
});

test('a sampled session is left as it is', () => {
  const { end, sent, session, host } = run([onError], { sampleRate: 1 });
  end({ status: 2 });

  expect(host.isHeld()).toBe(false);
  expect(sent[0]?.attributes).toMatchObject({ 'rootspan.sample_rate': 0 });
  expect(session.current().promoted).toBeUndefined();
});

test('held are the last 60 seconds, 200 spans and 256 KiB', () => {
  const old = run([onError]);
  old.end({ name: 'old' });
  old.time.advance(59_000);
  old.end({ name: 'young' });
  old.time.advance(2000);
  old.end({ name: 'failed', status: 2 });
  expect(names(old.sent)).toEqual(['young', 'failed']);

  const many = run([onError]);
  for (let number = 0; number < 500; number++) many.end({ name: `${number}` });
  many.end({ name: 'failed', status: 2 });
  expect(names(many.sent)).toEqual([
    ...Array.from({ length: 199 }, (_, index) => `${301 + index}`),
    'failed',
  ]);

  const large = run([onError]);
  for (let number = 0; number < 100; number++) large.end({ attributes: { text: 'é'.repeat(4096) } });
  large.end({ status: 2 });
  const bytes = large.sent.reduce((sum, span) => sum + Buffer.byteLength(JSON.stringify(span)), 0);
  expect(bytes).toBeLessThanOrEqual(256 * 1024);
  expect(bytes).toBeGreaterThan(240 * 1024);
});

test('spans of a session before are not sent with those of the next', () => {
  const { end, sent, time } = run([onError]);
  end({ name: 'first', attributes: { 'session.id': 'another' } });
  time.advance(1000);
  end({ name: 'failed', status: 2 });
  expect(names(sent)).toEqual(['failed']);
});

const RULES: [PromotionRule, Partial<SpanRecord>, string | undefined][] = [
  [onError, { status: 2 }, 'error'],
  [onError, { status: 1 }, undefined],
  [slowerThan(100), { startTime: 1000, endTime: 1101 }, 'slow'],
  [slowerThan(100), { startTime: 1000, endTime: 1100 }, undefined],
  [slowerThan(100), { startTime: 1000, endTime: 9000, scope: 'websocket' }, undefined],
  [named('checkout', 'pay'), { name: 'pay' }, 'named'],
  [named('checkout', 'pay'), { name: 'payment' }, undefined],
  [({ attributes }) => attributes.vip === true, { attributes: { vip: true } }, 'rule'],
  [() => 'mine', {}, 'mine'],
  [() => false, {}, undefined],
  [() => ({}) as never, {}, '[object Object]'],
];

test.each(RULES)('rule %#', (rule, span, reason) => {
  const faulty = () => {
    throw new Error('theirs');
  };
  const { end, session } = run([faulty, rule]);
  end(span);
  expect(session.current().promoted).toBe(reason);
});
