import { answeringUrl, bodyValue, type Draw, headersValue, member, urlValue, type Value } from './values.js';

/** Node.js answers a method that it does not know by closing the connection, which the next request may be on. */
const METHODS: Value[] = [
  ...['GET', 'POST', 'post', 'PUT', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS', 'POST', 'POST', 'POST'],
  ...['get', 'CONNECT', 'TRACE', 'GE T', '', 'PROPFIND', 'Ünder', ['text', 'method', 'PUT'], ['symbol']],
];

/** What else an options bag holds, with the values that the browser takes, and some that it does not. */
const OPTIONS: Record<string, Value[]> = {
  mode: ['cors', 'same-origin', 'no-cors', 'navigate', 'no such', ['text', 'mode', 'cors']],
  credentials: ['omit', 'same-origin', 'include', 'no such'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached', 'no such'],
  redirect: ['follow', 'error', 'manual', 'no such'],
  referrer: ['', 'about:client', '/referrer', 'http://elsewhere.test/', 'http://[', ['text', 'referrer', '']],
  referrerPolicy: ['', 'no-referrer', 'origin', 'unsafe-url', 'no such'],
  integrity: ['', 'sha256-AAAA', 'nonsense'],
  keepalive: [true, false, 1],
  priority: ['high', 'low', 'auto', 'no such'],
  window: [null, ['undefined'], ['bag', 'plain']],
  duplex: ['half', 'full'],
  unknown: [1],
};

const SIGNALS: Value[] = [
  ...([
    ['live'],
    ['any'],
    null,
    ['undefined'],
    ['bag', 'plain', ['aborted', 'get', true]],
    'signal',
  ] as Value[]),
  ...([['aborted'], ['aborted', 'why'], ['aborted', ['undefined']], ['framed aborted']] as Value[]),
];

const FLAVOURS = ['plain', 'plain', 'plain', 'null', 'class', 'inherits', 'framed', 'function', 'list'];

/** An options bag. Without `isOdd` its headers are such as the browser takes. */
export const initValue = (draw: Draw, isOdd = true, least = 0): Value => {
  const { pick, chance, times } = draw;
  const members: Value[] = times(least, 3, () => {
    const share = draw.below(10);
    if (share < 2) return member(draw, 'method', pick(METHODS));
    if (share < 5) return member(draw, 'headers', headersValue(draw, isOdd));
    if (share < 6) return member(draw, 'body', bodyValue(draw));
    if (share < 7) return member(draw, 'signal', pick(SIGNALS));
    const key = pick(Object.keys(OPTIONS));
    return member(draw, key, pick(OPTIONS[key] ?? []));
  });
  const bag: Value = ['bag', pick(FLAVOURS), ...members];
  if (chance(0.1)) return ['frozen', bag];
  if (chance(0.1)) return ['watched', 'init', bag];
  return chance(0.05) ? ['same', 'init', bag] : bag;
};

const ODD_INITS: Value[] = [null, ['undefined'], 7, 'init', true, ['symbol'], ['list'], ['new', 'Map']];

/** A Request with what it is given; the browser makes it in both pages. */
const requestValue = (draw: Draw): Value => {
  const { pick, chance, below } = draw;
  const given = chance(0.5) ? [answeringUrl(draw)] : [answeringUrl(draw), initValue(draw, false)];
  const request: Value = [pick(['new', 'new', 'framed']), 'Request', ...given];
  if (chance(0.08)) return ['watched', 'request', request];
  return chance(0.25) ? ['same', `request ${below(2)}`, request] : request;
};

/** Ways to call that the browser refuses, or takes. */
const HOW = [
  ...[
    'plain',
    'plain',
    'plain',
    'plain',
    'plain',
    'plain',
    'method',
    'detached',
    'undefined',
    'null',
    'object',
  ],
  ...['number', 'document', 'bound', 'apply', 'array-like', 'new', 'construct', 'of a frame', 'on a frame'],
];

const READS = [
  ...['text', 'text', 'json', 'blob', 'arrayBuffer', 'bytes', 'formData', 'clone', 'reader', 'cancel'],
  ...['detached', 'wrong this', 'no response', 'own response'],
];

const failing = ({ pick, path }: Draw): Value =>
  pick<Value>([
    ['list', `{own}${path}?close=1`],
    ['list', 'http://['],
    ['list', `{own}${path}?size=1`, ['bag', 'plain', ['signal', 'data', ['aborted', 'why']]]],
    ['list', `{own}${path}?size=1`, ['bag', 'plain', ['method', 'data', 'GE T']]],
  ]);

const argumentsOf = (draw: Draw): Value[] => {
  const { chance, pick } = draw;
  if (chance(0.02)) return [];
  const isRequest = chance(0.3);
  const input = isRequest ? requestValue(draw) : urlValue(draw);
  if (chance(isRequest ? 0.5 : 0.25)) return [input];
  const init = chance(0.05) ? pick(ODD_INITS) : initValue(draw, !isRequest, 1);
  // Where a place has never been known to answer, a failure is taken for the fault of our header: see `run.js`.
  if (!JSON.stringify(input).includes('/api/fuzz/'))
    return [input, ['bag', 'plain', member(draw, 'headers', headersValue(draw))]];
  return chance(0.05) ? [input, init, 'more'] : [input, init];
};

const withSignal = (draw: Draw, url: string): Value[] => {
  const signal: Value = ['signal', draw.pick(['data', 'get', 'hidden']), [draw.pick(['live', 'any'])]];
  const bag: Value = ['bag', 'plain', signal];
  return draw.chance(0.3) ? [['new', 'Request', url, bag]] : [url, bag];
};

/** A `fetch`: `[how, args, reads, abort, handling]`. */
export const fetchStep = (draw: Draw, isConcurrent: boolean): Value[] => {
  const { chance, pick, times, path } = draw;
  if (!isConcurrent && chance(0.05)) {
    const args = failing(draw) as Value[]; // a list, as made above
    return ['fetch', 'plain', args.slice(1), [], '', 'nobody'];
  }
  const abort = chance(0.15) ? pick(['sync', 'tick', 'task', 'twice', 'headers']) : '';
  const hanging = abort === 'headers' ? `{own}${path}?size=900000` : `{own}${path}?hang=1`;
  const args = abort ? withSignal(draw, hanging) : argumentsOf(draw);
  const reads = abort && abort !== 'headers' ? [] : times(0, 3, () => pick(READS));
  const handling = pick(['await', 'await', 'await', 'derived', 'finally', 'async']);
  return ['fetch', abort ? 'plain' : pick(HOW), args, reads, abort, handling];
};
