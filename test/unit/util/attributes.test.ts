import { expect, test } from 'vitest';
import { makeTracer } from '../support/make-tracer.js';

/** The attributes of a span that was given `attributes` while it ran, and what the limits have counted. */
const record = (attributes: unknown) => {
  const { tracer, ended, limits } = makeTracer();
  tracer
    .startSpan('a')
    .setAttributes(attributes as Record<string, string>)
    .end();
  const [span] = ended;
  return { attributes: span?.attributes, dropped: span?.droppedAttributes, limited: limits.count };
};

const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));

test('texts, numbers, booleans and arrays of them stay what they are', () => {
  const given = { text: 'a', number: 1.5, flag: false, texts: ['a', 'b'], numbers: [1, 2], flags: [true] };

  expect(record(given)).toEqual({ attributes: given, dropped: 0, limited: 0 });
});

test('undefined, null and nameless attributes are left out', () => {
  expect(record({ a: undefined, b: null, '': 'x', c: '' }).attributes).toEqual({ c: '' });
});

test('the 129th attribute is refused and counted', () => {
  const { attributes, dropped, limited } = record(numbered(130));

  expect(Object.keys(attributes ?? {})).toHaveLength(128);
  expect([dropped, limited]).toEqual([2, 2]);
});

test('a full span still changes the attributes it has', () => {
  const { tracer, ended } = makeTracer();

  tracer
    .startSpan('a', { attributes: numbered(128) })
    .setAttribute('key5', 'new')
    .end();

  expect(ended[0]?.attributes.key5).toBe('new');
  expect(ended[0]?.droppedAttributes).toBe(0);
});

test('a text of 4,096 characters stays whole, a longer one is cut and counted', () => {
  const { attributes, limited } = record({ whole: 'x'.repeat(4096), cut: 'y'.repeat(4097) });

  expect(attributes?.whole).toHaveLength(4096);
  expect(attributes?.cut).toHaveLength(4096);
  expect(limited).toBe(1);
});

test('the texts of an array are cut as well', () => {
  const { attributes, limited } = record({ list: ['x'.repeat(5000), 'short'] });

  expect(attributes?.list).toEqual(['x'.repeat(4096), 'short']);
  expect(limited).toBe(1);
});

test('a cut does not halve a character', () => {
  const { attributes } = record({ text: `${'x'.repeat(4095)}😀` });

  expect(/[\ud800-\udfff]/.test(`${attributes?.text}`)).toBe(false);
});

test.each([
  ['an object', { a: [1] }, '{"a":[1]}'],
  ['a BigInt', 10n, '10'],
  ['a Symbol', Symbol('x'), 'Symbol(x)'],
  ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ['mixed items', [1, 'a', true, 2n, null], [1, 'a', true, '2', 'null']],
])('%s becomes text', (_, value, expected) => {
  expect(record({ value }).attributes).toEqual({ value: expected });
});

test('a list with holes has no holes', () => {
  // biome-ignore lint/suspicious/noSparseArray: what the test is about
  const list = record({ list: [1, , 3] }).attributes?.list as unknown[];

  expect(Object.keys(list)).toEqual(['0', '1', '2']);
});

const circular: Record<string, unknown> = {};
circular.self = circular;
const throwing = () => {
  throw new Error('a fault of the page');
};
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

const unreadable: [string, unknown][] = [
  ['a circle', circular],
  ['a toJSON that throws', { toJSON: throwing }],
  ['a toJSON that gives nothing', { toJSON: () => undefined }],
  ['a toString that throws', [{ toString: throwing }]],
  ['a BigInt within an object', { deep: 1n }],
  ['a Proxy that throws', new Proxy({}, { get: throwing, ownKeys: throwing })],
  ['a revoked Proxy', revoked],
  ['an item without prototype', [Object.create(null)]],
];

test.each(unreadable)('%s is refused and counted, and the others stay', (_, value) => {
  expect(record({ before: 1, value, after: 2 })).toEqual({
    attributes: { before: 1, after: 2 },
    dropped: 1,
    limited: 1,
  });
});

test('a getter that throws costs its own attribute alone', () => {
  const given = Object.defineProperty({ before: 1 }, 'value', { enumerable: true, get: throwing });

  expect(record(given)).toMatchObject({ attributes: { before: 1 }, dropped: 1 });
});

test.each([
  ['null', null],
  ['a number', 5],
  ['a Proxy that throws', new Proxy({}, { ownKeys: throwing })],
  ['a revoked Proxy', revoked],
])('%s instead of attributes is no fault', (_, given) => {
  expect(record(given).attributes).toEqual({});
});

test.each(['text', ['a', 'b'], { polluted: true }])(
  'the key __proto__ changes no prototype (%j)',
  (value) => {
    const given = Object.defineProperty({}, '__proto__', { enumerable: true, value });

    const { attributes } = record(given);

    expect([Object.prototype, null]).toContain(Object.getPrototypeOf(attributes));
    expect('polluted' in {}).toBe(false);
  },
);

test('keys of Object.prototype are ordinary names', () => {
  const given = { constructor: 'a', toString: 'b', hasOwnProperty: 'c' };

  expect(record(given).attributes).toEqual(given);
});

test('a change of the object after the call changes no span', () => {
  const list = ['a'];
  const given = { list };
  const { tracer, ended } = makeTracer();
  const span = tracer.startSpan('a').setAttributes(given);

  list.push('b');
  given.list = ['c'];
  span.end();

  expect(ended[0]?.attributes).toEqual({ list: ['a'] });
});
