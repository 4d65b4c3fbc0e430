import { viewer } from './telemetry.js';

const linkTo = (path: string): string | undefined => viewer && new URL(path, viewer).href;

/** Where the demo's viewer shows a trace; nothing when it does not run. */
export const traceLink = (traceId: string): string | undefined => linkTo(`traces/${traceId}`);

/** Where it shows a session. */
export const sessionLink = (sessionId: string): string | undefined => linkTo(`sessions/${sessionId}`);
