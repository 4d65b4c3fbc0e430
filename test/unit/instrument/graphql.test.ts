import { expect, test } from 'vitest';
import { describeGraphql } from '../../../src/instrument/graphql.js';

const describe = (body?: unknown, search = '') => {
  const url = new URL(`https://api.example/graphql${search}`);
  const text = typeof body === 'object' ? JSON.stringify(body) : (body as string | undefined);
  const attributes = describeGraphql({ url, body: text });
  return [attributes['graphql.operation.type'], attributes['graphql.operation.name']];
};

test.each([
  ['query Cart { cart { id } }', ['query', 'Cart']],
  ['mutation Pay($card: Card = { kind: "{" }) @live { pay(card: $card) { id } }', ['mutation', 'Pay']],
  ['subscription Prices{ price }', ['subscription', 'Prices']],
  ['{ cart { query mutation } }', ['query', undefined]],
  ['query ($query: ID!) { search(query: $query) { id } }', ['query', undefined]],
  ['query @cached { cart }', ['query', undefined]],
  ['# query Not {\n\uFEFF query Cart { cart }', ['query', 'Cart']],
  ['fragment mutation on Cart { id } query Cart { cart { ...mutation } }', ['query', 'Cart']],
  ['"query Not { a }" query Cart { cart }', ['query', 'Cart']],
  ['query Cart { note(text: """ } \\""" mutation Not { """) { id } }', ['query', 'Cart']],
  ['fragment Parts on Cart { id }', [undefined, undefined]],
  ['shoes', [undefined, undefined]],
  ['find { shoes }', [undefined, undefined]],
  ['', [undefined, undefined]],
])('of the document %j', (query, expected) => {
  expect(describe({ query })).toEqual(expected);
});

test.each([
  ['A', ['query', 'A']],
  ['B', ['mutation', 'B']],
  ['', ['query', 'A']],
  [null, ['query', 'A']],
  [{ toString: 1 }, ['query', 'A']],
  ['C', [undefined, undefined]],
])('of several operations the one is meant that operationName %j says', (operationName, expected) => {
  expect(describe({ query: 'query A { a } mutation B { b }', operationName })).toEqual(expected);
});

test('a document that the server knows has a name', () => {
  expect(describe({ operationName: 'Cart', extensions: { persistedQuery: {} } })).toEqual([
    undefined,
    'Cart',
  ]);
});

test('a batch has all names and types, each once', () => {
  const batch = [
    { query: 'query Cart { a }' },
    { query: 'mutation Pay { a }' },
    { query: 'query Cart { a }' },
    { query: '{ a }' },
    null,
    7,
  ];
  expect(describe(batch)).toEqual(['query,mutation', 'Cart,Pay']);
});

test('of a request without a body the URL tells', () => {
  const search = `?${new URLSearchParams({ query: 'query A { a } query B { b }', operationName: 'B' })}`;

  expect(describe(undefined, search)).toEqual(['query', 'B']);
});

test.each([
  ['{"query": broken'],
  ['"query"'],
  ['null'],
  ['{"query":{"match":{"title":"shoes"}}}'],
  ['[[{"query":7}]]'],
  ['query=query+A+{a}'],
])('of the body %j nothing', (body) => {
  expect(describe(body)).toEqual([undefined, undefined]);
});
