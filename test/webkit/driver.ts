import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDisplay, findWebKit, WEBKIT_ADVICE } from '../support/webkit.mjs';

/** A tab of WebKitGTK's browser, with a profile of its own. */
export interface WebKitPage {
  goto(url: string): Promise<void>;
  /** The result of an expression or of a function without parameters, which may be a promise, as JSON. */
  evaluate<Result>(script: string | (() => Result)): Promise<Awaited<Result>>;
  /** Clicks with the browser's own mouse. */
  click(selector: string): Promise<void>;
  /** Ends the browser. */
  close(): Promise<void>;
}

export interface WebKit {
  open(): Promise<WebKitPage>;
  stop(): Promise<void>;
}

/** Makes ready to open tabs of WebKitGTK, on a display that nobody sees. */
export const startWebKit = async (): Promise<WebKit> => {
  const command = findWebKit();
  if (!command) throw new Error(WEBKIT_ADVICE);
  const display = await startDisplay();
  const env = { ...process.env, ...(display && { DISPLAY: display.name }) };
  const drivers: ChildProcess[] = [];
  return {
    open: async () => {
      const { call, driver } = await startDriver(command, env);
      drivers.push(driver);
      return openPage(call, () => end(driver));
    },
    stop: async () => {
      await Promise.all(drivers.map(end)); // a test that failed has not closed its tab
      if (display) await end(display.process);
    },
  };
};

/** A driver for one tab: where a browser ends while the next one starts, a driver of both never answers. */
const startDriver = async (
  command: string,
  env: NodeJS.ProcessEnv,
  ports = 5,
): Promise<{ call: Call; driver: ChildProcess }> => {
  const port = await freePort();
  const driver = spawn(command, [`--port=${port}`], { stdio: 'ignore', env });
  const call = createClient(`http://127.0.0.1:${port}`);
  if (await becomesReady(call, driver)) return { call, driver };
  // Another server of the tests may have taken the port before the driver did.
  if (ports > 1) return startDriver(command, env, ports - 1);
  throw new Error(`WebKitGTK's driver ended with ${driver.exitCode}.`);
};

type Call = <Value>(method: string, path: string, body?: unknown) => Promise<Value>;

const createClient =
  (origin: string): Call =>
  async (method, path, body) => {
    const response = await fetch(origin + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };

/** False if it ends before. */
const becomesReady = async (call: Call, driver: ChildProcess): Promise<boolean> => {
  while (driver.exitCode === null) {
    const isReady = await call('GET', '/status').then(
      () => true,
      () => false, // it does not listen yet
    );
    if (isReady) return true;
    await sleep(50);
  }
  return false;
};

/** How WebDriver names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const openPage = async (call: Call, endDriver: () => Promise<void>): Promise<WebKitPage> => {
  const capabilities = { alwaysMatch: {} };
  const { sessionId } = await call<{ sessionId: string }>('POST', '/session', { capabilities });
  const at = `/session/${sessionId}`;
  return {
    goto: (url) => call('POST', `${at}/url`, { url }),
    evaluate: async (script) => {
      const expression = typeof script === 'string' ? script : `(${script})()`;
      const text = await call<string>('POST', `${at}/execute/async`, {
        script: evaluation(expression),
        args: [],
      });
      const { value, error } = JSON.parse(text);
      if (error) throw new Error(error);
      return value;
    },
    click: async (selector) => {
      const found = await call<Record<string, string>>('POST', `${at}/element`, {
        using: 'css selector',
        value: selector,
      });
      await call('POST', `${at}/element/${found[ELEMENT]}/click`, {});
    },
    // The tab first, as a visitor does it: the end of the session alone kills the browser.
    close: async () => {
      await call('DELETE', `${at}/window`).catch(() => {}); // closed already
      await call('DELETE', at).catch(() => {}); // it may end with its last tab
      await endDriver();
    },
  };
};

/** Told as text: what the driver makes of values is its own matter. */
const evaluation = (expression: string): string => `
  const done = arguments[0];
  Promise.resolve().then(() => (${expression})).then(
    (value) => done(JSON.stringify({ value })),
    (error) => done(JSON.stringify({ error: String(error) })));`;

/** A display of our own; where no program makes one, that of the machine. */
const startDisplay = async (): Promise<{ name: string; process: ChildProcess } | undefined> => {
  const command = findDisplay();
  if (!command) return undefined;
  // It takes a free number, and tells it.
  const display = spawn(command, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(display.stdio[3] as Readable, 'data'); // a pipe, as asked for
  return { name: `:${String(number).trim()}`, process: display };
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  server.close();
  await once(server, 'close');
  return port;
};
