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

test('causes stand below the stack, and theirs', () => {
  const root = new RangeError('disk full');
  const cause = Object.assign(new Error('not stored'), { cause: root });
  const error = Object.assign(new TypeError('not saved'), { cause });

  const stack = `${describeError(error)['exception.stacktrace']}`;

  expect(stack).toBe([error.stack, cause.stack, root.stack].join('\nCaused by: '));
});

test('the first errors of an AggregateError are told as causes', () => {
  const errors = [new Error('first mirror'), 'second mirror', new Error('third mirror')];
  const error = Object.assign(new Error('no mirror'), { name: 'AggregateError', errors });

  const stack = describeError(error)['exception.stacktrace'];

  expect(stack).toContain('Caused by: Error: first mirror');
  expect(stack).toContain('Caused by: second mirror');
});

test('a cause that is its own ends', () => {
  const error = Object.assign(new Error('round'), { cause: {} });
  error.cause = error;

  expect(`${describeError(error)['exception.stacktrace']}`.split('Caused by').length).toBeLessThan(10);
});

test('a stack without the message, as in other engines than V8, gets it', () => {
  const cause = { name: 'Error', message: 'deep', stack: 'fn@https://shop.test/app.js:1:2' };
  const error = { name: 'Error', message: 'high', stack: 'top@https://shop.test/app.js:3:4', cause };

  expect(describeError(error)['exception.stacktrace']).toBe(
    'high\ntop@https://shop.test/app.js:3:4\nCaused by: deep\nfn@https://shop.test/app.js:1:2',
  );
});

test('an object that is no error is told by its class and its keys', () => {
  class Refusal {
    code = 402;
    reason = 'secret';
  }

  expect(describeError(new Refusal())).toMatchObject({
    'exception.type': 'Refusal',
    'exception.message': 'code,reason',
  });
});

test('a message without end is cut', () => {
  expect(`${describeError(new Error('x'.repeat(1e6)))['exception.message']}`.length).toBeLessThan(1e4);
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

  expect(attributes['exception.message']).toEqual(expect.any(String));
});
