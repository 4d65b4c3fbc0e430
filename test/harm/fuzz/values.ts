import type { Random } from './random.js';

/** A value of a sequence; `page/make.js` builds it. */
export type Value = null | boolean | number | string | readonly Value[];

/** What a call is made of: draws, and where its requests go. */
export interface Draw extends Random {
  path: string;
}

/** What the server is asked for. The bodies are no echo, which would tell the page of our header. */
const ANSWERS = [
  ...['size=5', 'size=5', 'size=5', 'size=0', 'status=204&size=0', 'status=404&size=3', 'status=503&size=3'],
  ...['size=5&header=X-Answer:1&header=X-Answer:2', 'size=2&header=Content-Type:text/html', 'etag=1&size=4'],
  ...['size=5&header=Server-Timing:db;dur=1', 'size=3&status=299', 'size=3&header=Cache-Control:max-age=60'],
];

/** A URL that has an answer. */
export const answeringUrl = ({ pick, chance, path }: Draw): string => {
  const query = pick(ANSWERS);
  if (chance(0.06)) return `{own}${path}?redirect=${path}/r?size=5%26hop=1`;
  if (chance(0.15)) return `{other}${path}?${query}`;
  return `${pick(['{own}', '{own}', ''])}${path}?${query}`;
};

const ODD_TEXTS = [
  '',
  ' ',
  '#',
  '?q',
  'http://[',
  'http://127.0.0.1:1/',
  'ftp://a.test/',
  'data:text/plain,hi',
];

const oddUrl = ({ pick, path }: Draw): Value =>
  pick<Value>([
    ...ODD_TEXTS,
    ...['about:blank', 'no such', '//', `\n{own}${path}?size=1\t`],
    `{own}${path}?size=1#part`,
    `{own}${path}/%zz?size=1`,
    `{own}${path}/ü ä?size=1`,
    `{own}/x/..${path}?size=1`,
    `{own}${path}?<\n&size=1`,
    ...[null, 7, true, ['undefined'], ['symbol'], ['number', 'NaN'], ['bigint', '12'], ['throws', 'url']],
    ...[['list', `{own}${path}?size=2`], ['bag', 'plain'], ['bag', 'null'], ['function']],
    ['text', 'url', ['symbol']],
    ['text', 'url', ['bag', 'plain']],
    ['text', 'url', 'http://['],
    ['boxed', `{own}${path}?size=3`],
  ]);

/** A URL in one of the ways in which a page may write it. */
export const urlValue = (draw: Draw): Value => {
  const { pick, chance } = draw;
  if (chance(0.12)) return oddUrl(draw);
  const url = answeringUrl(draw);
  if (chance(0.65)) return url;
  return pick<Value>([
    ['text', 'url', url],
    ['valueOf', 'url', url],
    ['primitive', 'url', url],
    ['new', 'URL', url.startsWith('{') ? url : `{own}${url}`],
    ['framed', 'URL', url.startsWith('{') ? url : `{own}${url}`],
    ['boxed', url],
    ['same', 'url', ['text', 'same url', url]],
  ]);
};

const NAMES = [
  'X-Page',
  'x-page',
  'X-Other',
  'Accept',
  'Content-Type',
  'traceparent',
  'TraceParent',
  'Cookie',
];
const ODD_NAMES: Value[] = ['', 'no good', 'Ünder', ['symbol'], ['throws', 'name'], 7, ['bag', 'plain']];
const OWN_TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const headerName = ({ pick, chance }: Draw, isOdd: boolean): Value => {
  if (isOdd && chance(0.07)) return pick(ODD_NAMES);
  const name = pick(NAMES);
  return isOdd && chance(0.15) ? ['text', 'name', name] : name;
};

const headerValue = ({ pick, chance }: Draw, isOdd: boolean): Value => {
  if (isOdd && chance(0.07)) return pick<Value>(['a\nb', 'ü€', ['symbol'], ['throws', 'value']]);
  if (chance(0.15)) return ['text', 'value', pick(['1', OWN_TRACE])];
  return pick<Value>(['1', 'text/plain', '', ' spaced ', 7, null, OWN_TRACE, ['undefined']]);
};

const pairs = (draw: Draw, isOdd: boolean): Value[][] =>
  draw.times(0, 3, () => [headerName(draw, isOdd), headerValue(draw, isOdd)]);

const oddPairs = (draw: Draw): Value[] =>
  draw.pick<Value[]>([
    ['THROW'],
    [['list', 'a']],
    [['list', 'a', 'b', 'c']],
    [7],
    ['ab'],
    [['iterable', 'pair', 'X-Page', '1']],
    [['frozen', ['list', 'X-Page', '1']]],
    [['watched', 'pair', ['list', 'X-Page', '1']]],
    [['new', 'String', 'ab']],
    [null],
  ]);

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : 'X-Text');

/** The `headers` of a request; without `isOdd` the browser takes them. */
export const headersValue = (draw: Draw, isOdd = true): Value => {
  const { pick, chance } = draw;
  const list = pairs(draw, isOdd);
  const asLists = list.map((pair): Value => ['list', ...pair]);
  const odd = isOdd && chance(0.12) ? oddPairs(draw) : [];
  const record = [
    pick(['plain', 'plain', 'null', 'class', 'inherits', 'framed', 'function']),
    ...list.map(([name, value]) => [text(name), pick(['data', 'data', 'get', 'hidden']), value ?? '1']),
    ...(isOdd && chance(0.05) ? [['X-Page', pick(['throw', 'set']), '1']] : []),
  ];
  if (isOdd && chance(0.06)) return pick<Value>(['text', 7, null, ['undefined'], ['symbol'], true]);
  return pick<Value>([
    ['list', ...asLists, ...odd],
    ['frozen', ['list', ...asLists]],
    ['iterable', 'headers', ...asLists, ...odd],
    ['generator', 'headers', ...asLists, ...odd],
    ['new', 'Map', ['list', ...asLists]],
    ['new', 'Headers', ['list', ...(isOdd ? [] : asLists)]],
    ['framed', 'Headers', ['list', ['list', 'X-Framed', '1']]],
    ['new', 'URLSearchParams', 'X-Page=1&X-Other=2'],
    ['bag', ...record],
    ['bag', ...record],
    ['frozen', ['bag', ...record]],
    ['watched', 'headers', ['bag', ...record]],
    ['watched', 'headers', ['list', ...asLists]],
    ['same', 'headers', ['new', 'Headers', ['list', ['list', 'X-Same', '1']]]],
  ]);
};

/** The body of a request, of any kind. */
export const bodyValue = ({ pick }: Draw): Value =>
  pick<Value>([
    ...[
      'body',
      '',
      'Grüße',
      'body',
      null,
      7,
      ['undefined'],
      ['bag', 'plain'],
      ['symbol'],
      ['throws', 'body'],
    ],
    ['text', 'body', 'text of the body'],
    ['new', 'Blob', ['list', 'blob'], ['bag', 'plain', ['type', 'data', 'text/plain']]],
    ['new', 'File', ['list', 'file'], 'name.txt'],
    ['new', 'URLSearchParams', 'a=1&b=2'],
    ['form', ['field', 'value']],
    ['bytes', 'bytes'],
    ['buffer', 'buffer'],
    ['framed', 'Blob', ['list', 'framed']],
    ['detached'],
    ['list', 'a', 'b'],
  ]);

/** A member of an options bag: how it is there, and its value. */
export const member = (draw: Draw, key: string, value: Value): Value => [
  key,
  draw.pick(['data', 'data', 'data', 'get', 'get', 'hidden', ...(draw.chance(0.05) ? ['throw', 'set'] : [])]),
  value,
];
