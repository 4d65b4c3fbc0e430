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

const addViewer = (app, root) => {
  app.get('*', serveStatic({ root }));
  // Addresses inside the viewer are its own routes.
  app.get('*', serveStatic({ root, path: 'index.html' }));
};

/** The whole collector as one fetch handler: OTLP below `/v1`, queries below `/api`, the viewer for the rest. */
export const createApp = ({ store, live, viewerDir, allowedOrigins, maxBytes }) => {
  const app = new Hono();
  app.use('/v1/*', ingestCors(allowedOrigins));
  app.route('/v1', createIngest({ store, maxBytes }));
  app.all('/v1/*', (context) => context.json({ code: 12, message: 'no such signal' }, 404));
  app.route('/api', createQueries({ store, live }));
  app.all('/api/*', (context) => context.json({ error: 'no such query' }, 404));
  if (viewerDir) addViewer(app, viewerDir);
  app.onError((error, context) => context.json({ error: error.message }, 500));
  return app;
};
