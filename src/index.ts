import { inertAgent, startAgent } from './agent.js';
import { findMistake } from './config.js';
import { explainSession, explainSpans } from './export/explain.js';
import { keepUnsent } from './export/offline.js';
import { traceLongFrames } from './instrument/animation-frames.js';
import { traceConsole } from './instrument/console.js';
import { traceDocument } from './instrument/document.js';
import { takeEarly } from './instrument/early-requests.js';
import { traceErrors } from './instrument/errors.js';
import { traceEventSource } from './instrument/event-source.js';
import { traceFetch } from './instrument/fetch.js';
import { traceInteractions } from './instrument/interactions.js';
import { traceNavigation } from './instrument/navigation.js';
import { traceReports } from './instrument/reports.js';
import { traceResources } from './instrument/resource.js';
import { traceBeacon } from './instrument/send-beacon.js';
import { reportVitals } from './instrument/vitals.js';
import { traceWebSocket } from './instrument/websocket.js';
import { traceXhr } from './instrument/xhr.js';
import { sendLogs } from './logs.js';
import { w3c } from './propagate/w3c.js';
import type { Agent, Config } from './types.js';
import { warn } from './util/guard.js';
import { own } from './util/own.js';

export { describeGraphql } from './instrument/graphql.js';
export { cookieStorage } from './platform/cookie.js';
export { b3, b3multi } from './propagate/b3.js';
export { baggage, jaegerBaggage, readBaggage, writeBaggage } from './propagate/baggage.js';
export { datadog } from './propagate/datadog.js';
export { jaeger } from './propagate/jaeger.js';
export { w3c } from './propagate/w3c.js';
export { xray } from './propagate/xray.js';
export { consistentSampling } from './session/consistent.js';
export { named, onError, promoteOn, slowerThan } from './session/promotion.js';
export { remoteSampler } from './session/remote.js';
export { visitorId } from './session/visitor.js';
export type * from './types.js';

/**
 * Starts the agent with the default set: page loads, route changes, interactions, `fetch`, XMLHttpRequest, WebSocket,
 * EventSource, `sendBeacon`, resources, web vitals, errors, reports of the browser and long frames, with W3C trace headers. It
 * never throws: a mistake is told once on the console and the agent stays off. A second call returns the running agent;
 * on a server it does nothing.
 */
export const start = (config: Config = {}): Agent => {
  const mistake = typeof document === 'undefined' ? undefined : findMistake(config);
  if (mistake) {
    warn(mistake);
    return inertAgent();
  }
  const { debug, logs, offline = true, processors = [], propagators = [w3c] } = own(config);
  const agent = startAgent({
    ...config,
    // Behind the application's own: what they drop is not shown.
    processors: debug ? [...processors, explainSpans(config)] : processors,
    ...(logs && { logs: sendLogs }),
    offline: offline && keepUnsent,
    propagators,
    // The page view comes first: the others belong to it.
    instrumentations: [
      traceDocument(),
      takeEarly(),
      traceNavigation(),
      traceInteractions(),
      traceFetch(),
      traceXhr(),
      traceWebSocket(),
      traceEventSource(),
      traceBeacon(),
      traceResources(),
      traceErrors(),
      traceReports(),
      traceLongFrames(),
      reportVitals(),
      ...(logs ? [traceConsole()] : []),
    ],
  });
  if (debug) explainSession(agent.session());
  return agent;
};
