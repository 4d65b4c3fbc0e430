import { startDefault } from './default-set.js';
import { reportVitals } from './instrument/vitals.js';
import type { Agent, Config } from './types.js';

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
export const start = (config: Config = {}): Agent => startDefault(config, reportVitals());
