import { expect, onTestFinished, test } from 'vitest';
import { listen, listenHidden } from '../../../src/platform/lifecycle.js';

/** Makes the document say that it is in `state`, as the browser does. */
const turn = (state: DocumentVisibilityState): void => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(document, 'visibilityState'));
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
};

test('one listener hears all events it was told, until its stop', () => {
  const heard: string[] = [];
  const stop = listen(window, 'one two', ({ type }: Event) => heard.push(type));
  for (const type of ['one', 'two', 'three']) window.dispatchEvent(new Event(type));
  stop();
  window.dispatchEvent(new Event('one'));

  expect(heard).toEqual(['one', 'two']);
});

test('a capturing listener is removed too', () => {
  let count = 0;
  const stop = listen(window, 'one', () => count++, { capture: true, passive: true });
  stop();
  document.body.dispatchEvent(new Event('one', { bubbles: true }));

  expect(count).toBe(0);
});

test("the object's own addEventListener is not asked", () => {
  const target = Object.assign(new EventTarget(), {
    addEventListener: () => expect.unreachable(),
    removeEventListener: () => expect.unreachable(),
  });
  const heard: string[] = [];
  const stop = listen(target, 'one', ({ type }: Event) => heard.push(type));
  target.dispatchEvent(new Event('one'));
  stop();
  target.dispatchEvent(new Event('one'));

  expect(heard).toEqual(['one']);
});

test('hidden is told each time, visible is not', () => {
  let count = 0;
  onTestFinished(listenHidden(() => count++));
  for (const state of ['hidden', 'visible', 'hidden'] as const) turn(state);

  expect(count).toBe(2);
});

test('hidden is told after the listeners that capture', () => {
  const order: string[] = [];
  onTestFinished(listenHidden(() => order.push('agent')));
  onTestFinished(listen(window, 'visibilitychange', () => order.push('vitals'), { capture: true }));
  turn('hidden');

  expect(order).toEqual(['vitals', 'agent']);
});
