import { startDefault } from './default-set.js';
import { reportVitals } from './instrument/vitals-attribution.js';
import type { Agent, Config } from './types.js';

export { reportVitals };

/** As `start` of `rootspan`, but for the web vitals: each says the element, and the parts that make up its value. */
export const start = (config: Config = {}): Agent => startDefault(config, reportVitals());
