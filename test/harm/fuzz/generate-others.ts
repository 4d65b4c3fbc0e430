import { answeringUrl, bodyValue, type Draw, urlValue, type Value } from './values.js';

const STATES: Value[] = [
  ...([null, 7, 'state', ['undefined'], ['bag', 'plain', ['a', 'get', 1], ['b', 'data', 'x']]] as Value[]),
  ...([
    ['bag', 'plain', ['a', 'throw', 1]],
    ['function'],
    ['symbol'],
    ['circular'],
    ['bigint', '7'],
  ] as Value[]),
  ...([
    ['new', 'Map', ['list', ['list', 'a', 1]]],
    ['new', 'Error', 'state'],
    ['list', 1, 2],
  ] as Value[]),
  ...([
    ['watched', 'state', ['list', 1]],
    ['new', 'Date', 7],
    ['framed', 'Object'],
  ] as Value[]),
];

const PLACES: Value[] = [
  ...['/harm.html?a', '/harm.html?b', '/a/b', '?q', '#part', '#/route', '', '/harm.html'],
  ...['http://elsewhere.test/', 'http://[', 'data:,', '//[', '/orders/1234', '/orders/1235'],
  ...([null, 7, ['undefined'], ['symbol'], ['throws', 'url'], ['text', 'url', '/text']] as Value[]),
  ...([
    ['text', 'url', ['bag', 'plain']],
    ['new', 'URL', '{own}/of/a/url'],
    ['list', '/list'],
  ] as Value[]),
];

const HOW = [
  ...['plain', 'plain', 'plain', 'plain', 'plain', 'detached', 'object', 'prototype', 'apply', 'new'],
  'of a frame',
];

/** A call of the history, or of the Navigation API: `[name, how, args]`. */
export const historyStep = ({ pick, chance, below }: Draw): Value[] => {
  const share = below(20);
  if (share < 12) {
    const args = [pick(STATES), pick<Value>(['', 'title', null, ['text', 'title', 't']]), pick(PLACES)];
    const given = chance(0.1) ? args.slice(0, below(3)) : args;
    return ['history', pick(['pushState', 'pushState', 'replaceState']), pick(HOW), given];
  }
  if (share < 14) return ['history', 'hash', 'plain', [pick(['a', 'b', '', '/route', '/route?x'])]];
  if (share < 15) return ['history', 'navigate', 'plain', [pick(['n', 'm', '/n'])]];
  if (share < 16) return ['history', 'update', 'plain', [pick(STATES)]];
  if (share < 17) return ['history', 'intercepted', 'plain', [pick(['/in', '/in/1234']), chance(0.3)]];
  const name = pick(['back', 'back', 'forward', 'go']);
  return ['history', name, 'plain', name === 'go' ? [pick([-1, 1])] : []];
};

/** A `sendBeacon`: `[how, args]`. */
export const beaconStep = (draw: Draw): Value[] => {
  const { chance, pick } = draw;
  const args = [chance(0.8) ? answeringUrl(draw) : urlValue(draw), ...(chance(0.8) ? [bodyValue(draw)] : [])];
  return ['beacon', pick(['plain', 'plain', 'plain', 'detached', 'object', 'new']), chance(0.03) ? [] : args];
};

const SOCKETS = ['say=2', 'say=1&binary=1', 'say=1', ''];
/** The server ends these itself: what the page did at the same time would be a race. */
const ENDING = ['close=4001&reason=done', 'refuse=1', 'cut=1'];
const STREAMS = [
  'events=2&end=1&once=1',
  'events=1&named=page',
  'events=1',
  'status=404',
  'status=204',
  'size=3',
];

const sends: Value[] = [
  ['send', 'text'],
  ['send', ['bytes', 'bytes']],
  ['send', ['new', 'Blob', ['list', 'blob']]],
  ['send', ['buffer', 'buffer']],
  ['send'],
  ['send', ['symbol']],
  ['send', ['text', 'sent', 'text']],
];
const closes: Value[] = [
  ['close'],
  ['close', 1000, 'why'],
  ['close', 3001],
  ['close', 7],
  ['close', 1000, ['symbol']],
];

/** A WebSocket or an EventSource: `[class, args, actions]`. */
export const connectionStep = (draw: Draw): Value[] => {
  const { chance, pick, times, path } = draw;
  if (chance(0.15)) {
    const second = pick<Value>([
      'a b',
      7,
      ['list', 'a', 'a'],
      ['bag', 'plain', ['withCredentials', 'get', 1]],
    ]);
    const args = chance(0.1)
      ? []
      : [pick<Value>(['http://[', 'ftp://a.test', ['symbol'], ['throws', 'url']]), second];
    return ['connection', pick(['WebSocket', 'EventSource']), args, []];
  }
  const now: Value[] = chance(0.15) ? [['now', pick(closes)]] : [];
  if (chance(0.5)) {
    const url = `${pick(['{own}', '{other}'])}${path}?`;
    if (chance(0.4)) return ['connection', 'WebSocket', [url + pick(ENDING)], []];
    const given = url + pick(SOCKETS);
    const args = chance(0.3) ? [given, pick<Value>(['page', ['list', 'a', 'b'], ['list']])] : [given];
    const actions = times(0, 3, () => (chance(0.7) ? pick(sends) : pick(closes)));
    return ['connection', 'WebSocket', args, [...now, ...actions]];
  }
  const options: Value[] = chance(0.3) ? [['bag', 'plain', ['withCredentials', 'get', true]]] : [];
  const url = `${pick(['{own}', '{other}'])}${path}?${pick(STREAMS)}`;
  const actions: Value[] = times(0, 2, () => ['set', pick(['onmessage', 'onerror']), ['function']]);
  return ['connection', 'EventSource', [url, ...options], [...now, ...actions]];
};
