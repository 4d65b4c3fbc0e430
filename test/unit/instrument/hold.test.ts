import { expect, test } from 'vitest';
import { createHolder } from '../../../src/instrument/hold.js';
import { createTime } from '../support/time.js';

const hold = () => {
  const time = createTime();
  const ends: string[] = [];
  const holder = createHolder({ clock: time, after: time.after }, (reason) => ends.push(reason));
  return { time, ends, holder };
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
