import { expect, onTestFinished, test } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { reportVitals } from '../../../src/instrument/vitals.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const hide = (): void => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(document, 'visibilityState'));
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
};

// web-vitals reports each value of a page once, so that one test has them all.
test('the values of a page are events and attributes of one span in its trace when it is hidden', async () => {
  const { nextSpan, spans } = runInstrumentation([traceDocument(), reportVitals()]);
  const view = await nextSpan();
  // web-vitals reads what was observed when the browser is idle.
  await new Promise((resolve) => requestIdleCallback(resolve));
  hide();

  const span = await nextSpan();
  expect([span.name, span.scope]).toEqual(['web-vitals', 'vitals']);
  expect([span.traceId, span.parentSpanId]).toEqual([view.traceId, view.spanId]);
  const names = span.events?.map(({ attributes }) => attributes?.['browser.web_vital.name']) as string[];
  expect(names).toContain('ttfb');
  expect(names).toEqual([...new Set(names)]);
  for (const { name, attributes = {}, time } of span.events ?? []) {
    const vital = attributes['browser.web_vital.name'];
    expect(name).toBe('browser.web_vital');
    expect(attributes['browser.web_vital.value']).toBe(span.attributes[`rootspan.web_vital.${vital}`]);
    expect(time).toBeLessThanOrEqual(span.endTime);
  }
  hide();
  expect(spans.filter(({ scope }) => scope === 'vitals')).toHaveLength(1);
});
