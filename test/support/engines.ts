import { test } from 'playwright/test';
import { type Api, type Engine, LACKS } from './engine-apis.js';

/** What only one engine can be asked for by a test: no lack of the visitor's. */
const TOOLS = {
  'the DevTools protocol': ['chromium'],
  'reports of interventions': ['chromium'],
  // WebDriver BiDi: three clicks are three single ones.
  'clicks that select': ['chromium'],
} as const satisfies Record<string, readonly Engine[]>;

export const engine = (): Engine => test.info().project.use.browserName ?? 'chromium';

export const has = (name: Api): boolean => !LACKS[engine()].includes(name);

/** At the beginning of a test: skips it, by name, in an engine that lacks one of these. */
export const needs = (...names: readonly (Api | keyof typeof TOOLS)[]): void => {
  for (const name of names) {
    const isLacking =
      name in TOOLS
        ? !(TOOLS[name as keyof typeof TOOLS] as readonly Engine[]).includes(engine())
        : !has(name as Api);
    test.skip(isLacking, `${engine()} has no ${name}`);
  }
};
