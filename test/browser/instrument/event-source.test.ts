import { expect, inject, onTestFinished, test } from 'vitest';
import { traceEventSource } from '../../../src/instrument/event-source.js';
import { replaceClass } from '../../support/replace-class.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const origin = inject('otherOrigin');

const connect = (query: string): EventSource => {
  const source = new EventSource(`${origin}/api/feeds/1234?${query}`);
  onTestFinished(() => source.close());
  return source;
};

const once = (source: EventSource, type: string): Promise<Event> =>
  new Promise((resolve) => source.addEventListener(type, resolve, { once: true }));

test('a stream is a span from its construction until the page closes it', async () => {
  const { nextSpan } = runInstrumentation(traceEventSource());
  const source = connect('events=3&named=last&token=abc');
  await once(source, 'last');
  source.close();
  source.close();

  const span = await nextSpan();
  expect(span).toMatchObject({
    name: 'EventSource /api/feeds/:id',
    kind: 3,
    scope: 'event-source',
    status: 0,
    attributes: {
      'url.full': expect.stringMatching(/token=REDACTED$/),
      'server.address': '127.0.0.1',
      'rootspan.connection.opened': 1,
      'rootspan.connection.received': 3,
      'rootspan.connection.received_size': 3 * 'message 0'.length,
    },
  });
  expect(span.events?.map(({ name }) => name)).toEqual(['open']);
  expect(span.attributes).not.toHaveProperty('rootspan.aborted');
});

test('a stream that is opened again goes on, and each opening is counted', async () => {
  const { nextSpan, spans } = runInstrumentation(traceEventSource());
  const source = connect('events=1&end=1');
  for (let count = 0; count < 3; count++) await once(source, 'message');
  expect(spans).toHaveLength(0);
  source.close();

  const { attributes, status, events } = await nextSpan();
  expect(status).toBe(0);
  expect(attributes).toMatchObject({ 'rootspan.connection.opened': 3, 'rootspan.connection.received': 3 });
  expect(events).toHaveLength(3);
});

for (const query of ['status=404', 'status=204', 'size=5']) {
  test(`a stream that is refused with ${query} is an error`, async () => {
    const { nextSpan } = runInstrumentation(traceEventSource());
    await once(connect(query), 'error');

    const { attributes, status } = await nextSpan();
    expect([attributes['error.type'], status]).toEqual(['NetworkError', 2]);
  });
}

for (const name of ['error', 'close']) {
  test(`a message that is named ${name} ends nothing`, async () => {
    const { nextSpan, spans } = runInstrumentation(traceEventSource());
    const source = connect(`events=0&named=${name}`);
    await once(source, name);
    expect(spans).toEqual([]);
    source.close();

    expect((await nextSpan()).status).toBe(0);
  });
}

test('a stream that is lost, and refused when it is opened again, is an error', async () => {
  const { nextSpan } = runInstrumentation(traceEventSource());
  const source = connect('events=1&end=1&once=1');
  await once(source, 'open');
  await once(source, 'error');
  await once(source, 'error');

  const { attributes, status } = await nextSpan();
  expect(attributes).toMatchObject({ 'error.type': 'NetworkError', 'rootspan.connection.opened': 1 });
  expect(status).toBe(2);
});

test('a stream that is given up before it is open is marked, but no error', async () => {
  const { nextSpan } = runInstrumentation(traceEventSource());
  connect('hang=1').close();

  const { attributes, status } = await nextSpan();
  expect([attributes['rootspan.aborted'], status]).toEqual([true, 0]);
});

test('after stop the class is the original and streams leave no trace', async () => {
  const native = EventSource;
  const { spans, stop } = runInstrumentation(traceEventSource());
  expect(EventSource).not.toBe(native);
  expect(EventSource.prototype.constructor).toBe(EventSource);
  stop();
  await once(connect('events=1'), 'message');

  expect([EventSource, EventSource.prototype.constructor, spans]).toEqual([native, native, []]);
});

for (const when of ['before', 'after']) {
  test(`a class that extends it, put in its place ${when} the agent, has spans that are right`, async () => {
    const replace = () => replaceClass('EventSource', (current) => class extends current {});
    if (when === 'before') replace();
    const { nextSpan, spans } = runInstrumentation(traceEventSource());
    if (when === 'after') replace();
    const source = connect('events=1&end=1');
    for (let count = 0; count < 2; count++) await once(source, 'message');
    expect(spans).toHaveLength(0);
    source.close();

    const { name, attributes, status } = await nextSpan();
    expect([name, status]).toEqual(['EventSource /api/feeds/:id', 0]);
    expect(attributes['rootspan.connection.opened']).toBe(2);
  });
}
