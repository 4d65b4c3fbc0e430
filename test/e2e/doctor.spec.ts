import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { test as base, expect } from 'playwright/test';
import type { Finding } from '../../src/doctor/finding.js';
import { type Listening, listen, readBody } from '../support/http-server.js';

const command = fileURLToPath(new URL('../../dist/doctor.js', import.meta.url));
const script = readFileSync(fileURLToPath(new URL('../../dist/rootspan.js', import.meta.url)));
const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;

interface Run {
  code: number;
  output: string;
  /** The findings of a level as `subject: message`. */
  of(level: Finding['level']): string[];
}

const doctor = (...parameters: string[]): Promise<Run> =>
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
const test = base.extend<{ serve(listener: RequestListener): Promise<Listening> }>({
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
const site =
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
const backend =
  (cors: (request: IncomingMessage) => Record<string, string>): RequestListener =>
  (request, response) => {
    response.writeHead(request.method === 'OPTIONS' ? 204 : 200, cors(request));
    response.end('{}');
  };

/** As a well-kept collector: the asking origin by name, credentials, and OTLP/JSON alone. */
const collector: RequestListener = async (request: IncomingMessage, response: ServerResponse) => {
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

test('a deployment in order has no error and no warning', async ({ serve }) => {
  const { origin } = await serve(collector);
  const api = await serve(
    backend(({ headers }) => ({
      'Access-Control-Allow-Origin': headers.origin ?? '',
      'Access-Control-Allow-Headers': 'traceparent, tracestate',
      'Access-Control-Max-Age': '7200',
      'Timing-Allow-Origin': '*',
      'Server-Timing': 'db;dur=5',
    })),
  );
  const tag = `<script src="/rootspan.js" integrity="${integrity}" data-endpoint="${origin}" data-propagate-to="${api.origin}"></script>`;
  const page = await serve(site(tag, { 'Content-Security-Policy': `connect-src ${origin} ${api.origin}` }));

  const { code, of, output } = await doctor(page.origin, '--header', 'X-Team');

  expect(output).toContain('takes OTLP/JSON');
  expect([...of('error'), ...of('warning')]).toEqual([]);
  expect(of('note')).toContainEqual(expect.stringContaining('It takes gzip and no text/plain'));
  expect(of('ok')).toContainEqual(expect.stringContaining('It allows traceparent and tracestate'));
  expect(code).toBe(0);
});

test('without --json the findings are lines with a summary', async ({ serve }) => {
  const page = await serve(site('<script src="/rootspan.js"></script>'));

  const run = await new Promise<string>((resolve) => {
    execFile(process.execPath, [command, 'doctor', page.origin], (_, stdout) => resolve(stdout));
  });

  expect(run).toMatch(/^✓ script {5}http:.*rootspan\.js is there/m);
  expect(run).toMatch(/^✗ collector {2}http:.*\/v1\/traces answered OTLP\/JSON with status 404/m);
  expect(run.trim()).toMatch(/\n1 errors, 0 warnings$/);
});

const COLLECTORS: [name: string, answer: RequestListener, level: Finding['level'], said: RegExp][] = [
  [
    'a collector that allows any origin loses beacons',
    backend(() => ({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Max-Age': '7200',
    })),
    'warning',
    /Allow-Origin is "\*": a beacon of JSON, .*never arrives. Name "http/,
  ],
  [
    'a collector without CORS cannot be reached',
    backend(() => ({})),
    'error',
    /Access-Control-Allow-Origin is missing. Send "http/,
  ],
  [
    'a collector that allows another origin cannot be reached',
    backend(() => ({ 'Access-Control-Allow-Origin': 'https://other.example' })),
    'error',
    /names "https:\/\/other.example"/,
  ],
  [
    'a collector must allow the type of the body',
    backend(({ headers }) => ({ 'Access-Control-Allow-Origin': headers.origin ?? '' })),
    'error',
    /Allow-Headers lacks content-type/,
  ],
  [
    'a preflight that asks for a login fails',
    (_, response) => void response.writeHead(401).end(),
    'error',
    /preflight got status 401. Answer OPTIONS with 204/,
  ],
  [
    'preflights that are not kept cost each visitor a round trip',
    backend(({ headers }) => ({
      'Access-Control-Allow-Origin': headers.origin ?? '',
      'Access-Control-Allow-Headers': 'content-type',
    })),
    'warning',
    /for 5 s. Send "Access-Control-Max-Age/,
  ],
];

for (const [name, answer, level, said] of COLLECTORS) {
  test(name, async ({ serve }) => {
    const { origin } = await serve(answer);
    const page = await serve(site('<script src="/rootspan.js"></script>'));

    const { code, of } = await doctor(page.origin, '--endpoint', origin);

    expect(of(level).join('\n')).toMatch(said);
    expect(code).toBe(level === 'error' ? 1 : 0);
  });
}

test('a backend that refuses the trace headers is an error', async ({ serve }) => {
  const api = await serve(
    backend(({ headers }) => ({ 'Access-Control-Allow-Origin': headers.origin ?? '' })),
  );
  const page = await serve(site('<p>no script</p>'));

  const { code, of } = await doctor(page.origin, '--propagate-to', api.origin);

  expect(of('error').join('\n')).toMatch(/Allow-Headers lacks traceparent and tracestate/);
  expect(of('error').join('\n')).toMatch(/leave it out of propagateTo/);
  expect(of('note').join('\n')).toMatch(/no script tag with rootspan.js/);
  expect(code).toBe(1);
});

test('a policy that forbids script, collector or backend is an error each', async ({ serve }) => {
  const { origin } = await serve(collector);
  const tag = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'"><script src="/rootspan.js" data-endpoint="${origin}"></script>`;
  const page = await serve(site(tag, { 'Content-Security-Policy': "script-src 'nonce-abc'" }));

  const { of } = await doctor(page.origin);

  expect(of('error').filter((line) => line.startsWith('policy'))).toEqual([
    "policy: The Content-Security-Policy forbids it by script-src 'nonce-abc'.",
    `policy: The Content-Security-Policy forbids it by connect-src 'self': add ${origin} to connect-src.`,
  ]);
});

test('a script that is missing, changed, or of the wrong type is an error', async ({ serve }) => {
  const gone = await serve(site('<script src="/scripts/rootspan.js"></script>'));
  const changed = await serve(site('<script src="/rootspan.js" integrity="sha384-AAAA"></script>'));
  const typed = await serve(({ url }, response) => {
    response.writeHead(200, { 'Content-Type': url === '/' ? 'text/html' : 'text/plain' });
    response.end(url === '/' ? '<script src="/agent.js"></script>' : script);
  });

  expect((await doctor(gone.origin)).of('error').join('\n')).toMatch(/rootspan.js got status 404/);
  expect((await doctor(changed.origin)).of('error').join('\n')).toContain(`Write "${integrity}"`);
  const run = await doctor(typed.origin, '--script', '/agent.js');
  expect(run.of('error').join('\n')).toMatch(/The script comes as "text\/plain"/);
  expect(run.of('warning').join('\n')).toMatch(/uncompressed, \d+ bytes/);
});

test('a cached page that names a trace is told from one that names a new one each time', async ({
  serve,
}) => {
  let visits = 0;
  const traceparent = (id: number) => `00-${String(id).padStart(32, '0')}-00f067aa0ba902b7-01`;
  const fresh = await serve((_, response) => {
    response.writeHead(200, { 'Server-Timing': `app;dur=3, traceparent;desc="${traceparent(++visits)}"` });
    response.end('<p>fresh</p>');
  });
  const cached = await serve(site(`<meta name="traceparent" content="${traceparent(7)}">`));
  const wrong = await serve(site('<meta name="traceparent" content="none">'));

  expect((await doctor(fresh.origin)).of('ok').join('\n')).toContain(
    "page: The page load continues the server's trace 0",
  );
  expect((await doctor(cached.origin)).of('warning').join('\n')).toMatch(
    /same traceparent: the page is cached/,
  );
  expect((await doctor(wrong.origin)).of('error').join('\n')).toMatch(/The traceparent "none" is none/);
});

test('what cannot be looked at ends with 2 and one sentence', async ({ serve }) => {
  const { origin } = await serve((_, response) => void response.writeHead(503).end());

  expect(await doctor(origin)).toMatchObject({ code: 2, output: `${origin}/ got status 503.\n` });
  expect(await doctor('http://127.0.0.1:1')).toMatchObject({
    code: 2,
    output: expect.stringMatching(/did not answer/),
  });
  expect(await doctor('shop')).toMatchObject({ code: 2, output: expect.stringMatching(/Invalid URL/) });
  expect(await doctor()).toMatchObject({
    code: 2,
    output: expect.stringContaining('rootspan doctor URL [options]'),
  });
});
