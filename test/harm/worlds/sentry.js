// Sentry as a page sets it up, with its tracing; bundled by the test. Its uploads go to the page's own origin.

import {
  browserTracingIntegration,
  captureException,
  close,
  flush,
  init,
  reportPageLoaded,
  spanToJSON,
} from '@sentry/browser';

const client = init({
  dsn: `${location.protocol}//public@${location.host}/1`,
  tunnel: '/api/other',
  tracesSampleRate: 1,
  // It counts on 60 kB of the 64 KiB that all such requests of a page share, and loses what does not fit beside ours.
  transportOptions: { fetchOptions: { keepalive: false } },
  integrations: [
    browserTracingIntegration({
      // Whether a route change is one of its own or the page load's is a matter of time there.
      instrumentNavigation: false,
      // The page load ends when it is told to, and not a second after the last request.
      enableReportPageLoaded: true,
      finalTimeout: 120_000,
    }),
  ],
  tracePropagationTargets: window.otherTraces ? [location.origin] : [],
  propagateTraceparent: Boolean(window.otherTraces),
});

// A request's span ends when its timing is there, or 300 ms later.
const running = new Set();
const isRequest = (span) => spanToJSON(span).attributes['sentry.op'] === 'http.client';
client.on('spanStart', (span) => isRequest(span) && running.add(span));
client.on('spanEnd', (span) => running.delete(span));

/** Sends what there is; done when it has been taken. */
window.flushOther = async (sleep) => {
  while (running.size) await sleep(20);
  reportPageLoaded();
  captureException(new Error('the last one'));
  await flush(15_000);
};
window.stopOther = () => close(4000);
