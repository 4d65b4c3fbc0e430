import { expect, test } from 'vitest';
import { createClock, toNanos } from '../../../src/util/clock.js';
import { withGlobals } from '../support/globals.js';
import { makeTracer } from '../support/make-tracer.js';
import { START } from '../support/time.js';

const HOUR = 3600_000;

/** The two clocks of a browser. While the machine sleeps, the wall clock alone goes on. */
const runComputer = () => {
  let wall = START + 0.25;
  let monotonic = 0;
  withGlobals({
    performance: { timeOrigin: START + 0.25, now: () => monotonic },
    Date: { now: () => Math.floor(wall) },
  });
  return {
    wall: () => wall,
    work: (ms: number) => {
      wall += ms;
      monotonic += ms;
    },
    sleep: (ms: number) => {
      wall += ms;
    },
    setWallClock: (ms: number) => {
      wall += ms;
    },
  };
};

test('the time is that of the page, with its fractions', () => {
  const { work } = runComputer();
  const clock = createClock();

  work(1234.5);

  expect(clock.now()).toBe(START + 1234.75);
  expect(clock.at(1000)).toBe(START + 1000.25);
});

test('a span that starts after two hours of sleep has the time of the wall clock', () => {
  const { work, sleep, wall } = runComputer();
  const { tracer, ended } = makeTracer({ clock: createClock() });
  work(5000);

  sleep(2 * HOUR);
  work(100);
  const now = wall();
  tracer.startSpan('after the sleep').end();

  expect(Math.abs((ended[0]?.startTime ?? 0) - now)).toBeLessThan(60_000);
});

test('a span that starts after the wall clock was set back has the new time', () => {
  const { work, setWallClock, wall } = runComputer();
  const { tracer, ended } = makeTracer({ clock: createClock() });
  work(5000);

  setWallClock(-HOUR);
  tracer.startSpan('set back').end();

  expect(Math.abs((ended[0]?.startTime ?? 0) - wall())).toBeLessThan(1000);
});

test.each([-HOUR, HOUR, -1500, 1500])(
  'a span keeps its duration when the wall clock jumps by %i ms',
  (jump) => {
    const { work, setWallClock } = runComputer();
    const { tracer, ended } = makeTracer({ clock: createClock() });
    work(5000);

    const span = tracer.startSpan('spans a jump');
    work(40);
    setWallClock(jump);
    span.addEvent('after the jump');
    work(60);
    span.end();

    const [{ startTime, endTime, events }] = ended as [(typeof ended)[0]];
    expect(endTime - startTime).toBeCloseTo(100, 3);
    expect((events?.[0]?.time ?? 0) - startTime).toBeCloseTo(40, 3);
  },
);

test('no span ends before it starts, whatever the clocks do', () => {
  const { work, setWallClock } = runComputer();
  const clock = createClock();
  const { tracer, ended } = makeTracer({ clock });

  for (const jump of [-HOUR, 30, -2 * HOUR, HOUR, -1001, 999]) {
    const span = tracer.startSpan('a');
    setWallClock(jump);
    work(1);
    span.end(clock.at(0));
  }

  for (const { startTime, endTime } of ended) expect(endTime).toBeGreaterThanOrEqual(startTime);
  expect(ended).toHaveLength(6);
});

test('small corrections of the wall clock, as by NTP, do not move the anchor', () => {
  const { work, setWallClock } = runComputer();
  const clock = createClock();
  const before = clock.anchor();

  setWallClock(900);
  work(100);

  expect(clock.anchor()).toBe(before);
});

test.each([
  [1_795_206_600_123, '1795206600123000000'],
  [1_795_206_600_123.5, '1795206600123500000'],
  [1_795_206_600_123.25, '1795206600123250000'],
  [1_795_206_600_000.000_2, '1795206600000000244'],
  // The largest double below a whole millisecond must not carry into a seventh digit.
  [1.999_999_999_9, '1999999'],
])('%f ms is %s ns', (milliseconds, nanos) => {
  expect(BigInt(toNanos(milliseconds))).toBe(BigInt(nanos));
  expect(toNanos(milliseconds)).toMatch(/^\d+$/);
});

test('nanoseconds are in the order of the times', () => {
  for (let time = START; time < START + 3; time += 0.000_97) {
    const [before, after] = [time, time + 0.001].map((each) => BigInt(toNanos(each)));
    expect(after).toBeGreaterThanOrEqual(before as bigint);
  }
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1.795e18])('%f is no time', (milliseconds) => {
  expect(() => toNanos(milliseconds)).toThrow('time');
});
