// Datadog RUM as a page sets it up; bundled by the test. Its uploads go to the page's own origin.

import { datadogRum } from '@datadog/browser-rum';

const LAST = `${location.origin}/api/last`;
let onLast;

datadogRum.init({
  applicationId: '00000000-0000-0000-0000-000000000001',
  clientToken: 'public',
  service: 'harm',
  // A cookie would be in the requests that are compared.
  sessionPersistence: 'local-storage',
  // By these parameters it knows its own uploads.
  proxy: ({ parameters }) => `${location.origin}/api/other?${parameters}`,
  sessionSampleRate: 100,
  sessionReplaySampleRate: 0,
  telemetrySampleRate: 0,
  trackLongTasks: false,
  beforeSend: ({ resource }) => {
    if (resource?.url === LAST) onLast();
    return true;
  },
  ...(window.otherTraces && {
    allowedTracingUrls: [{ match: location.origin, propagatorTypes: window.otherTraces }],
    traceSampleRate: 100,
  }),
});

/** Ends its session, which sends what there is. A request is told of once its timing is there: the last one shows it. */
window.flushOther = async () => {
  const told = new Promise((resolve) => {
    onLast = resolve;
  });
  await (await fetch(LAST)).text();
  await told;
  datadogRum.addError(new Error('the last one'));
  datadogRum.stopSession();
};
window.stopOther = () => datadogRum.stopSession();
