import { expect, inject, test } from 'vitest';
import { traceFetch } from '../../../src/instrument/fetch.js';
import { traceXhr } from '../../../src/instrument/xhr.js';
import { b3, b3multi } from '../../../src/propagate/b3.js';
import { baggage } from '../../../src/propagate/baggage.js';
import { datadog } from '../../../src/propagate/datadog.js';
import { jaeger } from '../../../src/propagate/jaeger.js';
import { w3c } from '../../../src/propagate/w3c.js';
import { xray } from '../../../src/propagate/xray.js';
import type { CoreConfig } from '../../../src/types.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

type Headers = Record<string, string>;

const OURS = /^(trace|b3|x-b3-|uber|x-amzn-|x-datadog-|baggage)/;
const pick = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => OURS.test(name)));

const run = (config: CoreConfig) => runInstrumentation([traceFetch(), traceXhr()], { config });

/** What the server saw of trace headers. */
const ways = {
  fetch: async (url: string, own: Headers = {}): Promise<Headers> =>
    pick((await (await fetch(url, { headers: own })).json()).headers),
  list: async (url: string, own: Headers = {}): Promise<Headers> =>
    pick((await (await fetch(url, { headers: Object.entries(own) })).json()).headers),
  Headers: async (url: string, own: Headers = {}): Promise<Headers> =>
    pick((await (await fetch(url, { headers: new Headers(own) })).json()).headers),
  Request: async (url: string, own: Headers = {}): Promise<Headers> =>
    pick((await (await fetch(new Request(url, { headers: own }))).json()).headers),
  XMLHttpRequest: (url: string, own: Headers = {}): Promise<Headers> =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      for (const [name, value] of Object.entries(own)) xhr.setRequestHeader(name, value);
      xhr.onload = () => resolve(pick(JSON.parse(xhr.responseText).headers));
      xhr.send();
    }),
};

test('every format tells the server the ids of the one span', async () => {
  const { nextSpan } = run({ propagators: [w3c, b3, b3multi, jaeger, xray, datadog] });

  const headers = await ways.fetch('/api/all');

  const { traceId, spanId } = await nextSpan();
  const context = { traceId, spanId, traceFlags: 1, isRemote: true };
  for (const { extract } of [w3c, b3, jaeger, xray, datadog]) {
    expect(extract?.((field) => headers[field])).toMatchObject(context);
  }
  expect(headers).toMatchObject({ 'x-b3-traceid': traceId, 'x-b3-sampled': '1', 'x-datadog-origin': 'rum' });
});

test('a place gets the formats that are chosen for it, the rest gets the others', async () => {
  const other = inject('otherOrigin');
  run({
    propagateTo: [
      { match: '/api/legacy', propagators: [b3] },
      { match: other, propagators: [b3, jaeger] },
    ],
  });

  expect(Object.keys(await ways.fetch('/api/legacy/1'))).toEqual(['b3']);
  expect(Object.keys(await ways.XMLHttpRequest(`${other}/api/a`)).sort()).toEqual(['b3', 'uber-trace-id']);
  expect(Object.keys(await ways.fetch('/api/new'))).toEqual(['traceparent']);
});

test.each(Object.entries(ways))(
  'a header that the page has set wins over its format: %s',
  async (_, send) => {
    run({ propagators: [w3c, b3, b3multi, datadog] });

    const headers = await send('/api/own', { B3: '0', 'X-B3-TraceId': 'own', 'X-Datadog-Origin': 'own' });

    // None of a format's other headers either: they would speak of another span.
    expect(headers).toEqual({
      traceparent: expect.any(String),
      b3: '0',
      'x-b3-traceid': 'own',
      'x-datadog-origin': 'own',
    });
  },
);

test.each(Object.entries(ways))('the page that sets traceparent gets no tracestate: %s', async (_, send) => {
  const { agent } = run({});
  const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, traceState: 'x=1' };
  const span = agent.startSpan('server', { parent: remote });

  const headers = await agent.with(span, () => send('/api/own', { TraceParent: 'own' }));

  expect(headers).toEqual({ traceparent: 'own' });
});

test('an unsampled session sends nothing, or that it is not sampled', async () => {
  const config = { sampleRate: 0, propagators: [w3c, b3, jaeger, xray, datadog] };
  const silent = run(config);
  expect(await ways.fetch('/api/a')).toEqual({});
  silent.stop();
  const { spans } = run({ ...config, unsampledHeaders: 'send' });

  for (const send of [ways.fetch, ways.XMLHttpRequest]) {
    const headers = await send('/api/a');
    expect(headers).toMatchObject({
      traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-00$/),
      b3: expect.stringMatching(/-0$/),
      'uber-trace-id': expect.stringMatching(/:0:0$/),
      'x-amzn-trace-id': expect.stringMatching(/Sampled=0$/),
      'x-datadog-sampling-priority': '0',
    });
  }
  expect(spans).toEqual([]);
});

test('baggage is what its keys allow', async () => {
  const { agent } = run({ propagators: [baggage({ keys: ['session.id', 'user.id', 'tenant'] })] });
  agent.setUser({ id: 'u-1' });
  agent.setBaggage({ tenant: 'acme & co', secret: 'x' });

  const { baggage: header } = await ways.fetch('/api/a');
  expect(header).toBe(`session.id=${agent.session()?.id},user.id=u-1,tenant=acme%20%26%20co`);

  agent.setUser({});
  agent.setBaggage({ tenant: undefined });
  expect((await ways.XMLHttpRequest('/api/a')).baggage).toBe(`session.id=${agent.session()?.id}`);
});

test('a propagator that throws costs neither the request, nor its span, nor the other headers', async () => {
  const broken = {
    fields: ['x-broken'],
    inject: () => {
      throw new Error('broken');
    },
  };
  const { nextSpan, faults } = run({ propagators: [broken, w3c] });

  const headers = await ways.fetch('/api/a');

  const { traceId } = await nextSpan();
  expect(headers.traceparent).toContain(traceId);
  expect(faults.splice(0)).toEqual([expect.objectContaining({ message: 'broken' })]);
});

test('with xrayTraceIds a trace begins with the time', async () => {
  run({ propagators: [xray], xrayTraceIds: true });
  const before = Math.floor(Date.now() / 1000);

  const header = (await ways.fetch('/api/a'))['x-amzn-trace-id'];

  const time = Number(`0x${/^Root=1-([\da-f]{8})-[\da-f]{24};Parent=/.exec(`${header}`)?.[1]}`);
  expect(Math.abs(time - before)).toBeLessThanOrEqual(60);
});
