import { describe } from '../../page/describe.js';
import { sleep } from '../../page/kit.js';

/** So many steps of the microtask queue are looked at. */
const STEPS = 8;

/** Waits for the promise; calls `onLate` if it takes longer. */
export const within = async (ms, promise, onLate) => {
  const late = {};
  if ((await Promise.race([promise, sleep(ms).then(() => late)])) === late) onLate();
};

/** The steps of the microtask queue until `promise` settles; nothing if a task of the browser's comes first. */
const countSteps = async (isSettled) => {
  for (let step = 0; step < STEPS; step++) {
    if (isSettled()) return step;
    await undefined;
  }
  return undefined;
};

/** Notes how a call went: thrown, or a promise, what it settles with, and when. Gives the value, if there is one. */
export const settle = async (env, call, tell, { afterCall, isCounted = true } = {}) => {
  let promise;
  try {
    promise = call();
  } catch (error) {
    env.note('threw', describe(error));
    return undefined;
  }
  if (!(promise instanceof Promise)) {
    const Foreign = env.frame.Promise;
    env.note('returned', promise instanceof Foreign ? 'a promise of the frame' : describe(promise));
    if (!(promise instanceof Foreign)) return undefined;
  } else if (Reflect.ownKeys(promise).length || promise.constructor !== Promise) env.note('an odd promise');
  let found;
  const settled = promise.then(
    (value) => {
      found = { value };
    },
    (error) => {
      found = { error };
    },
  );
  afterCall?.();
  const steps = await countSteps(() => found);
  await settled;
  const word = 'value' in found ? 'resolved' : 'rejected';
  if (isCounted && steps !== undefined) env.note('steps', word, steps);
  env.note(word, 'value' in found ? await tell(found.value) : describeFault(found.error));
  return found.value;
};

/** Chromium words a body that is no JSON in one way if it was there already, and in another if it was not. */
const describeFault = (error) => (error instanceof SyntaxError ? error.name : describe(error));
