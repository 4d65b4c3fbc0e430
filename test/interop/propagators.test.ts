import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { b3, b3multi } from '../../src/propagate/b3.js';
import { readBaggage } from '../../src/propagate/baggage.js';
import { datadog } from '../../src/propagate/datadog.js';
import { jaeger } from '../../src/propagate/jaeger.js';
import { w3c } from '../../src/propagate/w3c.js';
import { xray } from '../../src/propagate/xray.js';
import type { Propagator } from '../../src/types.js';
import { type Headers, makeBaggage, makeHeaders } from './support/headers.js';

const COUNT = 1000;
const folder = fileURLToPath(new URL('propagators', import.meta.url));

interface Answer {
  traceId?: string;
  spanId?: string;
  sampled: boolean;
  traceState?: string;
  baggage?: Record<string, string>;
}

let program: string;
beforeAll(() => {
  program = join(folder, '../../../node_modules/.cache/rootspan/propagators');
  try {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: folder, stdio: 'inherit' });
  } catch (error) {
    throw new Error('The official propagators are written in Go: install Go 1.25 or newer.', {
      cause: error,
    });
  }
}, 15 * 60_000);

/** What the official propagator for Go reads of each. */
const ask = (format: string, headers: readonly Headers[]): (Answer | null)[] => {
  const input = headers.map((each) => JSON.stringify({ format, headers: each })).join('\n');
  const output = execFileSync(program, {
    input,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    // It warns of what it refuses.
    stdio: 'pipe',
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const PROPAGATORS: Record<string, Propagator> = { w3c, b3, b3multi, jaeger, xray, datadog };

describe.each(Object.entries(PROPAGATORS))('%s', (format, propagator) => {
  const read = (headers: Headers): Answer | null => {
    const context = propagator.extract?.((name) => headers[name]);
    if (!context) return null;
    const { traceId, spanId, traceFlags, traceState } = context;
    return { traceId, spanId, sampled: (traceFlags & 1) === 1, ...(traceState && { traceState }) };
  };

  test.each([
    ['as they should be', 0],
    ['with faults', 0.7],
  ])(`${COUNT} random headers, %s, are read as by the official propagator`, (_, faults) => {
    const headers = makeHeaders(format, propagator, COUNT, faults);
    const official = ask(format, headers);

    const answers = headers.map(read);

    const pairs = headers.map((each, index) => ({
      headers: each,
      ours: answers[index],
      official: official[index],
    }));
    expect(
      pairs.filter(({ ours, official: theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs)),
    ).toEqual([]);
    // Something was read, and with faults something was refused.
    expect(answers.filter(Boolean).length).toBeGreaterThan(COUNT / 10);
    expect(answers.filter((answer) => !answer).length).toBeGreaterThanOrEqual(faults * 100);
  });
});

describe('baggage', () => {
  test(`${COUNT} random headers are read as by the official propagator`, () => {
    const headers = makeBaggage(COUNT);
    const official = ask(
      'baggage',
      headers.map((header) => ({ baggage: header })),
    );

    const pairs = headers.map((header, index) => ({
      header,
      ours: Object.fromEntries(readBaggage(header).map(({ key, value }) => [key, value])),
      official: official[index]?.baggage ?? {},
    }));

    expect(pairs.filter(({ ours, official: theirs }) => sorted(ours) !== sorted(theirs))).toEqual([]);
    expect(pairs.filter(({ ours }) => Object.keys(ours).length > 1).length).toBeGreaterThan(COUNT / 2);
  });
});

const sorted = (members: Record<string, string>): string => JSON.stringify(Object.entries(members).sort());
