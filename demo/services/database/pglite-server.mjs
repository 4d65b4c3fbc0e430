// PGlite behind a socket, in a process of its own: its WebAssembly blocks the thread while a query runs.
import { createServer } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketHandler } from '@electric-sql/pglite-socket';
import { reportReady, stopWithParent } from '../runtime/parent.mjs';
import { createExclusiveQueue } from './exclusive-queue.mjs';

const database = await PGlite.create(process.env.DATA_DIR || undefined);
const queryQueue = createExclusiveQueue(database);
const sockets = new Set();

const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  new PGLiteSocketHandler({ queryQueue }).attach(socket);
});

server.listen(0, '127.0.0.1', () => reportReady(server.address().port));

stopWithParent(async () => {
  server.close();
  for (const socket of sockets) socket.destroy();
  await database.close();
});
