import { expect, test } from 'vitest';
import { startAgent } from '../../src/agent.js';
import type { CoreConfig } from '../../src/types.js';

test.each([null, 7, 'shop', { endpoint: 'http://' }, { instrumentations: 5 }])(
  'start(%j) of the core never throws, and every method still answers',
  (config) => {
    const agent = startAgent(config as unknown as CoreConfig); // what a page without types may pass

    expect(agent.span('a', () => 5)).toBe(5);
    expect(agent.stats().dropped).toEqual({});
    agent.stop();
  },
);
