import { answeringUrl, bodyValue, type Draw, urlValue, type Value } from './values.js';

const CLASSES = [
  ...['plain', 'plain', 'plain', 'plain', 'plain', 'plain', 'extended', 'framed', 'constructed'],
  ...['own methods', 'own properties', 'frozen', 'inherits', 'proxy'],
];

const METHODS: Value[] = [
  ...['GET', 'GET', 'GET', 'POST', 'POST', 'get', 'put', 'HEAD', 'DELETE', 'CONNECT', 'GE T', ''],
  ...(['PROPFIND', ['text', 'method', 'POST'], ['symbol'], ['throws', 'method']] as Value[]),
];

/** Not `progress`: how often that comes is the network's matter. */
const EVENTS = ['readystatechange', 'loadstart', 'load', 'error', 'abort', 'timeout', 'loadend'];
const FLAGS: Value[] = [true, true, true, true, 1, ['undefined'], null, false, 'text', ['bag', 'plain']];

const openAction = (draw: Draw): Value[] => {
  const { pick, chance } = draw;
  const url = chance(0.7) ? answeringUrl(draw) : urlValue(draw);
  const rest = chance(0.6) ? [] : [pick(FLAGS), ...(chance(0.2) ? ['user', 'password'] : [])];
  if (chance(0.02)) return ['open', pick(METHODS)];
  return ['open', pick(METHODS), url, ...rest];
};

const PROPERTIES: Value[] = [
  ['set', 'responseType', 'json'],
  ['set', 'responseType', 'blob'],
  ['set', 'responseType', 'arraybuffer'],
  ['set', 'responseType', 'document'],
  ['set', 'responseType', 'no such'],
  ['set', 'withCredentials', true],
  ['set', 'timeout', 5000],
  ['set', 'status', 7],
  ['set', 'onload', null],
  ['set', 'onload', 'text'],
];

const HEADERS: Value[] = [
  ['header', 'X-Page', '1'],
  ['header', 'X-Page', '2'],
  ['header', ['text', 'name', 'X-Page'], ['text', 'value', '3']],
  ['header', 'traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['header', 'TraceParent', 'of the page'],
  ['header', 'Content-Type', 'text/x'],
  ['header', 'Cookie', '1'],
  ['header', 'no good', '1'],
  ['header', 'X-Page'],
  ['header', ['symbol'], '1'],
  ['header', 'X-Page', 'ü€'],
  ['header', ['throws', 'name'], '1'],
];

const OTHERS: Value[] = [
  ['mime', 'text/plain; charset=utf-8'],
  ['mime', ['symbol']],
  ['answered', 'content-type'],
  ['answered'],
  ['upload'],
  ['foreign', 'open', ['bag', 'plain'], 'GET', '/'],
  ['foreign', 'send', null],
  ['foreign', 'setRequestHeader', ['undefined'], ['text', 'name', 'a'], 'b'],
  ['read'],
  ['tick'],
  ['wait'],
];

const anyAction = (draw: Draw): Value => {
  const { pick, below } = draw;
  const share = below(14);
  if (share < 2) return openAction(draw);
  if (share < 4) return pick(HEADERS);
  if (share < 6) return pick(PROPERTIES);
  if (share < 7) return ['handler', pick(EVENTS)];
  if (share < 8) return [pick(['once', 'throwing']), pick(EVENTS)];
  if (share < 9) return ['abort'];
  if (share < 10) return sendAction(draw);
  if (share < 11) return ['dispatch', pick([...EVENTS, 'other'])];
  return pick(OTHERS);
};

const sendAction = (draw: Draw): Value => {
  const share = draw.below(10);
  if (share < 6) return ['send'];
  const body = share < 7 ? null : bodyValue(draw);
  // A `send` that its body stops has set our header already, and one of the page's would come on top: a known limit.
  return /symbol|throws/.test(`${body}`) ? ['send', 'body'] : ['send', body];
};

/** What the listeners do: a second request, an abort, or something odd. */
const atEvent = (draw: Draw): Value[] => {
  const { pick } = draw;
  const again: Value[] = [openAction(draw), ['send']];
  return [pick(EVENTS), ...pick<Value[]>([again, again, [['abort']], [anyAction(draw)], [openAction(draw)]])];
};

/** What never has an answer: it ends by the page's own wish, at once or when its time is up. */
const hanging = ({ path, pick, chance }: Draw): Value[] => [
  ['open', pick(['GET', 'POST']), `{own}${path}?hang=1`],
  ...(chance(0.5)
    ? [['set', 'timeout', 20], ['send'], ['wait']]
    : [['send'], ...(chance(0.3) ? [['tick']] : []), ['abort']]),
];

/** An XMLHttpRequest: `[class, actions, by event]`. */
export const xhrStep = (draw: Draw): Value[] => {
  const { chance, pick, times } = draw;
  const round = (): Value[] => [
    ...times(0, 1, () => anyAction(draw)),
    openAction(draw),
    ...times(0, 3, () => (chance(0.5) ? pick([...HEADERS, ...PROPERTIES]) : anyAction(draw))),
    sendAction(draw),
    ...times(0, 1, () => (chance(0.3) ? anyAction(draw) : ['wait'])),
    ['wait'],
    ['read'],
  ];
  if (chance(0.1)) return ['xhr', pick(CLASSES), [...hanging(draw), ['read']], []];
  const actions = times(1, 2, round).flat();
  const atEvents = chance(0.25) ? times(1, 2, () => atEvent(draw)) : [];
  return ['xhr', pick(CLASSES), actions, atEvents];
};
