import { isIP } from 'node:net';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createIngest } from './ingest/routes.mjs';
import { createQueries } from './query/routes.mjs';

// The concrete origin, never `*`: a beacon is sent with credentials, and those refuse the star.
const originRule = (allowed) => (origin) => (allowed === '*' || allowed.includes(origin) ? origin : null);

const ingestCors = (allowedOrigins) =>
  cors({
    origin: originRule(allowedOrigins),
    credentials: true,
    allowMethods: ['POST'],
    allowHeaders: ['Content-Type', 'Content-Encoding'],
    exposeHeaders: ['Retry-After'],
    maxAge: 7200,
  });

const isOwnName = (name, host) =>
  name === 'localhost' || name === host || isIP(name.replace(/^\[|\]$/g, '')) > 0;

// A page may make its own name lead to this machine, and would then be of the same origin; an address it cannot.
const refuseOtherNames = (host) => async (context, next) => {
  const name = new URL(context.req.url).hostname;
  if (isOwnName(name, host)) return next();
  return context.json({ error: `${name} is no name of this collector: see --host` }, 403);
};

const addViewer = (app, root) => {
  app.get('*', serveStatic({ root }));
  // Addresses inside the viewer are its own routes.
  app.get('*', serveStatic({ root, path: 'index.html' }));
};

/** The whole collector as one fetch handler: OTLP below `/v1`, queries below `/api`, the viewer for the rest. */
export const createApp = ({ store, live, host, viewerDir, allowedOrigins, maxBytes }) => {
  const app = new Hono();
  app.use('/v1/*', ingestCors(allowedOrigins));
  app.route('/v1', createIngest({ store, maxBytes }));
  app.all('/v1/*', (context) => context.json({ code: 12, message: 'no such signal' }, 404));
  app.use('/api/*', refuseOtherNames(host));
  app.route('/api', createQueries({ store, live }));
  app.all('/api/*', (context) => context.json({ error: 'no such query' }, 404));
  if (viewerDir) addViewer(app, viewerDir);
  app.onError((error, context) => context.json({ error: error.message }, 500));
  return app;
};
