import { expect, onTestFinished, test } from 'vitest';
import { mark, patch, type Replacement, readNative } from '../../../src/platform/patch.js';

const pass: Replacement = (call) => call();

const makeHost = () => ({
  factor: 2,
  times(value: number) {
    return this.factor * value;
  },
});

test('a patched method is called with the own this and arguments of the caller', () => {
  const host = makeHost();
  const seen: unknown[] = [];
  patch(host, 'times', (call, self, args) => {
    seen.push(self, ...args);
    return call();
  });

  expect(host.times(21)).toBe(42);
  expect(seen).toEqual([host, 21]);
});

test('a patched method may be called with other arguments, and answer something else', () => {
  const host = makeHost();
  patch(host, 'times', (call) => Number(call([5])) + 1);

  expect(host.times(21)).toBe(11);
});

const FAULTS: Record<string, Replacement> = {
  before: () => {
    throw new Error('ours');
  },
  after: (call) => {
    call();
    throw new Error('ours');
  },
};

for (const [moment, faulty] of Object.entries(FAULTS)) {
  test(`a fault of ours ${moment} the call costs the page nothing`, () => {
    const host = makeHost();
    let calls = 0;
    const times = host.times;
    host.times = function (this: typeof host, value) {
      calls++;
      return times.call(this, value);
    };
    patch(host, 'times', faulty);

    expect([host.times(21), calls]).toEqual([42, 1]);
  });
}

test('what the original throws is what the page gets', () => {
  const error = new Error("the page's");
  const host = {
    fail: () => {
      throw error;
    },
  };
  patch(host, 'fail', pass);

  expect(host.fail).toThrow(error);
});

test('the undo puts back the very original', () => {
  const host = makeHost();
  const before = Object.getOwnPropertyDescriptor(host, 'times');
  const stop = patch(host, 'times', pass);
  stop();
  stop();

  expect(Object.getOwnPropertyDescriptor(host, 'times')).toEqual(before);
});

test('the undo leaves a later wrapper in place, and calls pass through', () => {
  const host = makeHost();
  const stop = patch(host, 'times', () => -1);
  const ours = host.times;
  host.times = function wrapper(this: typeof host, value) {
    return ours.call(this, value) + 1;
  };
  const wrapper = host.times;
  stop();

  expect(host.times).toBe(wrapper);
  expect(host.times(3)).toBe(7);
});

test('a patched function of the browser looks like the original', () => {
  const native = window.fetch;
  const before = Object.getOwnPropertyDescriptor(window, 'fetch');
  const stop = patch(window, 'fetch', pass);
  onTestFinished(stop);
  const after = Object.getOwnPropertyDescriptor(window, 'fetch');

  expect(window.fetch).not.toBe(native);
  expect([window.fetch.name, window.fetch.length]).toEqual([native.name, native.length]);
  expect(Reflect.ownKeys(window.fetch)).toEqual(Reflect.ownKeys(native));
  expect({ ...after, value: 0 }).toEqual({ ...before, value: 0 });
  expect(Function.prototype.toString.call(window.fetch)).toContain('[native code]');
  expect(() => Reflect.construct(window.fetch, [])).toThrow(TypeError);
});

test('a patched class makes its instances, and those of classes that extend it', () => {
  const native = window.URL;
  const before = [window, native.prototype].map((owner) => Object.getOwnPropertyDescriptors(owner));
  const seen: unknown[] = [];
  const stop = patch(window, 'URL', (call, self, args) => {
    seen.push(self, ...args);
    return call();
  });
  onTestFinished(stop);
  class Address extends URL {}
  const made = [new URL('https://a.test'), new Address('https://b.test')];

  expect(made.map((url) => [url.href, url instanceof URL, url.constructor])).toEqual([
    ['https://a.test/', true, URL],
    ['https://b.test/', true, Address],
  ]);
  expect(seen).toEqual([URL, 'https://a.test', Address, 'https://b.test']);
  expect(() => (URL as unknown as () => void)()).toThrow(TypeError);
  expect([URL.name, URL.length, URL.prototype]).toEqual([native.name, native.length, native.prototype]);
  stop();
  expect([window, native.prototype].map((owner) => Object.getOwnPropertyDescriptors(owner))).toEqual(before);
  expect([URL, URL.prototype.constructor]).toEqual([native, native]);
});

for (const [moment, faulty] of Object.entries(FAULTS)) {
  test(`a fault of ours ${moment} the construction costs the page nothing`, () => {
    const host = { Thing: class Thing {} };
    patch(host, 'Thing', faulty);

    expect(new host.Thing()).toBeInstanceOf(host.Thing);
  });
}

test('a method that is frozen, an accessor or missing is left alone', () => {
  const frozen = Object.freeze(makeHost());
  const accessor = {
    get times() {
      return () => 1;
    },
  };
  const { times } = frozen;
  for (const host of [frozen, accessor, {}, undefined]) patch(host, 'times', () => -1)();
  patch(frozen, 'times', () => -1);

  expect(frozen.times).toBe(times);
  expect(accessor.times()).toBe(1);
});

test('a mark is hidden and can be taken away', () => {
  const host = {};
  const stop = mark(host, 'agent', 7);
  const marked = [Reflect.get(host, 'agent'), Object.keys(host)];
  stop();

  expect(marked).toEqual([7, []]);
  expect('agent' in host).toBe(false);
});

test("a built-in property is read past the page's own", () => {
  const response = new Response('', { status: 201 });
  Object.defineProperty(response, 'status', { value: 999 });

  expect(readNative(Response.prototype, 'status', response)).toBe(201);
});

test('a built-in property of another frame is read, of another kind is not', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  onTestFinished(() => frame.remove());
  const { Request: Foreign } = frame.contentWindow as unknown as typeof globalThis;

  expect(readNative(Request.prototype, 'url', new Foreign('https://a.test/x'))).toBe('https://a.test/x');
  for (const other of [null, undefined, 'text', {}, new Response(), Object.create(Request.prototype)]) {
    expect(readNative(Request.prototype, 'url', other)).toBeUndefined();
  }
});
