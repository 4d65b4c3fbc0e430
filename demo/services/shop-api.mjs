import { priceCart, readCheckout, toProductId } from './cart.mjs';
import { servePages } from './pages.mjs';
import { pool } from './runtime/database.mjs';
import { echoWebSocket } from './runtime/echo.mjs';
import { notFound } from './runtime/errors.mjs';
import { log } from './runtime/log.mjs';
import { createPeer } from './runtime/peer.mjs';
import { runService } from './runtime/service.mjs';
import { demand, isUuid } from './runtime/validate.mjs';
import { serveSignals } from './signals.mjs';

const orders = createPeer('orders', process.env.ORDERS_URL);

const COLUMNS = 'id, name, description, price_cents, image, stock';
const LONGEST_WAIT_MS = 10_000;

const toProduct = ({ id, price_cents, ...product }) => ({
  id: String(id),
  ...product,
  priceCents: price_cents,
});

const listProducts = async (_request, response) => {
  const { rows } = await pool.query(`SELECT ${COLUMNS} FROM shop.products ORDER BY id`);
  response.json(rows.map(toProduct));
};

const showProduct = async ({ params }, response) => {
  // An id that cannot exist is asked for all the same: the trace should show the look-up that found nothing.
  const { rows } = await pool.query(`SELECT ${COLUMNS} FROM shop.products WHERE id = $1`, [
    toProductId(params.id) ?? 0,
  ]);
  if (!rows[0]) throw notFound('There is no product with this id.');
  response.json(toProduct(rows[0]));
};

const answerSlowly = async ({ query }, response) => {
  const milliseconds = Number(query.ms ?? 1500);
  demand(
    milliseconds >= 0 && milliseconds <= LONGEST_WAIT_MS,
    `ms must be a number from 0 to ${LONGEST_WAIT_MS}.`,
  );
  await pool.query('SELECT pg_sleep($1)', [milliseconds / 1000]);
  response.json({ milliseconds });
};

const fail = () => {
  throw new TypeError('The recommendations have no entry for this season.');
};

const checkOut = async ({ body }, response) => {
  const { quantities, card } = readCheckout(body);
  const lines = await priceCart(quantities);
  const order = await orders('POST', '/orders', { lines, card });
  log.info('checked out', { order_id: order.orderId, total_cents: order.totalCents });
  response.status(201).json(order);
};

const showOrder = async ({ params: { id } }, response) => {
  demand(isUuid(id), 'The id of an order is a UUID.');
  response.json(await orders('GET', `/orders/${id}`));
};

await runService((app) => {
  app.get('/api/products', listProducts);
  app.get('/api/products/:id', showProduct);
  app.get('/api/slow', answerSlowly);
  app.get('/api/fail', fail);
  app.post('/api/checkout', checkOut);
  app.get('/api/orders/:id', showOrder);
  serveSignals(app);
  servePages(app, process.env.STATIC_DIR, JSON.parse(process.env.PAGE_VALUES ?? '{}'));
}, echoWebSocket('/api/signals/echo'));
