import { expect, test } from 'vitest';
import { traceFetch } from '../../../src/instrument/fetch.js';
import { traceXhr } from '../../../src/instrument/xhr.js';
import type { SpanRecord } from '../../../src/types.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const run = () => runInstrumentation([traceFetch(), traceXhr()]);

/** Names of the spans below a span, sorted; they end when their Resource Timing is there. */
const below = (spans: SpanRecord[], parentSpanId: string) =>
  expect.poll(() =>
    spans
      .filter((span) => span.parentSpanId === parentSpanId)
      .map(({ name }) => name)
      .sort(),
  );

const later = () => new Promise((resolve) => setTimeout(resolve));

/** A chain as applications write it, with a wrapper around fetch. */
const load = async (url: string) => {
  const response = await fetch(url);
  return response.json();
};

test('a chain of awaited requests stays below the span that was active when it began', async () => {
  const { agent, spans } = run();
  const span = agent.startSpan('order');

  await agent.with(span, async () => {
    const response = await fetch('/api/a');
    await response.json();
    await fetch('/api/b');
    await load('/api/c');
    await load('/api/d');
  });

  await below(spans, span.spanContext().spanId).toEqual([
    'GET /api/a',
    'GET /api/b',
    'GET /api/c',
    'GET /api/d',
  ]);
});

test('two chains at once stay apart', async () => {
  const { agent, spans } = run();
  const chain = (name: string) => {
    const span = agent.startSpan(name);
    const done = agent.with(span, async () => {
      for (let step = 1; step <= 5; step++) await load(`/api/${name}/${name}${step}`);
    });
    return { name, span, done };
  };
  const chains = [chain('left'), chain('right')];

  await Promise.all(chains.map(({ done }) => done));

  for (const { span, name } of chains) {
    const steps = [1, 2, 3, 4, 5].map((step) => `GET /api/${name}/${name}${step}`);
    await below(spans, span.spanContext().spanId).toEqual(steps);
  }
});

test('of two chains that go on in the same turn neither gets the other one’s span', async () => {
  const { agent, spans } = run();
  const abort = new AbortController();
  const chain = async (name: string) => {
    await fetch('/api/slow', { signal: abort.signal }).catch(() => {});
    await fetch(`/api/${name}`);
  };
  const [left, right] = ['left', 'right'].map((name) => {
    const span = agent.startSpan(name);
    return { done: agent.with(span, () => chain(name)), id: span.spanContext().spanId };
  });

  abort.abort();
  await Promise.all([left?.done, right?.done]);
  await expect.poll(() => spans.filter(({ name }) => /left|right/.test(name)).length).toBe(2);

  await below(spans, `${left?.id}`).not.toContain('GET /api/right');
  await below(spans, `${right?.id}`).not.toContain('GET /api/left');
});

test('the span is gone in a timer, in an event and in a frame that follow', async () => {
  const { agent } = run();
  const seen: unknown[] = [];
  const look = (done: () => void) => () => {
    seen.push(agent.active());
    done();
  };

  await agent.with(agent.startSpan('order'), () => fetch('/api/a'));
  expect(agent.active()).toBeDefined();
  const { port1, port2 } = new MessageChannel();
  await Promise.all([
    new Promise<void>((done) => setTimeout(look(done))),
    new Promise<void>((done) => {
      port1.onmessage = look(done);
      port2.postMessage('');
    }),
    new Promise<void>((done) => requestAnimationFrame(look(done))),
  ]);

  expect(seen).toEqual([undefined, undefined, undefined]);
});

test('a request that fails hands the span on to the code that handles it', async () => {
  const { agent, spans } = run();
  const span = agent.startSpan('order');

  await agent.with(span, async () => {
    await fetch('http://127.0.0.1:9/').catch(() => {});
    await fetch('/api/fallback');
  });

  await below(spans, span.spanContext().spanId).toContain('GET /api/fallback');
});

test.for(['load', 'loadend', 'readystatechange'])(
  'a request from an XMLHttpRequest’s %s listener is below the span that was active at send',
  async (type) => {
    const { agent, spans } = run();
    const span = agent.startSpan('order');
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/a');
    const next = new Promise<void>((resolve) => {
      xhr.addEventListener(type, () => {
        if (xhr.readyState === 4) void fetch('/api/b').then(() => resolve());
      });
    });

    agent.with(span, () => xhr.send());
    await next;

    await below(spans, span.spanContext().spanId).toEqual(['GET /api/a', 'GET /api/b']);
  },
);

test('a promise that an XMLHttpRequest settles hands the span on', async () => {
  const { agent, spans } = run();
  const span = agent.startSpan('order');
  const request = (url: string) =>
    new Promise<string>((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.onload = () => resolve(xhr.responseText);
      xhr.send();
    });

  await agent.with(span, async () => {
    await request('/api/a');
    await request('/api/b');
  });

  await below(spans, span.spanContext().spanId).toEqual(['GET /api/a', 'GET /api/b']);
});

test('after the events of an XMLHttpRequest its span is gone', async () => {
  const { agent } = run();
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/api/a');
  const done = new Promise((resolve) => xhr.addEventListener('loadend', resolve));

  agent.with(agent.startSpan('order'), () => xhr.send());
  await done;
  await later();

  expect(agent.active()).toBeUndefined();
});

test('a function that was bound keeps its span in a timer', async () => {
  const { agent, spans } = run();
  const span = agent.startSpan('order');
  const bound = agent.with(span, () => agent.bind((url: string) => fetch(url)));

  await later();
  await bound('/api/a');

  await below(spans, span.spanContext().spanId).toEqual(['GET /api/a']);
});

test('the page’s promises are the browser’s', async () => {
  const { then } = Promise.prototype;
  run();

  expect(Promise.prototype.then).toBe(then);
  expect(Object.getPrototypeOf(fetch('/api/a'))).toBe(Promise.prototype);
  const body = (await fetch('/api/a')).json();
  expect(Object.getPrototypeOf(body)).toBe(Promise.prototype);
  await body;
});
