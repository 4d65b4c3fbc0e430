import { expect, test, vi } from 'vitest';
import { START } from '../support/time.js';
import { visit } from '../support/visit.js';

test.each([
  ['load', 'page_load /products/:id', 'document'],
  ['route', 'route_change /products/:id', 'navigation'],
  ['restore', 'page_restore /products/:id', 'document'],
] as const)('a page view of type %s is a root span %s', (type, name, scope) => {
  const { open, time, ended, page } = visit();

  open(type);
  time.advance(100);

  expect(ended[0]).toMatchObject({ name, scope, kind: 1, parentSpanId: undefined });
  expect(ended[0]?.attributes).toMatchObject({
    'rootspan.page_view.id': page.current?.id,
    'rootspan.page_view.type': type,
    'url.full': 'https://shop.example/products/42',
    'url.template': '/products/:id',
    'rootspan.end_reason': 'quiet',
  });
});

test('a page view is over when it was quiet for 100 ms, and lasts until it became quiet', () => {
  const { open, time, ended } = visit();
  open();

  time.advance(99);
  expect(ended).toEqual([]);
  time.advance(1);

  expect(ended[0]).toMatchObject({ startTime: START, endTime: START });
  expect(time.running()).toBe(0);
});

test('a page view waits for all that holds it', () => {
  const { open, time, ended, page } = visit();
  open();
  const releases = [page.hold?.(), page.hold?.()];

  time.advance(5000);
  releases[0]?.();
  time.advance(5000);
  expect(ended).toEqual([]);
  releases[1]?.();
  time.advance(100);

  expect(ended[0]).toMatchObject({ endTime: START + 10_000 });
  expect(ended[0]?.attributes['rootspan.end_reason']).toBe('quiet');
});

test('a new request in the quiet time keeps the page view open', () => {
  const { open, time, ended, page } = visit();
  open();
  time.advance(99);

  const release = page.hold?.();
  time.advance(1000);
  release?.();
  time.advance(99);
  expect(ended).toEqual([]);
  time.advance(1);

  expect(ended[0]?.endTime).toBe(START + 1099);
});

test('what lets go twice lets go once', () => {
  const { open, time, ended, page } = visit();
  open();
  const [first] = [page.hold?.(), page.hold?.()];

  first?.();
  first?.();
  time.advance(1000);

  expect(ended).toEqual([]);
});

test.each(['hidden', 'stopped'] as const)('a page view that ends as %s ends at once', (reason) => {
  const { open, time, ended, page } = visit();
  open();
  page.hold?.();
  time.advance(40);

  page.end?.(reason);

  expect(ended[0]).toMatchObject({ endTime: START + 40 });
  expect(ended[0]?.attributes['rootspan.end_reason']).toBe(reason);
  expect(time.running()).toBe(0);
});

test('the next page view ends the one before, which keeps its own trace', () => {
  const { open, ended, time, page } = visit();
  open();
  const first = page.current;
  time.advance(40);

  open('route');

  expect(ended[0]).toMatchObject({ name: 'page_load /products/:id', endTime: START + 40 });
  expect(ended[0]?.attributes['rootspan.end_reason']).toBe('superseded');
  expect(page.current?.context.traceId).not.toBe(first?.context.traceId);
  expect(page.current?.id).not.toBe(first?.id);
});

test('after 30 seconds a page view ends, whatever holds it', () => {
  const { open, ended, time, page } = visit();
  open();
  page.hold?.();

  time.advance(29_999);
  expect(ended).toEqual([]);
  time.advance(1);

  expect(ended[0]?.attributes['rootspan.end_reason']).toBe('timeout');
  expect(ended[0]?.endTime).toBe(START + 30_000);
});

test('a hold of an older page view does nothing to the next', () => {
  const { open, ended, time, page } = visit();
  open();
  const old = page.hold?.();
  open('route');
  const current = page.hold?.();

  old?.();
  time.advance(1000);
  expect(ended).toHaveLength(1);
  current?.();
  time.advance(100);

  expect(ended[1]?.attributes['rootspan.end_reason']).toBe('quiet');
});

test('a page view ends once', () => {
  const { open, ended, time, page } = visit();
  open();
  const { end } = page;

  end?.('hidden');
  end?.('hidden');
  time.advance(60_000);

  expect(ended).toHaveLength(1);
});

test('after its end a page view is still what later spans belong to, but nothing holds it', () => {
  const { open, time, page, ended } = visit();
  open();
  time.advance(100);

  expect(page.current?.context.spanId).toBe(ended[0]?.spanId);
  expect([page.end, page.hold]).toEqual([undefined, undefined]);
});

test('what shall run before the end runs once, while the span still records', () => {
  const { open, time, page, ended } = visit();
  const ending = vi.fn(() => expect(ended).toEqual([]));
  page.endings.add(ending);
  open('load');

  page.end?.('hidden');
  time.advance(60_000);

  expect(ending).toHaveBeenCalledOnce();
});

test('the application names the page view', () => {
  const { open, page, ended } = visit();
  open('route');

  page.setRoute?.('/products/:slug');
  page.end?.('hidden');

  expect(ended[0]?.name).toBe('route_change /products/:slug');
  expect(ended[0]?.attributes['url.template']).toBe('/products/:slug');
  expect(page.current?.route).toBe('/products/:slug');
});

test('a name that comes late changes no span that was sent', () => {
  const { open, page, ended } = visit();
  open();
  page.end?.('hidden');

  page.setRoute?.('/products/:slug');

  expect(ended[0]?.name).toBe('page_load /products/:id');
  expect(page.current?.route).toBe('/products/:slug');
});

test('the address of a page view is recorded without its secrets', () => {
  const { open, page, ended } = visit('https://shop.example/reset?token=abc');
  open();

  page.end?.('hidden');

  expect(ended[0]?.attributes['url.full']).toBe('https://shop.example/reset?token=REDACTED');
});
