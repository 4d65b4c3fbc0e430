import { describe } from '../../page/describe.js';
import { sleep } from '../../page/kit.js';
import { callFetch } from './call-fetch.js';
import { callBeacon, callConnection, callHistory } from './call-others.js';
import { callXhr } from './call-xhr.js';
import { createMake } from './make.js';
import { within } from './settle.js';

const CALLS = {
  fetch: callFetch,
  xhr: callXhr,
  history: callHistory,
  beacon: callBeacon,
  connection: callConnection,
};

/** Far more than all its waits together. */
const STEP_MS = 60_000;

/** Another realm of the same origin. */
const createFrame = () => {
  const element = document.createElement('iframe');
  document.body.append(element);
  return element.contentWindow;
};

/** Runs one call; its notes are in the order of what happened. */
const runStep = async (shared, [name, ...parts]) => {
  const log = [];
  let isOver = false;
  const note = (...line) => {
    if (!isOver) log.push(line);
  };
  const env = { ...shared, controller: new AbortController(), note };
  env.make = createMake(env);
  const run = async () => {
    try {
      await CALLS[name](env, ...parts);
    } catch (error) {
      env.note('escaped', describe(error));
    }
  };
  await within(STEP_MS, run(), () => note('timed out'));
  isOver = true;
  return log;
};

const runSequence = async (shared, { isConcurrent, steps }) => {
  const uncaught = [];
  const onRejection = ({ reason }) => uncaught.push(['rejection', describe(reason)]);
  const onError = ({ message }) => uncaught.push(['error', message]);
  addEventListener('unhandledrejection', onRejection);
  addEventListener('error', onError);
  const env = { ...shared, sleep, memory: new Map(), beacons: [] };
  const logs = [];
  // What calls share at once would be a race.
  const own = (step) => runStep({ ...env, memory: new Map() }, step);
  if (isConcurrent) logs.push(...(await Promise.all(steps.map(own))));
  else for (const step of steps) logs.push(await runStep(env, step));
  // An unhandled rejection is told in a task of its own.
  await sleep(0);
  await sleep(0);
  removeEventListener('unhandledrejection', onRejection);
  removeEventListener('error', onError);
  history.replaceState(null, '', `${shared.own}/harm.html`);
  return { logs, uncaught, beacons: env.beacons };
};

/** Runs the sequences one after the other. Both origins are named alike wherever the page runs. */
export const runAll = async (sequences, other) => {
  const own = location.origin;
  const shared = { own, other, frame: createFrame() };
  // The places are known to work with headers, so that a failure is not taken for the headers' fault.
  const places = ['/api/fuzz/0?size=1', '/api/fuzz/0/1?size=1', '/api/fuzz/0/1/r?size=1', '/harm.html'];
  await Promise.all(places.map((path) => fetch(own + path)));
  const results = [];
  for (const sequence of sequences) results.push(await runSequence(shared, sequence));
  return JSON.stringify(results);
};
