// PGlite behind a socket, in a process of its own: its WebAssembly blocks the thread while a query runs.
import { createServer } from 'node:net';
import { PGLiteSocketHandler } from '@electric-sql/pglite-socket';
import { reportReady, stopWithParent } from '../runtime/parent.mjs';
import { createDatabase } from './create-database.mjs';
import { createExclusiveQueue } from './exclusive-queue.mjs';

const database = await createDatabase(process.env.DATA_DIR);
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
