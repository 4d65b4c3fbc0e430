import type { Agent, Config, Stats } from '../../../src/types.js';

/** The script tag's function, as the specs call it inside a page. */
declare global {
  interface Window {
    rootspan: {
      (method: 'start', config?: Config): Agent;
      (method: 'stats'): Stats;
      (method: string, ...args: unknown[]): unknown;
      q?: unknown[];
    };
    agent: Agent;
    leakCheck: { alive(): string[] };
  }
  /** As `window.rootspan`. */
  var rootspan: Window['rootspan'];
  var agent: Agent;
}
