// The OpenTelemetry web SDK as a page sets it up; bundled by the test. `ZONE` is replaced by it.

import { ZoneContextManager } from '@opentelemetry/context-zone';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';
import { XMLHttpRequestInstrumentation } from '@opentelemetry/instrumentation-xml-http-request';
import { StackContextManager, WebTracerProvider } from '@opentelemetry/sdk-trace-web';

const seen = [];
let running = 0;

const tell = ({ name, kind, status, attributes }) =>
  [name, kind, status.code, attributes['url.full'], attributes['http.response.status_code']].join(' ');

const spanProcessor = {
  onStart: () => running++,
  onEnd: (span) => {
    running--;
    seen.push(tell(span));
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

new WebTracerProvider({ spanProcessors: [spanProcessor] }).register({
  contextManager: ZONE ? new ZoneContextManager() : new StackContextManager(),
});

// What rootspan sends itself is not the page's.
const ignoreUrls = [/\/v1\/traces$/];
window.stopOther = registerInstrumentations({
  instrumentations: [
    new FetchInstrumentation({ ignoreUrls }),
    new XMLHttpRequestInstrumentation({ ignoreUrls }),
  ],
});

window.otherIsQuiet = async (sleep) => {
  while (running) await sleep(50);
};

/** The spans of all requests, once each has ended. */
window.seenByOthers = async (sleep) => {
  await window.otherIsQuiet(sleep);
  return seen.sort();
};
