import { devices } from 'playwright';
import { CHECKOUT, describeCheckout, expectEqual, expectPageErrors, trace } from './checks.mjs';

const goToCheckout = async (tab) => {
  await tab.pressButton('Add to cart');
  await tab.follow('Go to cart');
  await tab.follow('Go to checkout');
};

const payWith = async (tab, card) => {
  await tab.press(tab.page.getByText(card).first());
  await tab.pressButton(/^Pay/);
};

export const declinedPayment = {
  title: 'On a phone: one card is declined, the other pays',
  browserOptions: devices['Pixel 7'],
  walk: async (visit) => {
    const tab = await visit.openTab('/products/1009');
    await goToCheckout(tab);
    await payWith(tab, 'A card that is declined');
    await tab.sees('Your card was declined');
    const reference = await tab.page.getByTestId('reference').textContent();
    const declined = visit.traceOf(CHECKOUT);
    expectEqual('The reference that the customer reads', reference, declined);
    await tab.look(500);
    await payWith(tab, 'A card that pays');
    await tab.sees('Thank you');
    await tab.sees('paid');
    await tab.leave();
    return [
      trace('Declined, an error all the way', declined),
      trace('The second try', visit.traceOf(CHECKOUT)),
    ];
  },
  check: async (visit, [declined], stored) => {
    expectPageErrors(visit);
    return describeCheckout(declined, stored);
  },
};
