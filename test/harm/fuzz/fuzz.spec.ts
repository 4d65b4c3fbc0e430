import { expect, test } from 'playwright/test';
import { engine } from '../../support/engines.js';
import { fuzz } from './fuzz.js';

test.setTimeout(300_000);

test.beforeEach(() => {
  test.skip(engine() !== 'chromium', 'the sequences know what Chromium leaves to chance, and no more');
});

/** `first+count`, as `main.mjs` sets it. */
const [first = 1, count = 150] = (process.env.ROOTSPAN_FUZZ ?? '').split('+').filter(Boolean).map(Number);

test(`${count} random sequences of calls show the page and the server the same with the agent`, async ({
  browser,
}) => {
  // A second each, where a difference is not cut down.
  test.setTimeout(120_000 + count * 1000);
  const { calls, found } = await fuzz(browser, { first, count, tell: console.log });
  console.log(`${count} sequences from seed ${first}, ${calls} calls, ${found.length} differences`);
  expect(found.join('\n\n')).toBe('');
});

/** Agents with a fault, by what each does wrong: a fuzzer that finds none proves nothing. */
const FAULTS = {
  'reads the headers twice': `fetch = new Proxy(fetch, { apply(call, self, args) {
    try { args[1]?.headers; } catch {}
    return Reflect.apply(call, self, args);
  } });`,
  'swallows unhandled rejections': `fetch = new Proxy(fetch, { apply(call, self, args) {
    const promise = Reflect.apply(call, self, args);
    promise.catch(() => {});
    return promise;
  } });`,
  'sends a header': `const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (...args) {
      open.apply(this, args);
      this.setRequestHeader('X-Fault', '1');
    };`,
};

for (const [label, fault] of Object.entries(FAULTS)) {
  test(`an agent that ${label} is found`, async ({ browser }) => {
    const { found } = await fuzz(browser, { first: 1, count: 25, fault, most: 1, isShrunk: false });
    expect(found.length).toBe(1);
  });
}
