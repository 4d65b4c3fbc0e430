import { test as base, expect } from '../../e2e/support/fixtures.js';
import { createScene, type Scene } from './scene.js';
import '../../e2e/support/window.js';

export const test = base.extend<{ scene: Scene }>({
  scene: async ({ page, context, site, collector }, use) => {
    await use(createScene(page, context, site, collector));
  },
});

export type { Scene };
export { expect };
