import { beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { traceFetch } from '../../../src/instrument/fetch.js';
import { traceNavigation } from '../../../src/instrument/navigation.js';
import { traceResources } from '../../../src/instrument/resource.js';
import type { CoreConfig, SpanRecord } from '../../../src/types.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

// An agent reports what the page has loaded before it, here in other tests.
beforeEach(() => performance.clearResourceTimings());

/** Adds an element to the page and waits until it has loaded or failed. */
const load = (name: 'img' | 'script', src: string): Promise<Event> =>
  new Promise((resolve) => {
    const element = document.createElement(name);
    onTestFinished(() => element.remove());
    element.onload = element.onerror = resolve as () => void;
    element.src = src;
    document.head.append(element);
  });

/** A running agent whose page view stays open until `endView`. The files of the test runner are not looked at. */
const run = (config: CoreConfig = {}) => {
  const ignoreUrls = [
    config.ignoreUrls ?? [],
    ({ url }: { url: URL }) => !/^\/api/.test(url.pathname),
  ].flat();
  const started = runInstrumentation([traceDocument(), traceNavigation(), traceFetch(), traceResources()], {
    config: { ...config, ignoreUrls },
  });
  started.context.page.hold?.();
  const resources = () => started.spans.filter(({ scope }) => scope === 'resource');
  return {
    ...started,
    resources,
    find: (part: string) => resources().find(({ name }) => name.includes(part)),
    endView: async (): Promise<SpanRecord> => {
      started.context.page.end?.('quiet');
      return started.nextSpan(({ scope }) => scope === 'document');
    },
    nextResource: (part: string) => started.nextSpan(({ name }) => name.includes(part)),
  };
};

const SCRIPT = 'header=Content-Type:text/javascript';
// Read to its end, unlike other images that are none.
const SVG = 'header=Content-Type:image/svg%2Bxml';

test('what the page loads is a child of the page view, at its true time', async () => {
  const { endView, find } = run();
  await load('script', `/api/lib.js?${SCRIPT}&size=0&token=s3cret`);
  const view = await endView();

  const span = find('/api/lib.js') as SpanRecord;
  const [entry] = performance.getEntriesByName(
    String(span.attributes['url.full']).replace('REDACTED', 's3cret'),
  );
  expect(span).toMatchObject({ name: 'script /api/lib.js', kind: 1, status: 0, parentSpanId: view.spanId });
  expect(span.traceId).toBe(view.traceId);
  expect(span.startTime).toBeCloseTo(performance.timeOrigin + (entry?.startTime ?? 0), 0);
  expect(span.endTime - span.startTime).toBeCloseTo(entry?.duration ?? 0, 0);
  expect(span.attributes).toMatchObject({
    'url.full': expect.stringContaining('token=REDACTED'),
    'browser.resource_timing.initiator_type': 'script',
    'browser.resource_timing.render_blocking_status': 'non-blocking',
    'http.response.status_code': 200,
  });
});

test("another origin's resource is marked, and named with its host", async () => {
  const { endView, find } = run();
  const origin = inject('otherOrigin');
  await load('img', `${origin}/api/pixel?size=9`);
  await endView();

  const { name, attributes } = find('/api/pixel') as SpanRecord;
  expect(name).toBe(`img ${new URL(origin).host}/api/pixel`);
  expect(attributes).toMatchObject({ 'rootspan.cross_origin': true, 'server.address': '127.0.0.1' });
});

test('a page view has at most fifty, the largest and slowest, and counts the others', async () => {
  const { endView, resources, find } = run();
  const small = Array.from({ length: 60 }, (_, number) => load('img', `/api/small-${number}x?size=1`));
  await Promise.all([
    ...small,
    load('img', `/api/large?${SVG}&size=200000`),
    load('img', '/api/slow?delay=400'),
  ]);
  const { attributes } = await endView();

  expect(resources()).toHaveLength(50);
  expect(find('/api/large')?.attributes['http.response.body.size']).toBe(200_000);
  expect(find('/api/slow')).toBeDefined();
  // Each of one byte, and 300 for its headers by the specification.
  expect(attributes).toMatchObject({
    'rootspan.omitted.img.count': 12,
    'rootspan.omitted.img.size': 12 * 301,
  });
});

test('what comes when the page view has ended is its child all the same, up to fifty', async () => {
  const { endView, nextResource, resources } = run();
  const view = await endView();
  const before = resources().length;
  await load('img', '/api/late?size=1');
  const span = await nextResource('/api/late');
  for (let number = 0; number < 55; number++) await load('img', `/api/later?size=1&${number}`);
  await load('img', '/api/last?size=1');

  expect([span.traceId, span.parentSpanId]).toEqual([view.traceId, view.spanId]);
  expect(span.attributes['rootspan.page_view.id']).toBe(view.attributes['rootspan.page_view.id']);
  await expect.poll(() => resources().length - before).toBe(50);
});

test('what began in one page view and ends in the next belongs to the first', async () => {
  const { endView, nextResource, stop } = run();
  const view = await endView();
  const loading = load('img', '/api/between?delay=100&size=1');
  const address = location.href;
  onTestFinished(() => history.replaceState(null, '', address));
  await new Promise((resolve) => setTimeout(resolve, 20));
  history.pushState(null, '', '/next/route');
  await loading;

  expect((await nextResource('/api/between')).traceId).toBe(view.traceId);
  stop();
});

test('a request has no second span', async () => {
  const { endView, resources, nextSpan } = run();
  await (await fetch('/api/requested')).text();
  await nextSpan(({ scope }) => scope === 'fetch');
  await endView();

  expect(resources().filter(({ name }) => name.includes('requested'))).toEqual([]);
});

test('a request from before the agent is rebuilt and marked', async () => {
  await (await fetch('/api/early/1')).text();
  const { endView, find } = run();
  const view = await endView();

  const span = find('/api/early') as SpanRecord;
  expect(span).toMatchObject({ name: 'HTTP /api/early/:id', kind: 3, parentSpanId: view.spanId });
  expect(span.attributes).toMatchObject({ 'rootspan.rebuilt': true, 'http.response.status_code': 200 });
});

test('ignored URLs and the collector leave no trace', async () => {
  const { endView, resources } = run({ endpoint: '/api/collector/v1/traces', ignoreUrls: '/api/secret' });
  await load('img', '/api/secret/1?size=1');
  await load('img', '/api/collector/v1/traces?size=1');
  await endView();

  expect(resources().filter(({ name }) => /secret|collector/.test(name))).toEqual([]);
});

for (const name of ['img', 'script'] as const) {
  test(`a failed ${name} is an exception, told once`, async () => {
    const { endView, find, nextSpan, spans } = run();
    await load(name, `/api/gone-${name}?status=404&token=s3cret`);
    await load(name, `/api/gone-${name}?status=404&token=s3cret`);
    const exception = await nextSpan(({ scope }) => scope === 'errors');
    const view = await endView();

    expect(exception).toMatchObject({ name: 'exception', status: 2, parentSpanId: view.spanId });
    expect(exception.events?.[0]?.attributes).toMatchObject({
      'exception.type': 'ResourceError',
      'exception.message': `${name} ${location.origin}/api/gone-${name}?status=404&token=REDACTED`,
    });
    expect(find(`/api/gone-${name}`)).toMatchObject({ status: 2, attributes: { 'error.type': '404' } });
    expect(spans.filter(({ scope }) => scope === 'errors')).toHaveLength(1);
  });
}

test('an error of a script is no failed resource', async () => {
  const { spans } = run();
  const hide = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('error', hide);
  onTestFinished(() => removeEventListener('error', hide));
  dispatchEvent(new ErrorEvent('error', { error: new Error('on purpose'), cancelable: true }));

  expect(spans).toEqual([]);
});

test('an image without an address is no failed resource', () => {
  const { spans } = runInstrumentation([traceDocument(), traceResources()]);
  const image = document.body.appendChild(document.createElement('img'));
  onTestFinished(() => image.remove());
  image.dispatchEvent(new Event('error'));

  expect(spans.filter(({ scope }) => scope === 'errors')).toEqual([]);
});

test("the page's own buffer stays as it is", async () => {
  const { endView, stop } = run();
  const before = performance.getEntriesByType('resource').length;
  await load('img', '/api/kept?size=1');
  await endView();
  stop();

  expect(performance.getEntriesByType('resource')).toHaveLength(before + 1);
});
