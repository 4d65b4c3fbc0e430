import { needs } from '../support/engines.js';
import { expect, take, test } from './support/fixtures.js';
import { named, only } from './support/spans.js';
import './support/window.js';

const DEBUG = "debug: true, traceUrl: 'https://jaeger.example/trace/{traceId}'";

test('with debug the console says of each trace once why it is kept and where it can be seen', async ({
  open,
  collector,
  messages,
}) => {
  const page = await open('/', { config: DEBUG });
  await page.evaluate(() => fetch('/api/orders'));
  await collector.waitForSpan(named('GET /api/orders'));

  const { traceId } = only(collector.spans(), 'page_load /');
  const said = await take(messages, 3);
  expect(said[0]).toMatch(/^info: \[rootspan\] session [\da-f-]{36}, drawn at rate 1, is kept\.$/);
  const ofLoad = said.filter((message) => message.includes(traceId));
  expect(ofLoad).toHaveLength(1);
  expect(ofLoad[0]).toContain(`https://jaeger.example/trace/${traceId}`);
  expect(said.join()).toContain('kept, as the session is sampled at rate 1');
});

test('with debug the console says that a session is dropped', async ({ page, site, messages }) => {
  site.serve('/', { config: `${DEBUG}, sampleRate: 0` });
  await page.goto(site.origin);

  expect(await take(messages, 1)).toEqual([expect.stringMatching(/drawn at rate 0, is dropped\./)]);
});

test('with debug spans are a track of the performance panel, and the page’s timeline keeps none', async ({
  open,
  browser,
  collector,
  messages,
}) => {
  needs('the DevTools protocol');
  const page = await open('/', { config: DEBUG });
  await browser.startTracing(page, { categories: ['blink.user_timing'] });
  await page.evaluate(() => {
    performance.measure('own');
    rootspan('span', 'checkout', () => {});
  });
  await collector.waitForSpan(named('checkout'));
  const recording = (await browser.stopTracing()).toString();

  const events: { name: string; args: { detail?: string; data?: { detail?: string } } }[] =
    JSON.parse(recording).traceEvents;
  const measure = events.find(({ name }) => name === 'rootspan: checkout');
  const detail = JSON.parse(measure?.args.detail ?? measure?.args.data?.detail ?? '{}');
  expect(detail.devtools).toMatchObject({ dataType: 'track-entry', trackGroup: 'rootspan', track: 'custom' });
  expect(await page.evaluate(() => performance.getEntriesByType('measure').map(({ name }) => name))).toEqual([
    'own',
  ]);
  messages.splice(0);
});
