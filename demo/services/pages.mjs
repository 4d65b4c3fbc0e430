import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import express from 'express';

const PLACEHOLDER = '<!--traceparent-->';
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

/** The server span of this very request: the browser's page load continues it. */
const traceparentMeta = () => {
  const context = trace.getActiveSpan()?.spanContext();
  if (!context || !isSpanContextValid(context)) return '';
  const flags = context.traceFlags.toString(16).padStart(2, '0');
  return `<meta name="traceparent" content="00-${context.traceId}-${context.spanId}-${flags}">`;
};

// Replacements are functions, as a `$` in a string would mean something.
const fillIn = (html, values) => {
  const page = html.replace(/__([A-Z_]+?)__/g, (found, name) =>
    Object.hasOwn(values, name) ? escapeHtml(String(values[name])) : found,
  );
  const place = page.includes(PLACEHOLDER) ? PLACEHOLDER : /(?=<\/head>)/i;
  return page.replace(place, traceparentMeta);
};

/** A page of its own if there is one, else the single-page app, whose routes only the browser knows. */
const candidates = (path) => {
  if (path.endsWith('.html')) return [path];
  return path.endsWith('/') ? [`${path}index.html`, 'index.html'] : ['index.html'];
};

const readFirst = async (staticDir, paths) => {
  for (const path of paths) {
    try {
      // Normalised as an absolute path, so that `..` ends at the root of `staticDir`.
      return await readFile(join(staticDir, normalize(`/${path}`)), 'utf8');
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    }
  }
  return undefined;
};

const isPage = (path) => !path.startsWith('/api/') && /(\.html|\/[^./]*)$/.test(path);

/** Serves the built shop; `values` replace `__NAME__` in its pages. */
export const servePages = (app, staticDir, values) => {
  if (!staticDir) return;
  const sendPage = async (request, response, next) => {
    const html = isPage(request.path) && (await readFirst(staticDir, candidates(request.path)));
    if (!html) return next();
    // A stored page would bring an old trace's id back.
    response.set('cache-control', 'no-store').type('html').send(fillIn(html, values));
  };
  app.get('/', sendPage);
  app.get('/*page', sendPage);
  app.use(express.static(staticDir, { index: false }));
};
