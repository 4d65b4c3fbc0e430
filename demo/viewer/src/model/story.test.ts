import { expect, test } from 'vitest';
import { tellStory } from './story.js';
import type { PageView, Session, TraceItem } from './types.js';

const view = (id: string, startTime: number, durationMs: number): PageView => ({
  id,
  startTime,
  durationMs,
  traceId: `trace-${id}`,
  spanId: id,
  type: 'load',
  name: id,
  route: null,
  url: null,
  endReason: 'quiet',
  vitals: {},
  requests: 0,
  errors: 0,
});
const trace = (traceId: string, startTime: number) => ({ traceId, startTime }) as TraceItem;
const session = (pageViews: PageView[], traces: TraceItem[]): Session => ({
  sessionId: 's',
  previousId: null,
  startTime: 0,
  endTime: 100,
  pageViews,
  traces,
});

test('page views are told in order, with the time that passed between them', () => {
  const { chapters } = tellStory(session([view('b', 50, 10), view('a', 0, 20), view('c', 55, 5)], []));

  expect(chapters.map((chapter) => chapter.view.id)).toEqual(['a', 'b', 'c']);
  expect(chapters.map(({ gapMs }) => gapMs)).toEqual([null, 30, -5]);
});

test('a trace belongs to its page view, else to the page that was on screen when it began', () => {
  const { chapters, loose } = tellStory(
    session(
      [view('a', 10, 5), view('b', 50, 5)],
      [trace('before', 1), trace('click', 40), trace('trace-b', 49)],
    ),
  );

  expect(chapters.map(({ traces }) => traces.map(({ traceId }) => traceId))).toEqual([
    ['click'],
    ['trace-b'],
  ]);
  expect(loose.map(({ traceId }) => traceId)).toEqual(['before']);
});
