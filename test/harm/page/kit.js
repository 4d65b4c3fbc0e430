import { describe, describeFunction, describeProperty, describeResponse } from './describe.js';

/** Far more than all waits of a case together. */
const CASE_MS = 20_000;
// The page under test may replace any global: the runner has its own.
const { setTimeout: setTimer, Promise: NativePromise, fetch: ask } = window;
const { addEventListener: addListener } = EventTarget.prototype;

export const sleep = (ms) => new NativePromise((resolve) => setTimer(resolve, ms));

/** What a case is given: its own addresses, and words for what happens. */
export const createKit = (path, otherOrigin) => {
  const log = [];
  const suffix = (query) => (query ? `?${query}` : '');
  return {
    log,
    path,
    note: (...values) =>
      log.push(values.length > 1 ? values.map((value) => describe(value)) : describe(values[0])),
    url: (query) => `${location.origin}${path}${suffix(query)}`,
    other: (query) => `${otherOrigin}${path}${suffix(query)}`,
    ...{ otherOrigin, sleep, describe, describeFunction, describeProperty, describeResponse },
    ...{ outcome, attempt, describeXhr },
    settle: (make) => outcome(make, { isRead: false }),
    frame: createFrame,
    /** Until the server has a request to the case's address, with its whole body. */
    seen: () => ask(`/api/seen?until=${path}`),
    over,
    exchange: (xhr, begin) => exchange(log, xhr, begin),
  };
};

/** How a call went: thrown at once, rejected, resolved or returned, with all that can be seen of the result. */
const outcome = async (make, options) => {
  let made;
  try {
    made = make();
  } catch (error) {
    return { threw: describe(error) };
  }
  if (!(made instanceof NativePromise)) return { returned: await describeResponse(made, options) };
  try {
    return { resolved: await describeResponse(await made, options) };
  } catch (error) {
    return { rejected: describe(error) };
  }
};

/** Another realm of the same origin. */
const createFrame = async (src = 'about:blank') => {
  const frame = document.createElement('iframe');
  const loaded = new NativePromise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.src = src;
  document.body.append(frame);
  await loaded;
  return frame.contentWindow;
};

/** The end of an exchange, whatever methods the page has put on the object, and whatever its listeners stop. */
const over = async (xhr) => {
  await new NativePromise((resolve) => addListener.call(xhr, 'loadend', resolve, true));
  await sleep(0);
};

const XHR_EVENTS = 'readystatechange loadstart progress abort error load timeout loadend';

/** Logs all events of an XMLHttpRequest until it is over, and what it holds then. */
const exchange = async (log, xhr, begin) => {
  const over = new NativePromise((resolve) => {
    for (const type of XHR_EVENTS.split(' ')) {
      xhr.addEventListener(type, (event) => {
        if (type !== 'progress') log.push(`${type} ${xhr.readyState} ${xhr.status} ${event.isTrusted}`);
        if (type === 'loadend') resolve();
      });
    }
  });
  try {
    const result = begin(xhr);
    if (result !== undefined) log.push(['begin returned', describe(result)]);
    await NativePromise.race([over, sleep(15_000)]);
  } catch (error) {
    log.push(['begin threw', describe(error)]);
  }
  return describeXhr(xhr);
};

const READS =
  'readyState status statusText responseURL responseType timeout withCredentials response responseText responseXML';

/** Every property of an XMLHttpRequest, those that throw too. */
export const describeXhr = (xhr) => {
  const reads = READS.split(' ').map((key) => [
    key,
    attempt(() => (isEcho(xhr, key) ? 'echo' : describe(xhr[key]))),
  ]);
  const headers = attempt(() => xhr.getAllResponseHeaders().replace(/^(date|content-length):.*\r\n/gm, ''));
  return { ...Object.fromEntries(reads), headers, ownKeys: Reflect.ownKeys(xhr).map(String) };
};

const isEcho = (xhr, key) =>
  /^response(Text)?$/.test(key) && /rawHeaders/.test(JSON.stringify(xhr[key]) ?? '');

/** What a call returns or throws, at once. */
const attempt = (read) => {
  try {
    return describe(read());
  } catch (error) {
    return { threw: describe(error) };
  }
};

/** Runs the cases one after the other; each has addresses of its own. */
export const runCases = async (group, cases, otherOrigin) => {
  const results = {};
  const uncaught = [];
  addEventListener('unhandledrejection', ({ reason }) => uncaught.push(['rejection', describe(reason)]));
  addEventListener('error', ({ message }) => uncaught.push(['error', message]));
  for (const [index, [name, run]] of Object.entries(cases).entries()) {
    const kit = createKit(`/api/${group}/${index}`, otherOrigin);
    const value = await NativePromise.race([runOne(run, kit), sleep(CASE_MS).then(() => 'timed out')]);
    // Time for what comes after: an unhandled rejection is told in a task of its own.
    await sleep(0);
    await sleep(0);
    results[name] = { value, log: kit.log.slice(), uncaught: uncaught.splice(0) };
  }
  return results;
};

const runOne = async (run, kit) => {
  try {
    return describe((await run(kit)) ?? null);
  } catch (error) {
    return { escaped: describe(error) };
  }
};
