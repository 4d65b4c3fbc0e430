import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const SIZE = { width: 1280, height: 664 };

/** A picture of a trace in the viewer, for the README. */
export const takeScreenshot = async (browser, url, file, say) => {
  if (!url) throw new Error('A screenshot needs the viewer: unset OTEL_EXPORTER_OTLP_ENDPOINT.');
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1.5, colorScheme: 'light' });
  await page.goto(url);
  await page.getByText('POST /api/checkout').first().waitFor();
  // Animations and fonts are done when nothing is asked for any more.
  await page.waitForLoadState('load');
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
  await page.close();
  say(`  Screenshot: ${file}`);
};
