import express from 'express';
import { pool } from './database.mjs';
import { answerErrors, notFound } from './errors.mjs';
import { stopTelemetry } from './instrument.mjs';
import { log } from './log.mjs';
import { reportFailure, reportReady, stopWithParent } from './parent.mjs';

const isReady = async (_request, response) => {
  await pool.query('select 1');
  response.json({ status: 'ok' });
};

const refuseUnknown = (request) => {
  throw notFound(`There is no ${request.method} ${request.path} here.`);
};

const listen = (app) =>
  new Promise((resolve, reject) => {
    const port = Number(process.env.PORT ?? 0);
    const server = app.listen(port, '127.0.0.1', (error) => (error ? reject(error) : resolve(server)));
  });

/**
 * Serves what `addRoutes` adds to the application, on `PORT` or a free port, until the parent stops or goes.
 * `onUpgrade` takes over the connections that a page wants for a WebSocket.
 */
export const runService = async (addRoutes, onUpgrade) => {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', isReady);
  app.use(express.json({ limit: '32kb' }));
  addRoutes(app);
  app.use(refuseUnknown);
  app.use(answerErrors);
  const server = await listen(app).catch(reportFailure);
  const sockets = onUpgrade ? takeUpgrades(server, onUpgrade) : new Set();
  stopWithParent(() => stop(server, sockets));
  log.info('listening', { port: server.address().port });
  reportReady(server.address().port);
};

/** The connections that are upgraded: the server itself forgets them. */
const takeUpgrades = (server, onUpgrade) => {
  const sockets = new Set();
  server.on('upgrade', (request, socket, head) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onUpgrade(request, socket, head);
  });
  return sockets;
};

const stop = async (server, sockets) => {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  server.closeIdleConnections();
  // Requests under way may finish, but not for longer than anyone would wait at Ctrl-C.
  const impatience = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(impatience);
  await stopTelemetry();
  await pool.end();
};
