import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { test as base } from 'playwright/test';
import type { Finding } from '../../../src/doctor/finding.js';
import { type Listening, listen, readBody } from '../../support/http-server.js';

export const command = fileURLToPath(new URL('../../../dist/doctor.js', import.meta.url));
export const script = readFileSync(fileURLToPath(new URL('../../../dist/rootspan.js', import.meta.url)));
export const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;

interface Run {
  code: number;
  output: string;
  /** The findings of a level as `subject: message`. */
  of(level: Finding['level']): string[];
}

export const doctor = (...parameters: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, 'doctor', '--json', ...parameters], (error, stdout, stderr) => {
      const findings: Finding[] = stdout ? JSON.parse(stdout) : [];
      const of = (wanted: string) =>
        findings
          .filter(({ level }) => level === wanted)
          .map(({ subject, message }) => `${subject}: ${message}`);
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr, of });
    });
  });

/** Starts servers that end with the test. */
export const test = base.extend<{ serve(listener: RequestListener): Promise<Listening> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
  serve: async ({}, use) => {
    const servers: Listening[] = [];
    await use(async (listener) => {
      const server = await listen(listener);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.stop();
  },
});

/** A site: `html` at `/`, and the agent's script, compressed. */
export const site =
  (html: string, headers: Record<string, string> = {}): RequestListener =>
  ({ url }, response) => {
    if (url === '/rootspan.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Encoding': 'gzip' });
      return void response.end(gzipSync(script));
    }
    response.writeHead(url === '/' ? 200 : 404, { 'Content-Type': 'text/html', ...headers });
    response.end(html);
  };

/** A backend that answers preflights with `cors`, and everything else with 200. */
export const backend =
  (cors: (request: IncomingMessage) => Record<string, string>): RequestListener =>
  (request, response) => {
    response.writeHead(request.method === 'OPTIONS' ? 204 : 200, cors(request));
    response.end('{}');
  };

/** Allows all that a page asks for. */
export const open = ({ headers }: IncomingMessage): Record<string, string> => ({
  'Access-Control-Allow-Origin': headers.origin ?? '',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
  'Access-Control-Max-Age': '7200',
});

/** As a well-kept collector: the asking origin by name, credentials, and OTLP/JSON alone. */
export const collector: RequestListener = async (request: IncomingMessage, response: ServerResponse) => {
  const isJson = request.headers['content-type'] === 'application/json';
  await readBody(request);
  response.writeHead(request.method === 'OPTIONS' ? 204 : isJson ? 200 : 415, {
    'Access-Control-Allow-Origin': request.headers.origin ?? '',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': 'content-type, x-team',
    'Access-Control-Max-Age': '7200',
  });
  response.end('{}');
};
