import { onTestFinished } from 'vitest';

type Classes = Pick<typeof globalThis, 'XMLHttpRequest' | 'WebSocket' | 'EventSource'>;

/** What a page does that puts a class of its own in place of the browser's; until the end of the test. */
export const replaceClass = <K extends keyof Classes>(
  name: K,
  make: (native: Classes[K]) => Classes[K],
): void => {
  const classes: Classes = window;
  const native = classes[name];
  classes[name] = make(native);
  onTestFinished(() => {
    classes[name] = native;
  });
};
