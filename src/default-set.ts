import { startAgent } from './agent.js';
import { findMistake } from './config.js';
import { explainSession, explainSpans } from './export/explain.js';
import { keepUnsent } from './export/offline.js';
import { inertAgent } from './inert.js';
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
import { traceWebSocket } from './instrument/websocket.js';
import { traceXhr } from './instrument/xhr.js';
import { sendLogs } from './logs.js';
import { w3c } from './propagate/w3c.js';
import type { Agent, Config, Instrumentation } from './types.js';
import { warn } from './util/guard.js';
import { own } from './util/own.js';

/** `start` as the entries have it, which differ in how web vitals are reported. */
export const startDefault = (config: Config, vitals: Instrumentation): Agent => {
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
      vitals,
      ...(logs ? [traceConsole()] : []),
    ],
  });
  if (debug) explainSession(agent.session());
  return agent;
};
