// `npm run bench`: how many spans a second the demo's collector takes, and what memory it needs for that.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    senders: { type: 'string', default: '8' },
    spans: { type: 'string', default: '50' },
  },
});
const [seconds, senders, spansPerRequest] = [values.seconds, values.senders, values.spans].map(Number);

const START = fileURLToPath(new URL('../../demo/collector/start.mjs', import.meta.url));

const startCollector = async (folder) => {
  const parameters = [START, '--port', '0', '--file', join(folder, 'spans.duckdb')];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => resolve(/http:\S+/.exec(text)[0]));
    child.once('exit', () => reject(new Error('The collector did not start.')));
  });
  return { child, url, ended: new Promise((resolve) => child.once('exit', resolve)) };
};

/** As a page sends: a root with its requests, eight attributes each. */
const makeBody = () => {
  const traceId = randomBytes(16).toString('hex');
  const now = BigInt(Date.now()) * 1_000_000n;
  const spans = Array.from({ length: spansPerRequest }, (_, index) => ({
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: `GET /api/items/${index}`,
    kind: 3,
    startTimeUnixNano: `${now}`,
    endTimeUnixNano: `${now + 5_000_000n}`,
    attributes: Array.from({ length: 8 }, (__, key) => ({
      key: `attribute.${key}`,
      value: { stringValue: `value ${index} of ${key}` },
    })),
  }));
  const attributes = [{ key: 'service.name', value: { stringValue: 'bench' } }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
};

/** Sends one request after the other until `end`, and notes how long each has waited for its answer. */
const sendUntil = async (end, url, waits, refused) => {
  while (Date.now() < end) {
    const began = performance.now();
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      body: makeBody(),
      headers: { 'Content-Type': 'application/json' },
    });
    await response.text();
    if (response.ok) waits.push(performance.now() - began);
    else refused.push(response.status);
  }
};

/** MiB, of `VmRSS` (now) or `VmHWM` (at most); only Linux tells. */
const memoryOf = async (child, field) => {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
};

/** Seconds of processor time that it has had; in ticks of a hundredth, as Linux tells them. */
const processorOf = async (child) => {
  const line = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
  const [user, system] = line.slice(line.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) / 100;
};

const folder = await mkdtemp(join(tmpdir(), 'rootspan-bench-'));
const { child, url, ended } = await startCollector(folder);
const idle = await memoryOf(child, 'VmRSS');
const before = await processorOf(child);
const waits = [];
const refused = [];
const end = Date.now() + seconds * 1000;
await Promise.all(Array.from({ length: senders }, () => sendUntil(end, url, waits, refused)));
const most = await memoryOf(child, 'VmHWM');
const processor = (await processorOf(child)) - before;
child.kill('SIGTERM');
await ended;
const { size } = await stat(join(folder, 'spans.duckdb'));
await rm(folder, { recursive: true });

const sorted = waits.sort((one, other) => one - other);
const quantile = (share) => Math.round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
const spans = waits.length * spansPerRequest;
console.log(`The demo's collector, ${senders} senders for ${seconds} s, ${spansPerRequest} spans a request:`);
console.log(
  `  ${Math.round(spans / seconds)} spans/s sustained, ${spans} in all, ${refused.length} requests refused`,
);
// On a busy machine this says more than the line before.
console.log(`  ${Math.round(spans / processor)} spans for each second of one processor`);
console.log(`  answered after ${quantile(0.5)} ms (median), ${quantile(0.99)} ms (99 %)`);
console.log(`  ${idle} MiB of memory idle, ${most} MiB at most`);
console.log(`  ${Math.round(size / Math.max(spans, 1))} bytes of disk a span`);
