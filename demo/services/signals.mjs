const EVENTS = ['the oven is hot', 'the loaf is in', 'the loaf is out'];
const EVENT_MS = 80;
const SILENCE_MS = 5000;
const LARGE_BYTES = 1_500_000;

const streamEvents = (_request, response) => {
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
  const waiting = [...EVENTS];
  const timer = setInterval(() => {
    const text = waiting.shift();
    // The stream stays open, as a client that has not closed it would only come again.
    if (text) response.write(`data: ${text}\n\n`);
    else clearInterval(timer);
  }, EVENT_MS);
  response.once('close', () => clearInterval(timer));
};

/** An answer that takes longer than the page cares to wait. */
const staySilent = (_request, response) => {
  const timer = setTimeout(() => response.status(204).end(), SILENCE_MS);
  response.once('close', () => clearTimeout(timer));
};

/** To the page it looks as if the network had failed. */
const hangUp = (request) => request.socket.destroy();

const takeBeacon = (_request, response) => response.status(204).end();

/** A small drawing that comes with much ballast. */
const sendLarge = (_request, response) => {
  const drawing = '<rect width="64" height="32" rx="6" fill="#9c4f30"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="32">${drawing}<!--`;
  response
    .set('cache-control', 'no-store')
    .type('svg')
    .send(`${svg.padEnd(LARGE_BYTES, '.')}--></svg>`);
};

/** What the shop's page of signals asks for. No database: its sleep would hold up the other visitors. */
export const serveSignals = (app) => {
  app.get('/api/signals/events', streamEvents);
  app.get('/api/signals/silence', staySilent);
  app.get('/api/signals/hang-up', hangUp);
  app.get('/api/signals/large.svg', sendLarge);
  app.post('/api/signals/beacon', takeBeacon);
};
