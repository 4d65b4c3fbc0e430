import { execFile } from 'node:child_process';
import process from 'node:process';
import { expect } from 'playwright/test';
import { backend, collector, command, doctor, integrity, script, site, test } from './support/doctor.js';

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

test('tags that browsers ignore are ignored', async ({ serve }) => {
  const broken = '<base href="https://"><script src="https://"></script>';
  // A thousand levels would do for a person, not for a generator of pages.
  const deep = '<div>'.repeat(20_000);
  const page = await serve(site(`${broken}${deep}<script src="/rootspan.js"></script>`));

  const { of } = await doctor(page.origin);

  expect(of('ok').join('\n')).toContain(`script: ${page.origin}/rootspan.js is there`);
});

test('an address that is no URL is told by the name of its option', async ({ serve }) => {
  const tag = '<script src="/rootspan.js" data-endpoint="https://" data-propagate-to="http://["></script>';
  const page = await serve(site(tag));

  const { code, of } = await doctor(page.origin);

  expect(of('error')).toEqual([
    'collector: The endpoint "https://" is no URL.',
    'propagateTo: The backend "http://[" is no URL.',
  ]);
  expect(of('ok').join('\n')).toContain('rootspan.js is there');
  expect(code).toBe(1);
});

test('what a page says reaches the terminal without control characters', async ({ serve }) => {
  const page = await serve(site('<meta name="traceparent" content="\u001b[2Jnone">'));

  const run = await new Promise<string>((resolve) => {
    execFile(process.execPath, [command, 'doctor', page.origin], (_, stdout) => resolve(stdout));
  });

  expect(run).toContain('The traceparent "[2Jnone" is none');
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
