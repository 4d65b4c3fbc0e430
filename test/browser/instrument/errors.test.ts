import { expect, onTestFinished, test } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { traceErrors } from '../../../src/instrument/errors.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

/** Keeps errors that are thrown on purpose from the test runner, which is asked after the agent. */
const run = (instrumentations = [traceErrors()]) => {
  const started = runInstrumentation(instrumentations);
  for (const type of ['error', 'unhandledrejection']) {
    const hide = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // After the agent's own listener on the same target.
    addEventListener(type, hide);
    onTestFinished(() => removeEventListener(type, hide));
  }
  return started;
};

const report = (init: ErrorEventInit) =>
  dispatchEvent(new ErrorEvent('error', { cancelable: true, ...init }));

test('an error event is an exception with type, message and stack', async () => {
  const { nextSpan } = run();
  report({ error: new RangeError('too far') });

  const { name, scope, status, events } = await nextSpan();
  expect([name, scope, status]).toEqual(['exception', 'errors', 2]);
  expect(events?.[0]).toMatchObject({
    name: 'exception',
    attributes: {
      'exception.type': 'RangeError',
      'exception.message': 'too far',
      'exception.stacktrace': expect.stringContaining('errors.test'),
    },
  });
});

test('an error event without an error tells its place', async () => {
  const { nextSpan } = run();
  report({ message: 'Script error.', filename: 'https://other.test/a.js', lineno: 3, colno: 7 });

  expect((await nextSpan()).events?.[0]?.attributes).toMatchObject({
    'exception.message': 'Script error.',
    'exception.stacktrace': expect.stringContaining('https://other.test/a.js:3:7'),
  });
});

test('an unhandled rejection is an exception', async () => {
  const { nextSpan } = run();
  const reason = new TypeError('rejected');
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  dispatchEvent(new PromiseRejectionEvent('unhandledrejection', { promise, reason }));

  expect((await nextSpan()).events?.[0]?.attributes).toMatchObject({ 'exception.type': 'TypeError' });
});

test('one error is recorded once, whatever reports it', async () => {
  const { agent, nextSpan, spans } = run();
  const error = new Error('once');
  report({ error });
  report({ error });
  agent.recordException(error);
  report({ error: new Error('another') });
  await nextSpan();
  await nextSpan();

  expect(spans).toHaveLength(2);
});

test('errors alike are recorded once a page view, and counted', async () => {
  const { nextSpan, spans, agent } = run([traceDocument(), traceErrors()]);
  const fail = (message: string) => report({ error: new Error(message) });
  for (let times = 0; times < 4; times++) fail('again and again');
  fail('another');
  agent.stop();

  const view = await nextSpan(({ scope }) => scope === 'document');
  const told = spans
    .filter(({ scope }) => scope === 'errors')
    .map(({ events, parentSpanId }) => {
      const { 'exception.message': message, 'rootspan.exception.count': count } =
        events?.[0]?.attributes ?? {};
      return [message, count, parentSpanId];
    });
  expect(told).toEqual([
    ['again and again', 1, view.spanId],
    ['another', 1, view.spanId],
    ['again and again', 3, view.spanId],
  ]);
});

test('the next page view hears of an error anew, and the count stays with the one before', async () => {
  const { context, spans, agent } = run([traceDocument(), traceErrors()]);
  const { page } = context;
  const fail = () => report({ error: new Error('on every route') });
  fail();
  fail();
  const first = page.current;
  if (first) page.current = { ...first, id: 'next', context: { ...first.context, spanId: 'b'.repeat(16) } };
  fail();
  agent.stop();

  const told = spans
    .filter(({ scope }) => scope === 'errors')
    .map(({ attributes, parentSpanId }) => [attributes['rootspan.page_view.id'], parentSpanId]);
  expect(told).toEqual([
    [first?.id, first?.context.spanId],
    ['next', 'b'.repeat(16)],
    [first?.id, first?.context.spanId],
  ]);
});

test('a hundred different errors are remembered', () => {
  const { spans } = run();
  const fail = (index: number) => report({ error: new Error(`number ${index}`) });
  for (let index = 0; index < 100; index++) fail(index);
  fail(0);
  expect(spans).toHaveLength(100);

  fail(100);
  fail(0);
  // The count of the one that was seen twice, the new one, and a number 0 that is new again.
  expect(spans).toHaveLength(103);
});

test('a script of another origin is told how to say more', async () => {
  const { nextSpan } = run();
  report({ message: 'Script error.' });

  expect((await nextSpan()).events?.[0]?.attributes).toMatchObject({
    'exception.message': 'Script error.',
    'exception.stacktrace': expect.stringContaining('crossorigin'),
  });
});

test('an exception is in the trace of the page view', async () => {
  const { agent, nextSpan } = run([traceDocument(), traceErrors()]);
  report({ error: new Error('x') });
  const exception = await nextSpan();
  agent.stop();

  const view = await nextSpan(({ scope }) => scope === 'document');
  expect([exception.traceId, exception.parentSpanId]).toEqual([view.traceId, view.spanId]);
});

test('a getter of the page is not run', async () => {
  const { nextSpan } = run();
  let isRead = false;
  const error = Object.defineProperty(new Error('real'), 'message', {
    get: () => {
      isRead = true;
      return 'trap';
    },
  });
  report({ error });

  expect((await nextSpan()).events).toHaveLength(1);
  expect(isRead).toBe(false);
});

test('an agent that has stopped hears nothing', () => {
  const { spans, stop } = run();
  stop();
  report({ error: new Error('unheard') });

  expect(spans).toEqual([]);
});
