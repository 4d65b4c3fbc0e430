import { expectEqual, expectPageErrors } from './checks.mjs';

const expectNone = (what, requests) =>
  expectEqual(what, requests.map((request) => `${request.method()} ${request.url()}`).join(', '), '');

export const unsampledVisit = {
  title: 'Is not sampled',
  walk: async (visit) => {
    const tab = await visit.openTab('/?sampleRate=0');
    visit.sessionId = await tab.sessionId();
    await tab.sees('Honey jar');
    await tab.follow('Honey jar');
    await tab.pressButton('Add to cart');
    await tab.pressButton('Count again');
    await tab.follow('Go to cart');
    await tab.follow('Go to checkout');
    await tab.sees('Total');
    await tab.pressButton(/^Pay/);
    await tab.sees('Thank you');
    await tab.page.reload();
    await tab.sees('paid');
    await tab.leave();
    return [];
  },
  check: async (visit, _traces, stored) => {
    expectPageErrors(visit);
    expectNone('Requests to the collector', visit.toCollector());
    expectNone('Requests with a traceparent', visit.withTraceHeader());
    if (stored.isAvailable) {
      expectEqual(
        'What the collector knows of the session',
        await stored.session(visit.sessionId),
        undefined,
      );
    }
    return [
      'Nothing was sent: 0 requests to the collector, 0 trace headers. The backends began traces of their own.',
    ];
  },
};
