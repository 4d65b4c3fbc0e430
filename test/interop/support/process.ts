import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of another language, started for a test. */
export interface ServerProcess {
  stop(): Promise<void>;
}

/** A port of the loopback interface that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Starts `command` and waits until `healthUrl` answers. What it says is told if it does not come up. */
export const startProcess = async (
  [command = '', ...parameters]: string[],
  healthUrl: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> => {
  const child = spawn(command, parameters, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (text) => {
      said = (said + text).slice(-4000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await answers(child, healthUrl, () => said);
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const answers = async (child: ChildProcess, url: string, said: () => string): Promise<void> => {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) break;
    const response = await fetch(url).catch(() => undefined);
    if (response) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${child.spawnfile} did not come up. It said:\n${said()}`);
};
