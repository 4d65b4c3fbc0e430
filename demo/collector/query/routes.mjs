import { Hono } from 'hono';
import { streamLive } from '../live.mjs';
import { listErrors, readError } from './errors.mjs';
import { readFacets, readOverview, readStats } from './overview.mjs';
import { BadParameter } from './parameters.mjs';
import { listSessions, readSession } from './sessions.mjs';
import { readTrace } from './trace.mjs';
import { listTraces } from './trace-list.mjs';

const parametersOf = (context) => new URL(context.req.url).searchParams;

const found = (context, value, what) =>
  value ? context.json(value) : context.json({ error: `${what} is not stored` }, 404);

/** The query API of the viewer. */
export const createQueries = ({ store: { read }, live }) => {
  const app = new Hono();
  const get = (path, query) =>
    app.get(path, async (context) => context.json(await query(read, parametersOf(context))));
  get('/traces', listTraces);
  get('/sessions', listSessions);
  get('/errors', listErrors);
  get('/facets', readFacets);
  get('/overview', readOverview);
  get('/stats', readStats);
  app.get('/traces/:id', async (context) =>
    found(context, await readTrace(read, context.req.param('id')), 'that trace'),
  );
  app.get('/sessions/:id', async (context) =>
    found(context, await readSession(read, context.req.param('id')), 'that session'),
  );
  app.get('/errors/:id', async (context) =>
    found(context, await readError(read, context.req.param('id')), 'that error'),
  );
  app.get('/live', (context) => streamLive(context, live));
  app.onError((error, context) =>
    context.json({ error: error.message }, error instanceof BadParameter ? 400 : 500),
  );
  return app;
};
