import { expect, test } from 'vitest';
import { createHolder } from '../../../src/instrument/hold.js';
import { createTime, START } from '../support/time.js';

const hold = (quietSince?: number) => {
  const time = createTime();
  const ends: string[] = [];
  const times: (number | undefined)[] = [];
  const onEnd = (reason: string, at?: number) => {
    ends.push(reason);
    times.push(at);
  };
  const holder = createHolder({ clock: time, after: time.after }, onEnd, quietSince);
  return { time, ends, times, holder };
};

test('what holds on when it is stopped ends nothing later, and leaves no timer', () => {
  const { time, ends, holder } = hold();
  const releases = [holder.hold(), holder.hold()];
  holder.stop();
  expect(time.running()).toBe(0);

  for (const release of releases) release();
  expect(time.running()).toBe(0);
  time.advance(60_000);
  expect(ends).toEqual([]);
});

test('what is released twice counts once', () => {
  const { time, ends, holder } = hold();
  const [first] = [holder.hold(), holder.hold()];
  first?.();
  first?.();
  time.advance(1000);
  expect(ends).toEqual([]);
});

test('it ends since when it is quiet, also where that was before', () => {
  const { time, ends, times } = hold(START - 5000);
  time.advance(100);
  expect([ends, times]).toEqual([['quiet'], [START - 5000]]);

  const held = hold(START - 5000);
  const release = held.holder.hold();
  held.time.advance(1000);
  release();
  held.time.advance(100);
  expect([held.ends, held.times]).toEqual([['quiet'], [START + 1000]]);
});

test('a clock that is set forward, or a machine that sleeps, makes it no longer', () => {
  const { time, times, holder } = hold();
  const release = holder.hold();
  time.advance(1000);
  time.jump(7_200_000);
  release();
  time.advance(100);

  expect(times).toEqual([START + 1000]);
});
