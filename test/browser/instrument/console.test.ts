import { expect, onTestFinished, test, vi } from 'vitest';
import { traceConsole } from '../../../src/instrument/console.js';
import type { Log } from '../../../src/types.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

/** Keeps the lines from the test runner's own output, under what the agent patches. */
const run = (instrumentation = traceConsole(), log = vi.fn<Log>()) => {
  const written: unknown[][] = [];
  for (const method of ['log', 'warn', 'error'] as const) {
    const before = console[method];
    console[method] = (...args: unknown[]) => {
      written.push(args);
    };
    onTestFinished(() => {
      console[method] = before;
    });
  }
  return { written, log, ...runInstrumentation(instrumentation, { context: { log } }) };
};

test('warnings and errors are log records, and reach the console as they were', () => {
  const { log, written } = run();
  console.warn('low', 7, true);
  console.error('lost');
  console.log('not asked for');

  expect(log.mock.calls).toEqual([
    ['warn', 'low 7 true', { 'browser.console.method': 'warn' }, 'console'],
    ['error', 'lost', { 'browser.console.method': 'error' }, 'console'],
  ]);
  expect(written).toEqual([['low', 7, true], ['lost'], ['not asked for']]);
});

test('levels are a choice', () => {
  const { log } = run(traceConsole({ levels: ['log'] }));
  console.log('asked for');
  console.error('not asked for');

  expect(log.mock.calls.map(([level, message]) => [level, message])).toEqual([['info', 'asked for']]);
});

test('an error is told with its stack, another object by its class and keys', () => {
  const { log } = run();
  console.error(
    new RangeError('too far'),
    { code: 'secret', reason: 1 },
    [1, 2],
    null,
    undefined,
    Symbol('s'),
  );

  const message = `${log.mock.calls[0]?.[1]}`;
  expect(message).toMatch(/^RangeError: too far\n +at /);
  expect(message).toMatch(/ Object \{code,reason\} Array \{0,1\} null undefined Symbol\(s\)$/);
});

test('what a description writes to the console is not described again', () => {
  const log = vi.fn<Log>(() => console.error('from within'));
  const { written } = run(traceConsole(), log);
  console.error('once');

  expect(log).toHaveBeenCalledTimes(1);
  expect(written).toEqual([['once'], ['from within']]);
});

test('the words of the agent are no log records', () => {
  const { log } = run();
  console.warn('[rootspan]', 'a mistake');

  expect(log).not.toHaveBeenCalled();
});

test('after stop the console is the one before', () => {
  const before = console.error;
  const { stop, log } = run();
  const patched = console.error;
  stop();
  patched('through an old reference');

  expect(log).not.toHaveBeenCalled();
  expect(console.error).not.toBe(patched);
  expect(before).not.toBe(patched);
});
