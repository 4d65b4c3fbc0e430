import type { Browser } from 'playwright/test';
import { differences } from '../support/differences.js';
import { compareShown } from './compare.js';
import { type Driver, startDriver } from './drive.js';
import { generate, type Sequence } from './generate.js';
import { shrink } from './shrink.js';

/** So many sequences share a document. */
const PER_DOCUMENT = 100;
/** So many documents are open at once, each beside the one that it is compared with: most of the time is waiting. */
const LANES = 2;
/** Where a difference has been found, more are of little use. */
const MOST = 5;

export interface Plan {
  /** The first seed; each next one is one more. */
  first: number;
  count: number;
  /** A script behind the agent's. */
  fault?: string;
  /** It ends with so many differences. */
  most?: number;
  isShrunk?: boolean;
  tell?: (line: string) => void;
}

export interface Findings {
  calls: number;
  /** A difference each, with its seed and the shortest sequence that shows it. */
  found: string[];
}

/** Runs the sequences of so many seeds in a page without and in a page with the agent, and compares all that they show. */
export const fuzz = async (
  browser: Browser,
  { first, count, fault = '', most = MOST, isShrunk = true, tell = () => {} }: Plan,
): Promise<Findings> => {
  const result: Findings = { calls: 0, found: [] };
  const documents = Array.from({ length: Math.ceil(count / PER_DOCUMENT) }, (_, index) => {
    const seed = first + index * PER_DOCUMENT;
    return Array.from({ length: Math.min(PER_DOCUMENT, first + count - seed) }, (_, at) =>
      generate(seed + at),
    );
  });
  const work = async (): Promise<void> => {
    const drivers = await Promise.all([startDriver(browser, false), startDriver(browser, true, fault)]);
    try {
      for (let next = documents.shift(); next && result.found.length < most; next = documents.shift()) {
        for (const suspect of await differing(drivers, next)) {
          tell(`seed ${suspect.sequence.seed} differs`);
          if (result.found.length < most) result.found.push(await explain(drivers, suspect, isShrunk));
        }
        for (const { steps } of next) result.calls += steps.length;
        tell(`${documents.length * PER_DOCUMENT} to go, ${result.calls} calls`);
      }
    } finally {
      await Promise.all(drivers.map((driver) => driver.stop()));
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, documents.length) }, work));
  return result;
};

/** Both pages at once: they share nothing. */
const runBoth = ([plain, agent]: readonly [Driver, Driver], sequences: Sequence[]) =>
  Promise.all([runTwice(plain, sequences), runTwice(agent, sequences)]);

/** Chromium's renderer crashes now and then, without the agent too: what crashes again has a reason. */
const runTwice = (driver: Driver, sequences: Sequence[]): ReturnType<Driver['run']> =>
  driver.run(sequences).catch((error) => {
    if (!/crashed/.test(`${error}`)) throw error;
    return driver.run(sequences);
  });

/** A sequence whose first run has shown a difference, and what. */
interface Suspect {
  sequence: Sequence;
  lines: string[];
}

const differing = async (drivers: readonly [Driver, Driver], sequences: Sequence[]): Promise<Suspect[]> => {
  const [plain, agent] = await runBoth(drivers, sequences);
  const found = sequences.flatMap((sequence, index) => {
    const [before, after] = [plain.shown[index], agent.shown[index]];
    const lines = before && after ? compareShown(sequence, before, after) : ['it has shown nothing'];
    return lines.length ? [{ sequence, lines }] : [];
  });
  if (found.length) return found;
  // The console belongs to no sequence: each of these is then looked at alone.
  const noise = differences(plain.noise, agent.noise);
  if (!noise.length) return [];
  const [first] = sequences;
  if (first && sequences.length === 1) return [{ sequence: first, lines: noise }];
  const half = sequences.length >> 1;
  const left = await differing(drivers, sequences.slice(0, half));
  return left.length ? left : differing(drivers, sequences.slice(half));
};

const look = async (drivers: readonly [Driver, Driver], sequence: Sequence): Promise<string[]> => {
  const [plain, agent] = await runBoth(drivers, [sequence]);
  const [before] = plain.shown;
  const [after] = agent.shown;
  return before && after
    ? [...compareShown(sequence, before, after), ...differences(plain.noise, agent.noise, 'console')]
    : [];
};

/** What the sequence shows in a document of its own, cut down to what is needed for it. */
const explain = async (
  drivers: readonly [Driver, Driver],
  { sequence, lines: atFirst }: Suspect,
  isShrunk: boolean,
): Promise<string> => {
  const lines = await look(drivers, sequence);
  if (!lines.length) return [`seed ${sequence.seed}, but not when it runs alone:`, ...atFirst].join('\n');
  if (!isShrunk) return lines.join('\n');
  const shortest = await shrink(sequence, async (tried) => (await look(drivers, tried)).length > 0);
  const difference = await look(drivers, shortest);
  return [`seed ${sequence.seed}:`, ...difference, JSON.stringify(shortest)].join('\n');
};
