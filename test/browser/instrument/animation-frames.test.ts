import { expect, onTestFinished, test } from 'vitest';
import { traceLongFrames } from '../../../src/instrument/animation-frames.js';
import { traceDocument } from '../../../src/instrument/document.js';
import type { SpanRecord } from '../../../src/types.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const isFrame = ({ scope }: { scope: string }) => scope === 'long-frames';

/** Keeps the main thread for so long, within a task of its own, in a page that draws: a first frame may be late. */
const blockMainThread = async (ms: number) => {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise<void>((resolve) => {
    setTimeout(function busyWork() {
      const end = performance.now() + ms;
      while (performance.now() < end);
      resolve();
    });
  });
};

test('a frame that blocks input is a span as long as the frame, with the script to blame', async () => {
  const { nextSpan } = runInstrumentation(traceLongFrames({ threshold: 150 }));
  await blockMainThread(250);

  // A machine that stalls has long frames of its own.
  const busyWork = ({ events = [] }: SpanRecord) =>
    events.find(({ attributes }) => attributes?.['code.function.name'] === 'busyWork');
  const span = await nextSpan((each) => isFrame(each) && !!busyWork(each));
  expect(span.name).toBe('long_frame');
  expect(span.endTime - span.startTime).toBeGreaterThanOrEqual(250);
  expect(span.attributes['rootspan.long_frame.blocking_ms']).toBeGreaterThanOrEqual(150);
  const script = busyWork(span);
  expect(script).toMatchObject({
    name: 'script',
    attributes: {
      'rootspan.script.source': expect.stringMatching(/animation-frames\.test\.ts.*:\d+$/),
      'rootspan.script.invoker': 'TimerHandler:setTimeout',
      'rootspan.script.forced_layout_ms': 0,
    },
  });
  expect(script?.attributes?.['rootspan.script.duration_ms']).toBeGreaterThanOrEqual(250);
});

test('a frame is in the trace of its page view, of which it is told whenever it comes', async () => {
  const { nextSpan, agent } = runInstrumentation([traceDocument(), traceLongFrames({ threshold: 100 })]);
  await blockMainThread(200);
  const frame = await nextSpan(isFrame);
  agent.stop();

  const view = await nextSpan(({ scope }) => scope === 'document');
  expect([frame.traceId, frame.parentSpanId]).toEqual([view.traceId, view.spanId]);
});

test('a script is named by what invoked it, without the secrets of a URL in that', async () => {
  const { nextSpan } = runInstrumentation(traceLongFrames({ threshold: 100 }));
  const image = new Image();
  const done = new Promise<void>((resolve) => {
    image.onerror = () => {
      const end = performance.now() + 200;
      while (performance.now() < end);
      resolve();
    };
  });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  image.src = '/reset-password/s3cr3t32x?token=s3cr3t32x';
  await done;

  const invokerOf = ({ events = [] }: SpanRecord) =>
    events
      .map(({ attributes }) => `${attributes?.['rootspan.script.invoker']}`)
      .find((invoker) => invoker.startsWith('IMG'));
  const span = await nextSpan((each) => isFrame(each) && !!invokerOf(each));
  expect(invokerOf(span)).toMatch(/^IMG\[src=".*\/reset-password\/REDACTED\?token=REDACTED"\]\.onerror$/);
});

test('frames below the threshold are left out', async () => {
  const { spans } = runInstrumentation(traceLongFrames({ threshold: 200 }));
  const told: number[] = [];
  // Made after the agent's, and so told after it. TypeScript does not know these entries.
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { blockingDuration: number })[])
      told.push(entry.blockingDuration);
  });
  observer.observe({ type: 'long-animation-frame', buffered: true });
  onTestFinished(() => observer.disconnect());

  // A machine that stalls makes a long frame of a short one.
  while (!told.some((blocked) => blocked < 200)) await blockMainThread(100);
  while (!told.some((blocked) => blocked >= 200)) await blockMainThread(300);

  expect(spans.map(({ attributes }) => attributes['rootspan.long_frame.blocking_ms'])).toEqual(
    told.filter((blocked) => blocked >= 200),
  );
});

test('an agent that has stopped sees no frame', async () => {
  const { spans, stop } = runInstrumentation(traceLongFrames({ threshold: 10 }));
  stop();
  const seen = new Promise<void>((resolve) => {
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'long-animation-frame' });
  });
  await blockMainThread(150);
  await seen;

  expect(spans).toEqual([]);
});
