import { expect, test } from 'vitest';
import {
  BASE_MS,
  current,
  eachWithCollector,
  keyValues,
  nanos,
  query,
  send,
  span,
  traceIdOf,
} from './support.mjs';

eachWithCollector();

const ERROR = { code: 2 };

const view = (id, session, route) => ({
  'session.id': session,
  'rootspan.page_view.id': id,
  ...(route && { 'url.template': route, 'rootspan.page_view.type': 'load' }),
});

const exception = (at, type, message, more = {}) => ({
  name: 'exception',
  timeUnixNano: nanos(at),
  attributes: keyValues({ 'exception.type': type, 'exception.message': message, ...more }),
});

/** A page view with what failed on it. */
const sendVisit = (trace, { session, route = '/cart', at = 0, failures = [] }) =>
  send([
    span({ trace, id: 1, at, name: `page_load ${route}`, attributes: view(`view-${trace}`, session, route) }),
    ...failures.map(({ attributes, ...failure }, index) =>
      span({
        trace,
        id: index + 2,
        parent: 1,
        at: at + 10,
        attributes: { ...view(`view-${trace}`, session), ...attributes },
        status: ERROR,
        ...failure,
      }),
    ),
  ]);

const thrown = (at, message, more) => ({
  name: 'exception',
  events: [exception(at, 'TypeError', message, more)],
});

test('the same mistake on the same page is one error, with its number, sessions and times', async () => {
  await sendVisit(1, { session: 'ann', failures: [thrown(100, 'no ribbon')] });
  await sendVisit(2, {
    session: 'ben',
    failures: [thrown(200, 'no ribbon'), thrown(900, 'no ribbon', { 'rootspan.exception.count': 4 })],
  });

  const { errors, more } = await query('errors');

  expect(more).toBe(false);
  expect(errors).toEqual([
    {
      id: expect.stringMatching(/^[\da-f]{16}$/),
      service: 'shop',
      type: 'TypeError',
      message: 'no ribbon',
      route: '/cart',
      count: 6,
      sessions: 2,
      firstTime: BASE_MS + 100,
      lastTime: BASE_MS + 900,
      traceId: traceIdOf(2),
      spanId: '0000000000000003',
    },
  ]);
});

test('another page or another message is another error', async () => {
  await sendVisit(1, { session: 'ann', failures: [thrown(100, 'a'), thrown(200, 'b')] });
  await sendVisit(2, { session: 'ann', route: '/checkout', failures: [thrown(300, 'a')] });

  const { errors } = await query('errors');

  expect(errors.map(({ message, route }) => [message, route])).toEqual([
    ['a', '/checkout'],
    ['b', '/cart'],
    ['a', '/cart'],
  ]);
});

test('a failed request is an error of its page, and not a second one where it is told as an exception', async () => {
  await sendVisit(1, {
    session: 'ann',
    failures: [
      {
        name: 'POST /api/pay',
        kind: 3,
        attributes: { 'http.response.status_code': 402, 'error.type': '402' },
      },
      { name: 'GET /api/gone', kind: 3, attributes: { 'error.type': 'NetworkError' } },
      { name: 'GET /api/told', kind: 3, events: [exception(50, 'TypeError', 'told')] },
      { name: 'place order', kind: 1 },
    ],
  });

  const { errors } = await query('errors?sort=count');

  expect(errors.map(({ type, message }) => `${type} ${message}`).sort()).toEqual([
    'HTTP 402 POST /api/pay',
    'NetworkError GET /api/gone',
    'TypeError told',
  ]);
});

test('what a service throws has its own route, and the session of its trace', async () => {
  await sendVisit(1, { session: 'ann' });
  await send(
    [
      span({
        id: 9,
        parent: 1,
        kind: 2,
        status: ERROR,
        attributes: { 'http.route': '/orders' },
        events: [exception(20, 'RangeError', 'too many')],
      }),
    ],
    { service: 'orders', sdk: 'opentelemetry' },
  );

  const { errors } = await query('errors');

  expect(errors).toMatchObject([{ service: 'orders', type: 'RangeError', route: '/orders', sessions: 1 }]);
});

test('errors are filtered by service, text and time', async () => {
  await sendVisit(1, { session: 'ann', failures: [thrown(100, 'Early')] });
  await sendVisit(2, {
    session: 'ann',
    failures: [thrown(5000, 'Late', { 'exception.stacktrace': 'at pay.js' })],
  });
  const messages = async (parameters) =>
    (await query(`errors?${parameters}`)).errors.map(({ message }) => message);

  expect(await messages('q=EARLY')).toEqual(['Early']);
  expect(await messages('q=pay.js')).toEqual(['Late']);
  expect(await messages(`since=${BASE_MS + 1000}`)).toEqual(['Late']);
  expect(await messages('service=orders')).toEqual([]);
});

test('an error has its stack trace and the spans that it was met on, latest first', async () => {
  await sendVisit(1, {
    session: 'ann',
    failures: [thrown(100, 'no ribbon', { 'exception.stacktrace': 'at a.js' })],
  });
  await sendVisit(2, { session: 'ben', failures: [{ ...thrown(200, 'no ribbon'), name: 'click Pay' }] });
  const [{ id }] = (await query('errors')).errors;

  const error = await query(`errors/${id}`);

  expect(error).toMatchObject({ id, count: 2, stack: 'at a.js' });
  expect(error.occurrences).toEqual([
    {
      traceId: traceIdOf(2),
      spanId: '0000000000000002',
      sessionId: 'ben',
      time: BASE_MS + 200,
      times: 1,
      spanName: 'click Pay',
    },
    expect.objectContaining({ traceId: traceIdOf(1), sessionId: 'ann', spanName: 'exception' }),
  ]);
});

test('an unknown error is answered with 404', async () => {
  expect((await fetch(`${current().url}/api/errors/nothing`)).status).toBe(404);
});

test('counts that no agent sends break no list', async () => {
  const counts = [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 40, -5, 'many'];
  await sendVisit(1, {
    session: 'eve',
    failures: counts.map((count, at) => thrown(at, 'many', { 'rootspan.exception.count': count })),
  });
  await sendVisit(2, { session: 'eve', failures: [thrown(1, 'few', { 'rootspan.exception.count': -5 })] });

  const { errors } = await query('errors');
  const { occurrences } = await query(`errors/${errors.find(({ message }) => message === 'few').id}`);

  expect(errors.map(({ message, count }) => [message, count]).sort()).toEqual([
    ['few', 1],
    ['many', 2 ** 31 - 1],
  ]);
  expect(occurrences.map(({ times }) => times)).toEqual([1]);
});
