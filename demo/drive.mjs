import { chromium } from 'playwright';
import { CHROMIUM_ARGS, ensureChromium } from '../test/support/chromium.mjs';
import { JOURNEYS } from './support/journeys.mjs';
import { takeScreenshot } from './support/screenshot.mjs';
import { createStored } from './support/stored.mjs';
import { openVisit } from './support/visit.mjs';

// Three visitors at a time: they mostly look and read, and the demo shares the machine with their browser.
const LANES = 3;

/** Sends seven visitors through the shop and says which traces they left. True when all went as they should. */
export const drive = async ({ shopUrl, viewerUrl, otlpEndpoint, headed, screenshot, shutdown, say }) => {
  const browser = await launch(headed);
  shutdown.add(() => browser.close());
  const began = performance.now();
  say();
  say('  Driving the shop: seven visitors …');
  const stored = createStored(viewerUrl);
  const run = (journey) => runJourney(journey, { browser, shopUrl, otlpEndpoint, stored });
  const reports = await inLanes(JOURNEYS, run);
  // Ctrl-C has closed the browser under them.
  if (shutdown.isEnding()) return false;
  for (const [index, report] of reports.entries()) sayReport(index + 1, report, stored, say);
  say();
  say(`  Done in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  const [checkout] = reports[0].traces;
  if (screenshot && checkout) await takeScreenshot(browser, stored.link(checkout.traceId), screenshot, say);
  await browser.close();
  return reports.every(({ failure }) => failure === undefined);
};

const launch = async (headed) =>
  chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_ARGS,
    headless: !headed,
    // Ours decide: Playwright's own handlers would end the process before the services have stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });

const inLanes = async (journeys, run) => {
  const results = [];
  const waiting = [...journeys.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, journey] = next;
      results[index] = await run(journey);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
};

// One visitor's trouble is reported in its place, and the others go on.
const runJourney = async (
  { title, browserOptions, service = 'shop-web', walk, check },
  { browser, shopUrl, otlpEndpoint, stored },
) => {
  const visit = await openVisit(browser, { shopUrl, otlpEndpoint, browserOptions });
  const report = { title, traces: [], notes: [], failure: undefined };
  try {
    report.traces = await walk(visit);
    await visit.close();
    // A link that is printed leads to something.
    for (const { traceId } of report.traces) await stored.spansOf(traceId, [service]);
    report.notes = (await check(visit, report.traces, stored)) ?? [];
  } catch (error) {
    report.failure = error.message.split('\n')[0];
  }
  return report;
};

const sayReport = (number, { title, traces, notes, failure }, stored, say) => {
  say();
  say(`  ${number}  ${title}`);
  for (const { label, traceId } of traces) say(`     ${label.padEnd(34)} ${stored.link(traceId) ?? traceId}`);
  for (const note of notes) say(`     ${note}`);
  if (failure) say(`     FAILED: ${failure}`);
};
