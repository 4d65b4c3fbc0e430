import { expect, onTestFinished, test } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

const addMeta = (name: string, content: string): void => {
  const meta = document.head.appendChild(Object.assign(document.createElement('meta'), { name, content }));
  onTestFinished(() => meta.remove());
};

test('a page load begins with the navigation', async () => {
  const { nextSpan } = runInstrumentation(traceDocument());

  const span = await nextSpan();
  expect(span.startTime).toBeCloseTo(performance.timeOrigin, 0);
  expect(span).toMatchObject({ scope: 'document', kind: 1, parentSpanId: undefined });
  expect(span.attributes).toMatchObject({
    'rootspan.page_view.type': 'load',
    'rootspan.end_reason': 'quiet',
  });
});

test('a page load ends after its last phase', async () => {
  const { nextSpan } = runInstrumentation(traceDocument());

  const { events, endTime } = await nextSpan();
  expect(events?.at(-1)?.name).toBe('loadEventEnd');
  expect(endTime).toBeGreaterThanOrEqual(events?.at(-1)?.time as number);
});

test("the server's sampled trace is continued", async () => {
  addMeta('traceparent', `00-${TRACE_ID}-${SPAN_ID}-01`);
  addMeta('tracestate', 'a=1');
  const { nextSpan } = runInstrumentation(traceDocument());

  expect(await nextSpan()).toMatchObject({
    traceId: TRACE_ID,
    parentSpanId: SPAN_ID,
    parentIsRemote: true,
    traceState: 'a=1',
    links: undefined,
  });
});

test("the server's unsampled trace is linked", async () => {
  addMeta('traceparent', `00-${TRACE_ID}-${SPAN_ID}-00`);
  const { nextSpan } = runInstrumentation(traceDocument());

  const { traceId, parentSpanId, links } = await nextSpan();
  expect([traceId === TRACE_ID, parentSpanId]).toEqual([false, undefined]);
  expect(links?.map(({ context }) => [context.traceId, context.spanId])).toEqual([[TRACE_ID, SPAN_ID]]);
});

test("the server's trace stays unused in a session that is not sampled", () => {
  addMeta('traceparent', `00-${TRACE_ID}-${SPAN_ID}-01`);
  const { agent, spans } = runInstrumentation(traceDocument(), { config: { sampleRate: 0 } });
  agent.stop();

  expect(spans).toEqual([]);
});

test('stop ends a page view that is open', async () => {
  const { agent, nextSpan } = runInstrumentation(traceDocument());
  agent.stop();

  expect((await nextSpan()).attributes['rootspan.end_reason']).toBe('stopped');
});

test('the application may rename it while it is open', async () => {
  const { agent, nextSpan } = runInstrumentation(traceDocument());
  agent.setRoute('/named');

  expect((await nextSpan()).name).toBe('page_load /named');
});
