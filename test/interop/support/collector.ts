import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { examplesOf, readDocument } from '../../docs/support/documents.js';
import { waitFor } from '../../support/http-server.js';
import { type CollectedLog, type CollectedSpan, readLogs, readSpans } from '../../support/otlp-reader.js';
import { installCollector } from '../backends/install.mjs';
import { freePort, type ServerProcess, startProcess } from './process.js';

/** The OpenTelemetry Collector, and what its file exporter has written; that can be read after `stop` too. */
export interface RealCollector extends ServerProcess {
  readonly origin: string;
  /** What the pipeline `traces` let through, in order. */
  spans(): CollectedSpan[];
  logs(): CollectedLog[];
  /** Resolves with all spans as soon as `holds` is true of them. */
  waitForSpans(holds: (spans: CollectedSpan[]) => boolean): Promise<CollectedSpan[]>;
  waitForLogs(holds: (logs: CollectedLog[]) => boolean): Promise<CollectedLog[]>;
}

export interface CollectorOptions {
  allowedOrigin: string;
  /** What else is changed in the configuration of the documents: text that stands there, and what to put there instead. */
  changes?: Record<string, string>;
  /** YAML that is merged into it. */
  more?: string;
}

const yaml = examplesOf(readDocument('docs/backends.md')).filter(({ language }) => language === 'yaml');

/** An example of docs/backends.md, by a line that it holds. */
export const documented = (line: string): string => {
  const found = yaml.find(({ code }) => code.includes(line));
  if (!found) throw new Error(`docs/backends.md has no configuration with "${line}".`);
  return found.code;
};

/** Each of the texts has to be there: else the test would be about something that the documents do not say. */
const change = (text: string, changes: Record<string, string>): string =>
  Object.entries(changes).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`docs/backends.md no longer says "${from}".`);
    return changed.replace(from, to);
  }, text);

/** Sends what comes through to a file as well, and needs nothing but the loopback interface. */
const toFiles = (folder: string): string => `
exporters:
  file/traces: { path: ${folder}/traces, flush_interval: 50ms }
  file/logs: { path: ${folder}/logs, flush_interval: 50ms }
service:
  telemetry: { logs: { level: warn }, metrics: { level: none } }
  pipelines:
    traces: { exporters: [file/traces] }
    logs: { exporters: [file/logs] }
`;

/** Without tail sampling: all that arrives is kept, at once. */
export const KEEP_ALL = 'service: { pipelines: { traces: { processors: [memory_limiter] } } }';

/** Starts the Collector for one test with the configuration of docs/backends.md, but for addresses, `changes` and `more`. */
export const startCollector = async (options: CollectorOptions): Promise<RealCollector> => {
  const program = installCollector();
  const folder = await mkdtemp(join(tmpdir(), 'rootspan-collector-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const port = await freePort();
  const base = change(documented('tail_sampling:'), {
    '0.0.0.0:4318': `127.0.0.1:${port}`,
    'https://shop.example.com': options.allowedOrigin,
    ...options.changes,
  });
  const parameters: string[] = [];
  for (const [index, text] of [base, toFiles(folder), options.more ?? KEEP_ALL].entries()) {
    const path = join(folder, `${index}.yaml`);
    await writeFile(path, text);
    parameters.push('--config', path);
  }
  const origin = `http://127.0.0.1:${port}`;
  const server = await startProcess([program, ...parameters], origin);
  const lines = (name: string) => readLines(join(folder, name));
  const spans = () => lines('traces').flatMap(readSpans);
  const logs = () => lines('logs').flatMap(readLogs);
  return {
    origin,
    spans,
    logs,
    waitForSpans: (holds) => waitUntil(spans, holds, ({ name }) => name),
    waitForLogs: (holds) => waitUntil(logs, holds, ({ body }) => String(body)),
    stop: server.stop,
  };
};

const waitUntil = <T>(read: () => T[], holds: (items: T[]) => boolean, nameOf: (item: T) => string) =>
  waitFor(
    () => [read()].find(holds),
    20_000,
    () => read().map(nameOf).join(', '),
  );

/** The last line may still be on its way. */
const readLines = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
