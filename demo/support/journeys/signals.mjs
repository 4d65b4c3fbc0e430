import { expectPageErrors, trace } from './checks.mjs';

/** Longer than a click may be without effect. */
const DEAD_MS = 1500;

/** The buttons in the order of the page, each with what it says when it is done. */
const SIGNALS = [
  ['Click slowly', 'The page was busy'],
  ['Throw in a listener'],
  ['Reject a promise unheard', 'Rejected'],
  ['Load an image that is missing', 'It could not be loaded'],
  ['Frame an advertisement', 'has refused it'],
  ['Run a script of another origin', 'It ran, and threw'],
  ['Use what is deprecated', 'The browser frowns'],
  ['Abort a fetch', 'AbortError'],
  ['Lose the network', 'TypeError'],
  ['Time out a fetch', 'TimeoutError'],
  ['Time out an XMLHttpRequest', 'The request has timed out'],
  ['Load a large image', 'A small drawing'],
  ['Send a beacon', 'On its way'],
  ['Talk to a WebSocket', 'Closed with 1000, after “Is the oven hot?”'],
  ['Listen to an EventSource', 'the loaf is out'],
  ['Write an error to the console', 'Written'],
  ['Write a log record', 'Noted down'],
  ['Bake in a span', 'Kneaded and baked'],
];

/** By a timer of the page: where the page halts, it is still later than those that began before it. */
const waitInPage = (page, milliseconds) =>
  page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), milliseconds);

export const everySignal = {
  title: 'Provokes every signal there is',
  walk: async (visit) => {
    const tab = await visit.openTab('/signals');
    const click = (name, options) => tab.page.getByRole('button', { name, exact: true }).click(options);
    await tab.look();
    await click('Click what is dead');
    await waitInPage(tab.page, DEAD_MS);
    // Where the page halts for a second amid them, three are still together.
    await click('Click three times, in rage', { clickCount: 6 });
    for (const [name, done] of SIGNALS) {
      await click(name);
      if (done) await tab.sees(done);
    }
    await tab.look(300);
    const pageLoad = await tab.pageTrace();
    await tab.leave();
    return [trace('Every signal of a page', pageLoad)];
  },
  check: async (visit) =>
    expectPageErrors(
      visit,
      'The bread knife is too short',
      'The miller did not answer',
      'The advertisement has no place to go',
    ),
};
