import { expectPageErrors, trace } from './checks.mjs';

export const plainPage = {
  title: 'Uses the plain page with the script tag',
  service: 'shop-plain',
  walk: async (visit) => {
    const tab = await visit.openTab('/plain.html');
    const pageLoad = await tab.pageTrace();
    await tab.pressButton('Ask with fetch');
    await tab.sees('48 in stock');
    await tab.page.getByLabel('Product').selectOption('Picnic basket');
    await tab.pressButton('Ask with XMLHttpRequest');
    await tab.sees('11 in stock');
    const byXhr = visit.traceOf(/^\/api\/products\/1012$/);
    await tab.pressButton('Ask a backend that fails');
    await tab.sees('answered 500');
    await tab.follow('Hearth & Field');
    await tab.sees('Stoneware mug');
    await tab.leave();
    return [
      trace('Page load of the plain page', pageLoad),
      trace('A request by XMLHttpRequest', byXhr),
      trace('A backend that answers 500', visit.traceOf(/^\/api\/fail$/)),
    ];
  },
  check: async (visit) => expectPageErrors(visit),
};
