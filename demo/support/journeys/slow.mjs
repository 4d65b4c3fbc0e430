import { expectPageErrors, trace } from './checks.mjs';

export const slowPage = {
  title: 'Waits for a slow page, then for a frozen one',
  walk: async (visit) => {
    const tab = await visit.openTab('/');
    await tab.scroll(360);
    await tab.follow('Gift finder');
    await tab.sees('Wrap them by hand');
    await tab.pressButton('Wrap them by hand');
    await tab.pressButton('Wrap them by hand');
    await tab.look(400);
    await tab.leave();
    return [trace('A slow query, and a poor INP', visit.traceOf(/^\/api\/slow$/))];
  },
  check: async (visit) => expectPageErrors(visit),
};
