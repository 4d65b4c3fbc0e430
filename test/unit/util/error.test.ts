import { expect, test } from 'vitest';
import { describeError } from '../../../src/util/error.js';

test('an error has type, message and stack', () => {
  const error = new TypeError('no such product');

  expect(describeError(error)).toEqual({
    'exception.type': 'TypeError',
    'exception.message': 'no such product',
    'exception.stacktrace': error.stack,
  });
});

test('a class of the application gives its own name', () => {
  class PaymentDeclined extends Error {
    override name = 'PaymentDeclined';
  }

  expect(describeError(new PaymentDeclined('no funds'))['exception.type']).toBe('PaymentDeclined');
});

test.each([
  ['a text', 'a text'],
  [42, '42'],
  [undefined, 'undefined'],
  [null, 'null'],
  [Symbol('declined'), 'Symbol(declined)'],
  [10n, '10'],
])('a thrown %s is its own message', (thrown, message) => {
  expect(describeError(thrown)).toEqual({ 'exception.message': message });
});

test('no getter of the page is run', () => {
  let runs = 0;
  const count = () => ++runs;
  const thrown = Object.defineProperties(
    {},
    { name: { get: count }, message: { get: count }, stack: { get: count } },
  );

  describeError(thrown);

  expect(runs).toBe(0);
});

const proxyThatThrows = () =>
  new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('trap');
      },
      getPrototypeOf: () => {
        throw new Error('trap');
      },
    },
  );

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

test.each([
  ['a Proxy that throws', proxyThatThrows()],
  ['a revoked Proxy', revoked()],
  ['an object without prototype', Object.create(null)],
  ['a message that is no text', { name: Symbol('x'), message: Object.create(null), stack: 7 }],
])('%s is described without a fault', (_, thrown) => {
  const attributes = describeError(thrown);

  expect(attributes['exception.type']).toEqual(expect.any(String));
});
