import { CHECKOUT, describeCheckout, expectPageErrors, trace } from './checks.mjs';

const chooseTeapots = async (tab) => {
  await tab.sees('Stoneware mug');
  await tab.scroll(720);
  await tab.follow('Cast-iron teapot');
  await tab.pressButton('One more');
  await tab.pressButton('Add to cart');
  await tab.pressButton('Count again');
};

const chooseBasketInAnotherTab = async (visit) => {
  const tab = await visit.openTab('/products/1012');
  await tab.pressButton('Add to cart');
  await tab.leave();
};

const pay = async (tab) => {
  await tab.follow('Go to cart');
  await tab.sees('Picnic basket');
  await tab.follow('Go to checkout');
  await tab.sees('Total');
  await tab.pressButton(/^Pay/);
  await tab.sees('Thank you');
  await tab.sees('paid');
  await tab.look(600);
};

export const browseAndBuy = {
  title: 'Browses in two tabs, and buys',
  walk: async (visit) => {
    const tab = await visit.openTab('/');
    const pageLoad = await tab.pageTrace();
    await chooseTeapots(tab);
    const product = visit.traceOf(/^\/api\/products\/1002$/);
    await chooseBasketInAnotherTab(visit);
    await pay(tab);
    await tab.leave();
    return [
      trace('Checkout, browser to database', visit.traceOf(CHECKOUT)),
      trace("Page load, in the server's trace", pageLoad),
      trace('Stock of a product, by XHR', product),
      trace('Order page, by XHR', visit.traceOf(/^\/api\/orders\//)),
    ];
  },
  check: async (visit, [checkout], stored) => {
    expectPageErrors(visit);
    return describeCheckout(checkout, stored);
  },
};
