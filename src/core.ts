export { startAgent as start } from './agent.js';
export { traceDocument } from './instrument/document.js';
export { traceErrors } from './instrument/errors.js';
export { traceFetch } from './instrument/fetch.js';
export { traceNavigation } from './instrument/navigation.js';
export { reportVitals } from './instrument/vitals.js';
export { traceXhr } from './instrument/xhr.js';
export { w3c } from './propagate/w3c.js';
export type * from './types.js';
