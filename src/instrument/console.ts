import { patch } from '../platform/patch.js';
import type { Instrumentation, LogLevel } from '../types.js';
import { describeError } from '../util/error.js';
import { hostConsole } from '../util/guard.js';
import { stopAll } from '../util/stop.js';

/** Methods of the console that write a line. */
export type ConsoleLevel = 'debug' | 'log' | 'info' | 'warn' | 'error';

export interface ConsoleOptions {
  /** The methods whose lines are sent. Default `warn` and `error`. */
  levels?: readonly ConsoleLevel[];
}

/** What the page writes to the console as log records, with the trace. Needs `logs`. */
export const traceConsole = ({ levels = ['warn', 'error'] }: ConsoleOptions = {}): Instrumentation => ({
  name: 'console',
  start: ({ log }) => {
    // What describes a value may itself write to the console.
    let isBusy = false;
    return stopAll(
      levels.map((method) =>
        patch(hostConsole(), method, (call, _, args) => {
          const result = call();
          // The agent's own words are no news.
          if (isBusy || args[0] === '[rootspan]') return result;
          isBusy = true;
          try {
            const level: LogLevel = method === 'log' ? 'info' : method;
            log(level, args.map(describe).join(' '), { 'browser.console.method': method }, 'console');
          } finally {
            isBusy = false;
          }
          return result;
        }),
      ),
    );
  },
});

/** A value as a text; of an object that is no error its class and keys, as reading more would run code of the page. */
const describe = (value: unknown): string => {
  const {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stack,
  } = describeError(value);
  return `${stack ?? (type ? `${type} {${message}}` : message)}`;
};
