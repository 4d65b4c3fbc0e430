import { expect, take, test } from './support/fixtures.js';
import { isChildOf, named } from './support/spans.js';
import './support/window.js';

const isException = named('exception');

test('an uncaught error is an exception in the trace of the page view', async ({
  page,
  site,
  collector,
  messages,
}) => {
  site.serve('/', {
    body: "<script>function explode() { throw new TypeError('broken page'); } explode();</script>",
  });
  await page.goto(site.origin);

  const span = await collector.waitForSpan(isException);
  const root = await collector.waitForSpan(named('page_load /'));
  expect(isChildOf(span, root)).toBe(true);
  expect(span).toMatchObject({ scope: 'rootspan/errors', status: { code: 2 } });
  expect(span.endTime - span.startTime).toBeLessThan(1);
  expect(span.events).toEqual([expect.objectContaining({ name: 'exception' })]);
  expect(span.events[0]?.attributes).toMatchObject({
    'exception.type': 'TypeError',
    'exception.message': 'broken page',
    'exception.stacktrace': expect.stringContaining('explode'),
  });
  expect(await take(messages, 1)).toEqual(['uncaught: broken page']);
});

test('an error long after the page load is in its trace all the same', async ({
  open,
  collector,
  messages,
}) => {
  const page = await open('/');
  await page.evaluate(
    () =>
      void setTimeout(() => {
        throw new RangeError('late');
      }),
  );

  const span = await collector.waitForSpan(isException);
  expect(isChildOf(span, await collector.waitForSpan(named('page_load /')))).toBe(true);
  expect(await take(messages, 1)).toEqual(['uncaught: late']);
});

test('an unhandled rejection is an exception', async ({ open, collector, messages }) => {
  const page = await open('/');
  await page.evaluate(() => {
    void Promise.reject(new SyntaxError('not handled'));
    void Promise.reject('a text alone');
  });

  await expect.poll(() => collector.spans().filter(isException)).toHaveLength(2);
  const facts = collector
    .spans()
    .filter(isException)
    .map(({ events }) => events[0]?.attributes);
  expect(facts[0]).toMatchObject({ 'exception.type': 'SyntaxError', 'exception.message': 'not handled' });
  expect(facts[1]).toMatchObject({ 'exception.message': 'a text alone' });
  await take(messages, 2);
});

test('a handled rejection is none', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(async () => {
    await Promise.reject(new Error('handled')).catch(() => {});
    rootspan('span', 'after', () => {});
  });

  await collector.waitForSpan(named('after'));
  expect(collector.spans().filter(isException)).toEqual([]);
});

test('recordException marks the span that is active', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() => {
    rootspan('span', 'save', () => rootspan('recordException', new Error('not saved')));
  });

  const span = await collector.waitForSpan(named('save'));
  expect(span.status.code).toBe(2);
  expect(span.events.map(({ attributes }) => attributes['exception.message'])).toEqual(['not saved']);
  expect(collector.spans().filter(isException)).toEqual([]);
});

for (const kind of ['throws', 'rejects']) {
  test(`a span whose function ${kind} records it once, and the page gets it`, async ({
    open,
    collector,
    messages,
  }) => {
    const page = await open('/');
    await page.evaluate((way) => {
      const error = new Error('from within');
      setTimeout(() => {
        // Nested, and then uncaught: the same error passes four places.
        rootspan('span', 'outer', () =>
          rootspan('span', 'inner', () => {
            if (way === 'rejects') return Promise.reject(error);
            throw error;
          }),
        );
      });
    }, kind);

    const inner = await collector.waitForSpan(named('inner'));
    const outer = await collector.waitForSpan(named('outer'));
    await page.evaluate(() => rootspan('flush'));
    expect(inner.status.code).toBe(2);
    expect(isChildOf(inner, outer)).toBe(true);
    const recorded = collector
      .spans()
      .filter(({ events }) => events.some(({ name }) => name === 'exception'));
    expect(recorded.map(({ name }) => name)).toEqual(['inner']);
    expect(await take(messages, 1)).toEqual(['uncaught: from within']);
  });
}

test('the same error is reported once, and how often when the page is hidden', async ({
  open,
  site,
  collector,
  messages,
}) => {
  const page = await open('/');
  await page.evaluate(() => {
    const fail = () => {
      throw new Error('in a loop');
    };
    for (let times = 0; times < 5; times++) setTimeout(fail);
  });
  await collector.waitForSpan(isException);
  await page.goto(`${site.origin}/dist/rootspan.js`);

  await expect.poll(() => collector.spans().filter(isException).length).toBe(2);
  const counts = collector
    .spans()
    .filter(isException)
    .map(({ events }) => events[0]?.attributes['rootspan.exception.count']);
  expect(counts).toEqual([1, 4]);
  await take(messages, 5);
});

test('an error of a script from another origin says what would tell more', async ({
  page,
  site,
  collector,
  messages,
}) => {
  // Not thrown by the script itself: of those Firefox tells all.
  site.page('/broken.js', 'secret.value', { 'Content-Type': 'text/javascript' });
  site.serve('/', { body: `<script src="${site.otherOrigin}/broken.js"></script>` });
  await page.goto(site.origin);

  const span = await collector.waitForSpan(isException);
  expect(span.events[0]?.attributes).toMatchObject({
    'exception.message': 'Script error.',
    'exception.stacktrace': expect.stringContaining('crossorigin="anonymous"'),
  });
  expect(await take(messages, 1)).toEqual(['uncaught: secret is not defined']);
});

test('an error of the page that has no object is not taken for one of another origin', async ({
  open,
  page,
  collector,
  messages,
}) => {
  await open('/', { body: '<p id="box">text</p>' });
  await page.evaluate(() => {
    const box = document.querySelector('#box') as HTMLElement;
    let times = 0;
    const observer = new ResizeObserver(() => {
      box.style.height = `${box.offsetHeight + 1}px`;
      // What the browser says of it ends too.
      if (++times === 3) observer.disconnect();
    });
    observer.observe(box);
  });

  const span = await collector.waitForSpan(isException);
  expect(span.events[0]?.attributes['exception.message']).toContain('ResizeObserver loop');
  expect(span.events[0]?.attributes['exception.stacktrace']).not.toContain('crossorigin');
  messages.splice(0);
});

test('whatever is thrown is recorded without a fault', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const odd = [undefined, null, 0, '', Symbol('s'), 10n, () => {}, {}, Object.create(null), revoked.proxy];
    for (const value of odd) rootspan('recordException', value);
  });

  // Two empty objects and one that cannot be read are alike.
  await expect.poll(() => collector.spans().filter(isException).length).toBe(8);
});
