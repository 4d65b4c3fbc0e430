import { expect, test } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { createPageSpans } from '../../../src/instrument/page-spans.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

test('a page view has twenty of a kind, and the next one as many', () => {
  const { context, agent } = runInstrumentation(traceDocument());
  const { page, clock } = context;
  const startSpan = createPageSpans(context, 'many');
  const make = () =>
    Array.from({ length: 30 }, () => startSpan('one', clock.now(), {})).filter(Boolean).length;

  const first = make();
  if (page.current) page.current = { ...page.current, id: 'next' };
  const next = make();

  expect([first, next]).toEqual([20, 20]);
  agent.stop();
});

test('a span is in the trace of the page view, whatever is active', () => {
  const { context, agent } = runInstrumentation(traceDocument());
  const startSpan = createPageSpans(context, 'many');

  const span = agent.span('click', () => startSpan('one', context.clock.now(), {}));

  expect(span?.spanContext().traceId).toBe(context.page.current?.context.traceId);
});
