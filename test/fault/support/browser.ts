import process from 'node:process';
import type { Browser, BrowserContext } from 'playwright/test';
import { CHROMIUM_ARGS, requireChromium } from '../../support/chromium.mjs';
import { needs } from '../../support/engines.js';
import { createScene, type Scene } from './scene.js';

/** A scene in a browser of its own: the renderers of other tests live on. */
export const inOwnBrowser = async (
  { site, collector }: Scene,
  browser: Browser,
  use: (own: Scene) => Promise<void>,
): Promise<void> => {
  needs('the DevTools protocol');
  const executablePath = await requireChromium();
  const own = await browser.browserType().launch({ executablePath, args: CHROMIUM_ARGS });
  const context = await own.newContext();
  await use(createScene(await context.newPage(), context, site, collector));
  await own.close();
};

/** SIGKILL for all renderers of a browser. */
export const killRenderers = async (context: BrowserContext): Promise<void> => {
  const client = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await client?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  for (const { id } of processInfo.filter(({ type }) => type === 'renderer')) process.kill(id, 'SIGKILL');
};
