import { expect, onTestFinished, test } from 'vitest';
import { traceNavigation } from '../../../src/instrument/navigation.js';
import { type RunOptions, runInstrumentation } from '../../support/run-instrumentation.js';

const run = (options?: RunOptions) => {
  const { href } = location;
  onTestFinished(() => history.replaceState(history.state, '', href));
  return runInstrumentation(traceNavigation(), options);
};

const withoutNavigationApi = (): void => {
  const before = Object.getOwnPropertyDescriptor(window, 'navigation') as PropertyDescriptor;
  Object.defineProperty(window, 'navigation', { value: undefined, configurable: true });
  onTestFinished(() => void Object.defineProperty(window, 'navigation', before));
};

for (const [way, prepare] of Object.entries({
  'Navigation API': () => {},
  'History patch': withoutNavigationApi,
})) {
  test(`${way}: a pushed URL is a root span of its own`, async () => {
    prepare();
    const { nextSpan } = run();
    history.pushState({}, '', '/orders/12');

    const span = await nextSpan();
    expect(span).toMatchObject({
      name: 'route_change /orders/:id',
      scope: 'navigation',
      parentSpanId: undefined,
    });
    expect(span.attributes['rootspan.end_reason']).toBe('quiet');
  });

  test(`${way}: a URL that a replacement redirects to at once names the route`, async () => {
    prepare();
    const { nextSpan, spans } = run();
    history.pushState({}, '', '/account');
    history.replaceState({}, '', '/login');

    expect((await nextSpan()).name).toBe('route_change /login');
    expect(spans).toHaveLength(1);
  });

  test(`${way}: a replacement that leaves the template alone is silent`, async () => {
    prepare();
    const { nextSpan, spans } = run();
    history.pushState({}, '', '/orders/12');
    history.replaceState({}, '', '/orders/13?tab=2');
    await nextSpan();
    history.replaceState({}, '', '/orders/14');
    history.pushState({}, '', '/end');

    expect((await nextSpan()).name).toBe('route_change /end');
    expect(spans).toHaveLength(2);
  });

  test(`${way}: an agent that has stopped sees no route`, () => {
    prepare();
    const { spans, stop } = run();
    stop();
    history.pushState({}, '', '/unseen');

    expect(spans).toEqual([]);
  });

  test(`${way}: the browser's own error reaches the page`, () => {
    prepare();
    run();

    expect(() => history.pushState({}, '', 'https://elsewhere.test/')).toThrow(DOMException);
    expect(() => (history.pushState as () => void)()).toThrow(TypeError);
  });
}

test('the application names the route', async () => {
  const { nextSpan } = run({ config: { routeName: ({ url }) => `named ${url.pathname}` } });
  history.pushState({}, '', '/a/b');

  expect((await nextSpan()).name).toBe('route_change named /a/b');
});

test('a route change in a page that nobody sees waits for no frame', async () => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  // As in a hidden tab.
  const draw = window.requestAnimationFrame;
  window.requestAnimationFrame = () => 0;
  onTestFinished(() => {
    window.requestAnimationFrame = draw;
    Reflect.deleteProperty(document, 'visibilityState');
  });
  const { nextSpan } = run();
  history.pushState({}, '', '/login');

  expect((await nextSpan()).attributes['rootspan.end_reason']).toBe('quiet');
});
