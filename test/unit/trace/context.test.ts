import { expect, test } from 'vitest';
import { makeTracer } from '../support/make-tracer.js';
import { settle } from '../support/time.js';

const { tracer } = makeTracer();

test('a span is active while the function runs, and the one before it afterwards', () => {
  const outer = tracer.startSpan('outer');
  const inner = tracer.startSpan('inner');

  const seen = tracer.with(outer, () => [
    tracer.active(),
    tracer.with(inner, () => tracer.active()),
    tracer.active(),
  ]);

  expect(seen).toEqual([outer, inner, outer]);
  expect(tracer.active()).toBeUndefined();
});

test('a function that throws leaves the span before it active', () => {
  const error = new Error('a fault of the page');
  const fail = () =>
    tracer.with(tracer.startSpan('a'), () => {
      throw error;
    });

  expect(fail).toThrow(error);
  expect(tracer.active()).toBeUndefined();
});

test('no span is active in a later task', async () => {
  const later = tracer.with(tracer.startSpan('a'), async () => {
    await settle();
    return tracer.active();
  });

  expect(await later).toBeUndefined();
});

test('undefined makes no span active', () => {
  const seen = tracer.with(tracer.startSpan('a'), () => tracer.with(undefined, () => tracer.active()));

  expect(seen).toBeUndefined();
});
