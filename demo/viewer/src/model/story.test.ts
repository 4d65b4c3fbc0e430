import { expect, test } from 'vitest';
import { momentOf, pageViewOf } from './fixture.js';
import { type Entry, tellStory } from './story.js';
import type { Moment, PageView, Session, TraceItem } from './types.js';

const view = (id: string, startTime: number, durationMs: number): PageView =>
  pageViewOf({ id, startTime, durationMs, traceId: `trace-${id}`, spanId: id, name: id });
const trace = (traceId: string, startTime: number) => ({ traceId, startTime }) as TraceItem;
const moment = (name: string, time: number, more: Partial<Moment> = {}): Moment =>
  momentOf({
    name,
    time,
    traceId: `trace-of-${name}-${time}`,
    spanId: `${name}-${time}`,
    pageViewId: 'a',
    ...more,
  });
const session = (pageViews: PageView[], traces: TraceItem[], moments: Moment[] = []): Session => ({
  sessionId: 's',
  previousId: null,
  startTime: 0,
  endTime: 100,
  pageViews,
  moments,
  traces,
});

test('page views are told in order, with the time that passed between them', () => {
  const { chapters } = tellStory(session([view('b', 50, 10), view('a', 0, 20), view('c', 55, 5)], []));

  expect(chapters.map((chapter) => chapter.view.id)).toEqual(['a', 'b', 'c']);
  expect(chapters.map(({ gapMs }) => gapMs)).toEqual([null, 30, -5]);
});

const told = (entries: readonly Entry[] = []) =>
  entries.map((entry) => (entry.kind === 'moment' ? entry.moment.name : entry.trace.traceId));

test('what no moment tells is told by its trace, on the page that was on screen when it began', () => {
  const { chapters, loose } = tellStory(
    session(
      [view('a', 10, 5), view('b', 50, 5)],
      [trace('before', 1), trace('late', 40), trace('trace-b', 49)],
    ),
  );

  expect(chapters.map(({ entries }) => told(entries))).toEqual([['late'], []]);
  expect(told(loose)).toEqual(['before']);
});

test('a moment belongs to its page view, also when another one has begun since', () => {
  const { chapters } = tellStory(
    session([view('a', 10, 5), view('b', 50, 5)], [trace('t', 60)], [moment('click', 60, { traceId: 't' })]),
  );

  expect(chapters.map(({ entries }) => told(entries))).toEqual([['click'], []]);
});

test('what an interaction caused comes right after it', () => {
  const failed = moment('GET /late', 30, { kind: 'request', traceId: 't' });
  const { chapters } = tellStory(
    session([view('a', 0, 5)], [], [moment('click', 10, { traceId: 't' }), moment('other', 20), failed]),
  );

  expect(told(chapters[0]?.entries)).toEqual(['click', 'GET /late', 'other']);
  expect(chapters[0]?.entries.map((entry) => entry.inside)).toEqual([false, true, false]);
});

test('the clicks of a rage are told as one', () => {
  const clicks = [10, 110, 210, 310].map((time, index) =>
    moment('click Pay', time, { marks: index < 2 ? ['dead'] : ['rage'] }),
  );

  const { chapters } = tellStory(session([view('a', 0, 5)], [], [...clicks, moment('click Pay', 5000)]));

  expect(chapters[0]?.entries).toMatchObject([
    { moment: { count: 4, marks: ['dead', 'rage'], spanId: 'click Pay-310' } },
    { moment: { count: 1, marks: [] } },
  ]);
});

test('a page view that did not come from the one before tells which one it came from', () => {
  const views = [view('a', 0, 5), view('b', 10, 5), { ...view('c', 20, 5), previousSpanId: 'a' }];

  const { chapters } = tellStory(session(views, []));

  expect(chapters.map((chapter) => chapter.cameFrom)).toEqual([null, null, 1]);
});
