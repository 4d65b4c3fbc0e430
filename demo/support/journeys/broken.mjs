import { expectPageErrors, trace } from './checks.mjs';

export const brokenPage = {
  title: 'Meets a broken page, and breaks it further',
  walk: async (visit) => {
    const tab = await visit.openTab('/');
    await tab.sees('Stoneware mug');
    await tab.follow('Gift cards');
    const reference = await tab.page.getByTestId('reference').textContent();
    await tab.pressButton('Throw in a click');
    await tab.pressButton('Reject a promise');
    await tab.pressButton('Ask a backend that fails');
    await tab.sees('answered 500');
    const failed = visit.traceOf(/^\/api\/fail$/);
    await tab.page.goto(new URL('/products/4040', tab.page.url()).href);
    await tab.sees('We could not load this');
    await tab.look(300);
    await tab.leave();
    return [
      trace('Errors of the page', reference),
      trace('A backend that answers 500', failed),
      trace('A product that is not there, 404', visit.traceOf(/^\/api\/products\/4040$/)),
    ];
  },
  // The error while rendering is missing here: React's boundary has caught it, and the shop has handed it to the agent.
  check: async (visit) =>
    expectPageErrors(visit, 'The gift card has no ribbon', 'The ribbon supplier did not answer'),
};
