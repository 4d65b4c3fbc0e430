import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { createContext } from '../../../src/trace/context.js';
import type { Span } from '../../../src/types.js';
import { withGlobals } from '../support/globals.js';
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

test('a function that is bound runs with the span of that moment', async () => {
  const span = tracer.startSpan('a');
  const bound = tracer.with(span, () => tracer.bind((value: string) => [value, tracer.active()]));

  await settle();

  expect(bound('given')).toEqual(['given', span]);
  expect(tracer.active()).toBeUndefined();
});

test('a resumed span is active for the microtasks that follow, and not for the next task', async () => {
  const span = tracer.startSpan('a');
  await settle();

  tracer.resume?.(span);
  for (let step = 0; step < 20; step++) await undefined;
  expect(tracer.active()).toBe(span);

  await settle();
  expect(tracer.active()).toBeUndefined();
});

test('within a call of `with` nothing that was resumed is active', async () => {
  await settle();
  tracer.resume?.(tracer.startSpan('a'));

  expect(tracer.with(undefined, () => tracer.active())).toBeUndefined();
});

test('with AsyncContext a span holds over any await', async () => {
  const store = new AsyncLocalStorage<{ span: Span | undefined }>();
  withGlobals({
    AsyncContext: {
      Variable: class {
        get = () => store.getStore();
        run = <T>(scope: { span: Span | undefined }, fn: () => T) => store.run(scope, fn);
      },
    },
  });
  const context = createContext();
  const span = tracer.startSpan('a');

  const later = context.with(span, async () => {
    await settle();
    return context.active();
  });

  expect(await later).toBe(span);
  expect(context.active()).toBeUndefined();
});
