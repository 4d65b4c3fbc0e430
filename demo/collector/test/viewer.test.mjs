import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { current, eachWithCollector, restart } from './support.mjs';

eachWithCollector();

const withViewer = async () => {
  const viewerDir = await mkdtemp(join(tmpdir(), 'viewer-'));
  onTestFinished(() => rm(viewerDir, { recursive: true, force: true }));
  await writeFile(join(viewerDir, 'index.html'), '<title>viewer</title>');
  await writeFile(join(viewerDir, 'app.js'), 'export {};');
  await restart({ viewerDir });
};

test('files are served, and its own routes lead to its page', async () => {
  await withViewer();

  const script = await fetch(`${current().url}/app.js`);
  const page = await fetch(`${current().url}/trace/abc`);

  expect(script.headers.get('content-type')).toContain('javascript');
  expect(await page.text()).toBe('<title>viewer</title>');
  expect((await fetch(`${current().url}/api/nothing`)).status).toBe(404);
});

test('nothing outside of its folder is served', async () => {
  await withViewer();
  const raw = (path) =>
    new Promise((resolve) => {
      const socket = connect(current().port, '127.0.0.1', () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
    });

  for (const path of [
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
  ]) {
    expect(await raw(path)).not.toContain('root:');
  }
});
