import { needs } from '../support/engines.js';
import type { CollectedSpan } from '../support/otlp-reader.js';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named } from './support/spans.js';

/** The frame that a script held up: on a slow machine there are others. */
const isFrameOf = (script: string) => (span: CollectedSpan) =>
  span.name === 'long_frame' && JSON.stringify(span.events).includes(script);

/** A script that keeps the main thread for 300 ms, and has the layout done while it does. */
const SLOW = `function compute() {
  const end = performance.now() + 300;
  let height = 0;
  for (let turn = 0; performance.now() < end; turn++) {
    document.body.style.width = 300 + (turn % 100) + 'px';
    height += document.body.offsetHeight;
  }
  return height;
}`;

test('a handler that blocks the page is a long frame that names it', async ({ page, site, collector }) => {
  needs('Long Animation Frames');
  site.page('/slow.js', SLOW, { 'Content-Type': 'text/javascript' });
  const body = '<button onclick="compute()">Compute</button><script src="/slow.js?key=secret"></script>';
  site.serve('/', { body });
  await page.goto(site.origin);
  const view = await collector.waitForSpan(named('page_load /'));
  await page.click('button');

  const span = await collector.waitForSpan(isFrameOf('BUTTON.onclick'));
  expect(isChildOf(span, view)).toBe(true);
  expect(span.scope).toBe('rootspan/long-frames');
  expect(span.endTime - span.startTime).toBeGreaterThanOrEqual(300);
  expect(span.attributes['rootspan.long_frame.blocking_ms']).toBeGreaterThanOrEqual(200);
  const script = span.events.find(
    ({ attributes }) => attributes['rootspan.script.invoker'] === 'BUTTON.onclick',
  );
  expect(script?.attributes['rootspan.script.duration_ms']).toBeGreaterThanOrEqual(300);
  expect(script?.attributes['rootspan.script.forced_layout_ms']).toBeGreaterThan(0);
});

test('a script that blocks while the page loads is in the page load, without secrets', async ({
  page,
  site,
  collector,
}) => {
  needs('Long Animation Frames');
  site.page('/slow.js', `${SLOW} compute();`, { 'Content-Type': 'text/javascript' });
  site.serve('/', { body: '<script src="/slow.js?token=abc"></script>' });
  await page.goto(site.origin);

  const span = await collector.waitForSpan(isFrameOf('/slow.js'));
  expect(isChildOf(span, await collector.waitForSpan(named('page_load /')))).toBe(true);
  const scripts = span.events.map(({ attributes }) => `${attributes['rootspan.script.source']}`);
  expect(scripts).toContainEqual(expect.stringContaining(`${site.origin}/slow.js?token=REDACTED:`));
  expect(JSON.stringify(span.events)).not.toContain('abc');
});

test('a frame that began before a route change is of the view before', async ({ page, site, collector }) => {
  needs('Long Animation Frames');
  const work = "setTimeout(() => { compute(); history.pushState({}, '', '/next'); })";
  site.serve('/', { body: `<script>${SLOW} const work = () => ${work};</script>` });
  await page.goto(site.origin);
  const view = await collector.waitForSpan(named('page_load /'));
  await page.evaluate('work()');

  const span = await collector.waitForSpan(isFrameOf('setTimeout'));
  const route = await collector.waitForSpan(named('route_change /next'));
  expect(span.startTime).toBeLessThan(route.startTime);
  expect(isChildOf(span, view)).toBe(true);
  expect(span.attributes['rootspan.page_view.id']).toBe(view.attributes['rootspan.page_view.id']);
});
