// Sentry as a page sets it up, with its tracing; bundled by the test. Its uploads go to the page's own origin.

import { browserTracingIntegration, captureException, close, flush, init, spanToJSON } from '@sentry/browser';

const client = init({
  dsn: `${location.protocol}//public@${location.host}/1`,
  tunnel: '/api/other',
  tracesSampleRate: 1,
  // It counts on 60 kB of the 64 KiB that all such requests of a page share, and loses what does not fit beside ours.
  transportOptions: { fetchOptions: { keepalive: false } },
  // Whether a route change is one of its own or the page load's is a matter of time there.
  integrations: [browserTracingIntegration({ instrumentNavigation: false })],
  tracePropagationTargets: window.otherTraces ? [location.origin] : [],
  propagateTraceparent: Boolean(window.otherTraces),
});

// A request's span ends when its timing is there, or 300 ms later.
const running = new Set();
const isOf = (span, operation) => spanToJSON(span).attributes['sentry.op'] === operation;
client.on('spanStart', (span) => isOf(span, 'http.client') && running.add(span));
client.on('spanEnd', (span) => running.delete(span));
// That of the page load, which began above, ends a second after the last request; it never does once all is closed.
const pageLoad = new Promise((resolve) =>
  client.on('spanEnd', (span) => isOf(span, 'pageload') && resolve()),
);

/** Sends what there is; done when it has been taken. */
window.flushOther = async (sleep) => {
  while (running.size) await sleep(20);
  await Promise.race([pageLoad, sleep(5000)]);
  captureException(new Error('the last one'));
  await flush(4000);
};
window.stopOther = () => close(4000);
