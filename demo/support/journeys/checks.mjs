export const CHECKOUT = /^\/api\/checkout$/;

const ALL_SERVICES = ['shop-web', 'shop-api', 'orders', 'payments'];
const ERROR = 2;

/** A trace worth a look. */
export const trace = (label, traceId) => ({ label, traceId });

export const expectEqual = (what, actual, expected) => {
  if (actual !== expected)
    throw new Error(`${what}: ${actual || 'nothing'} instead of ${expected || 'nothing'}`);
};

/** The page threw these and nothing else. */
export const expectPageErrors = ({ pageErrors }, ...expected) =>
  expectEqual('What the page threw', JSON.stringify(pageErrors), JSON.stringify(expected));

/** Waits for a checkout's trace to be whole, and says what is in it. */
export const describeCheckout = async ({ traceId }, stored) => {
  if (!stored.isAvailable) return [];
  const spans = await stored.spansOf(traceId, ALL_SERVICES);
  const services = new Set(spans.map((span) => span.service)).size;
  const failed = spans.filter((span) => span.status.code === ERROR).length;
  const errors = failed > 0 ? `, ${failed} of them with an error` : '';
  return [`One trace: ${spans.length} spans of ${services} services${errors}.`];
};
