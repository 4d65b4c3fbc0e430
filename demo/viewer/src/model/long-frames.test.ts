import { expect, test } from 'vitest';
import { spanOf } from './fixture.js';
import { longFrames } from './long-frames.js';

test('long frames are told in order, with the time that they blocked', () => {
  const scope = 'rootspan/long-frames';
  const spans = [
    spanOf('page', null, 0, 100),
    spanOf('task', 'page', 60, 80, { scope }),
    spanOf('frame', 'page', 10, 50, { scope, attributes: { 'rootspan.long_frame.blocking_ms': 35 } }),
  ];

  expect(longFrames(spans)).toEqual([
    { spanId: 'frame', startTime: 10, endTime: 50, blockingMs: 35 },
    { spanId: 'task', startTime: 60, endTime: 80, blockingMs: 20 },
  ]);
});
