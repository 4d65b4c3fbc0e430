import { needs } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

const isException = named('exception');

test('what the policy of the page refuses is an error', async ({ page, site, collector }) => {
  const policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'none'";
  site.serve(
    '/',
    { body: '<img src="/picture.png?token=abc" alt="">' },
    { 'Content-Security-Policy': policy },
  );
  await page.goto(site.origin);

  const span = await collector.waitForSpan(isException);
  expect(isChildOf(span, await collector.waitForSpan(named('page_load /')))).toBe(true);
  expect(span).toMatchObject({ scope: 'rootspan/errors', status: { code: 2 } });
  expect(span.events[0]?.attributes).toMatchObject({
    'exception.type': 'SecurityPolicyViolation',
    'exception.message': `img-src (enforce): ${site.origin}/picture.png?token=REDACTED`,
  });
});

test('a policy that refuses the collector makes no loop', async ({ page, site, collector, messages }) => {
  site.serve(
    '/',
    { config: 'processors: [(span) => (names.push(span.name), span)]', head: '<script>names = []</script>' },
    { 'Content-Security-Policy': "connect-src 'none'" },
  );
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', () =>
      document.documentElement.setAttribute('data-refused', ''),
    );
  });
  await page.goto(site.origin);
  await page.locator('[data-refused]').waitFor({ state: 'attached' });
  const names = () => page.evaluate<string[]>('names');
  await expect.poll(names).toContain('page_load /');

  // The page load waits to be sent again, and no error with it.
  const { recorded, waiting, sent } = await page.evaluate(() => rootspan('stats'));
  expect([waiting, sent]).toEqual([recorded, 0]);
  expect(await names()).not.toContain('exception');
  expect(collector.requests()).toEqual([]);
  messages.splice(0);
});

test('a deprecation that the browser reports is in the trace of the page view', async ({
  open,
  collector,
}) => {
  const page = await open('/');
  await page.evaluate(() => {
    const request = new XMLHttpRequest();
    request.open('GET', '/', false);
    request.send();
    // of Firefox, which takes the other as it is
    Reflect.get(new MouseEvent('click'), 'mozInputSource');
  });

  const span = await collector.waitForSpan(named('deprecation'));
  expect(isChildOf(span, await collector.waitForSpan(named('page_load /')))).toBe(true);
  expect(span).toMatchObject({ scope: 'rootspan/reports', status: { code: 0 } });
  expect(span.endTime).toBe(span.startTime);
  expect(span.attributes).toMatchObject({
    'rootspan.report.id': expect.stringMatching(/^\w+$/),
    'rootspan.report.message': expect.stringMatching(/XMLHttpRequest|mozInputSource/),
    'rootspan.report.source': expect.stringMatching(/:\d+:\d+$/),
  });
});

test('an intervention of the browser is in the trace of the page view', async ({ open, collector }) => {
  needs('reports of interventions');
  // Nobody has touched the page.
  const page = await open('/', { body: '<script>navigator.vibrate(100)</script>' });

  const span = await collector.waitForSpan(named('intervention'));
  expect(isChildOf(span, only(collector.spans(), 'page_load /'))).toBe(true);
  expect(span.attributes['rootspan.report.id']).toBe('NavigatorVibrate');
  expect(span.attributes['rootspan.report.message']).toMatch(/vibrate/);
  expect(span.attributes['rootspan.report.source']).toContain(page.url());
});
