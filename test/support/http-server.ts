import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A listening server on a free port of the loopback interface. */
export interface Listening {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts `listener` on 127.0.0.1. `stop` cuts open connections: a hanging answer must not keep a test alive. */
export const listen = async (
  listener: RequestListener,
  onUpgrade?: (request: IncomingMessage, socket: Duplex) => void,
): Promise<Listening> => {
  const server = createServer(listener);
  // A connection that is used again must not be closed at that very moment.
  server.keepAliveTimeout = 0;
  const upgraded = new Set<Duplex>();
  if (onUpgrade)
    server.on('upgrade', (request, socket) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      onUpgrade(request, socket);
    });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        // These are no longer the server's.
        for (const socket of upgraded) socket.destroy();
      }),
  };
};

/** The whole body; what has come when the client hangs up. */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // An aborted upload: the test sees a short body.
  }
  return Buffer.concat(chunks);
};

/** CORS for exactly the asking origin, as credentials need it; preflights are answered with what they ask for. */
export const corsHeaders = ({ headers }: IncomingMessage): Record<string, string> => ({
  'Access-Control-Allow-Origin': headers.origin ?? '*',
  ...(headers.origin ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': String(headers['access-control-request-headers'] ?? ''),
  'Access-Control-Expose-Headers': 'Server-Timing, Retry-After',
  'Timing-Allow-Origin': '*',
  Vary: 'Origin',
});

/** Calls `find` until it gives something, at most `timeout` milliseconds; `describe` says what was there instead. */
export const waitFor = async <T>(
  find: () => T | undefined,
  timeout: number,
  describe: () => string,
): Promise<T> => {
  const end = Date.now() + timeout;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Nothing matched within ${timeout} ms. There was: ${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
