import { bundleWorld } from './bundle.js';

/** The OpenTelemetry web SDK with its instrumentations, as one classic script. */
export const buildOpenTelemetry = (hasZone: boolean): Promise<string> =>
  bundleWorld('opentelemetry', { ZONE: `${hasZone}` });
