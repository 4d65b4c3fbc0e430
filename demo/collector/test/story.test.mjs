import { expect, test } from 'vitest';
import {
  BASE_MS,
  eachWithCollector,
  hex,
  keyValues,
  nanos,
  post,
  query,
  request,
  send,
  span,
  traceIdOf,
} from './support.mjs';

eachWithCollector();

const view = (id) => ({ 'session.id': 'visit', 'rootspan.page_view.id': id });
const link = (trace, id, attributes = {}) => ({
  traceId: traceIdOf(trace),
  spanId: hex(id, 16),
  attributes: keyValues(attributes),
});
const event = (name, at, attributes) => ({
  name,
  timeUnixNano: nanos(at),
  attributes: keyValues(attributes),
});

/** Spans of one instrumentation of the agent. */
const sendScope = async (scope, spans) => {
  const body = request(spans);
  body.resourceSpans[0].scopeSpans[0].scope.name = scope;
  expect((await post(JSON.stringify(body))).status).toBe(200);
};

const pageView = (trace, type, at, more = {}) =>
  span({
    trace,
    id: 1,
    at,
    name: `${type === 'load' ? 'page_load' : 'route_change'} /${trace}`,
    attributes: { ...view(`view-${trace}`), 'rootspan.page_view.type': type },
    ...more,
  });

test('a click and the route change that it caused lead to each other', async () => {
  await send([
    pageView(1, 'load', 0),
    pageView(3, 'route', 510, { links: [link(2, 7), link(1, 1, { 'rootspan.link': 'previous' })] }),
  ]);
  await sendScope('rootspan/interactions', [
    span({ trace: 2, id: 7, at: 500, name: 'click Cart', attributes: view('view-1') }),
  ]);

  const { pageViews, moments } = await query('sessions/visit');
  const { spans } = await query(`traces/${traceIdOf(2)}`);

  const click = { traceId: traceIdOf(2), spanId: hex(7, 16), name: 'click Cart' };
  expect(pageViews.map(({ cause }) => cause)).toEqual([null, click]);
  expect(pageViews.map(({ previousSpanId }) => previousSpanId)).toEqual([null, hex(1, 16)]);
  expect(moments).toMatchObject([{ kind: 'interaction', ...click, ledTo: [{ name: 'route_change /3' }] }]);
  expect(spans[0].linkedFrom).toEqual([
    { traceId: traceIdOf(3), spanId: hex(1, 16), name: 'route_change /3', attributes: {} },
  ]);
  const [{ links }] = (await query(`traces/${traceIdOf(3)}`)).spans;
  expect(links).toMatchObject([{ name: 'click Cart' }, { name: 'page_load /1' }]);
});

test('interactions tell of rage, and of how long a slow one took', async () => {
  await sendScope('rootspan/interactions', [
    span({
      id: 1,
      name: 'click Pay',
      attributes: {
        ...view('a'),
        'rootspan.interaction.rage': true,
        'rootspan.interaction.slow': true,
        'rootspan.interaction.duration_ms': 412.5,
        'rootspan.interaction.target': 'button',
      },
    }),
  ]);

  const { moments } = await query('sessions/visit');

  expect(moments).toMatchObject([
    { marks: ['rage', 'slow'], durationMs: 412.5, detail: {}, pageViewId: 'a' },
  ]);
});

test('errors, failed requests and long frames are told in order, what went well is not', async () => {
  await send([
    pageView(1, 'load', 0, { events: [event('exception', 5, { 'exception.message': 'early' })] }),
    span({ id: 2, parent: 1, at: 20, name: 'GET /ok', kind: 3, attributes: view('view-1') }),
    span({
      id: 3,
      parent: 1,
      at: 30,
      name: 'GET /fail',
      kind: 3,
      attributes: { ...view('view-1'), 'http.response.status_code': 500 },
      status: { code: 2 },
    }),
  ]);
  await sendScope('rootspan/long-frames', [
    span({
      id: 4,
      parent: 1,
      at: 25,
      name: 'long_frame',
      attributes: { ...view('view-1'), 'rootspan.long_frame.blocking_ms': 150 },
      events: [event('script', 26, { 'rootspan.script.invoker': 'BUTTON.onclick' })],
    }),
  ]);

  const { moments } = await query('sessions/visit');

  expect(moments.map(({ kind, time }) => [kind, time - BASE_MS])).toEqual([
    ['error', 5],
    ['long-frame', 25],
    ['request', 30],
  ]);
  expect(moments[0]).toMatchObject({ name: 'Error', count: 1, detail: { 'exception.message': 'early' } });
  expect(moments[1]).toMatchObject({ scripts: [{ invoker: 'BUTTON.onclick' }] });
  expect(moments[2]).toMatchObject({ failed: true, detail: { 'http.response.status_code': 500 } });
});

test('each vital of a page view has the time of its last value', async () => {
  const vital = (at, name) => event('browser.web_vital', at, { 'browser.web_vital.name': name });
  await send([
    pageView(1, 'load', 0),
    span({
      id: 2,
      parent: 1,
      name: 'web-vitals',
      attributes: { ...view('view-1'), 'rootspan.web_vital.inp': 90.5 },
      events: [vital(40, 'inp'), vital(90, 'inp')],
    }),
  ]);

  const { pageViews } = await query('sessions/visit');

  expect(pageViews).toMatchObject([{ vitals: { inp: 90.5 }, vitalTimes: { inp: BASE_MS + 90 } }]);
});

test('a scope with the name of a built-in is none of the agent', async () => {
  await send([pageView(1, 'load', 0)]);
  const failed = { name: 'GET /bread', kind: 3, status: { code: 2 }, attributes: view('view-1') };
  await sendScope('toString', [span({ trace: 1, id: 2, at: 10, ...failed })]);

  const { moments } = await query('sessions/visit');

  expect(moments).toMatchObject([{ kind: 'request', name: 'GET /bread' }]);
});

test('numbers and texts that are none are left out of a story', async () => {
  const own = {
    ...view('view-1'),
    'rootspan.interaction.duration_ms': '250',
    'rootspan.interaction.slow': true,
  };
  const exception = event('exception', 0, { 'exception.type': 5, 'rootspan.exception.count': 'many' });
  const script = event('script', 0, { 'rootspan.script.invoker': 5, 'rootspan.script.duration_ms': 'long' });
  await send([pageView(1, 'load', 0)]);
  await sendScope('rootspan/interactions', [
    span({ trace: 1, id: 2, at: 10, attributes: own, events: [exception, script] }),
  ]);

  const { moments } = await query('sessions/visit');

  expect(moments).toMatchObject([
    { kind: 'error', name: 'Error', count: 1 },
    { kind: 'interaction', durationMs: 10, scripts: [{ invoker: '', source: '', durationMs: 0 }] },
  ]);
});
