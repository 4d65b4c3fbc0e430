import { inTransaction, pool } from './runtime/database.mjs';
import { notFound, PaymentDeclinedError } from './runtime/errors.mjs';
import { log } from './runtime/log.mjs';
import { createPeer } from './runtime/peer.mjs';
import { runService } from './runtime/service.mjs';
import { demand, isCount, isUuid } from './runtime/validate.mjs';

const payments = createPeer('payments', process.env.PAYMENTS_URL);

const LARGEST_TOTAL_CENTS = 100_000_000;

const isLine = (line) =>
  isCount(line?.productId, 2 ** 31 - 1) &&
  isCount(line.quantity, 1000) &&
  isCount(line.unitPriceCents, 1_000_000);

const readOrder = ({ lines, card } = {}) => {
  demand(
    Array.isArray(lines) && lines.length > 0 && lines.length <= 50,
    'lines must be a list of 1 to 50 entries.',
  );
  demand(
    lines.every(isLine),
    'Each line needs a productId, a quantity and unitPriceCents, all whole numbers.',
  );
  demand(totalOf(lines) <= LARGEST_TOTAL_CENTS, `An order may cost at most ${LARGEST_TOTAL_CENTS} cents.`);
  demand(typeof card === 'string', 'card must be a string.');
  return { lines, card };
};

const totalOf = (lines) => lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);

const insertOrder = (lines) =>
  inTransaction(async (client) => {
    const order = await client.query('INSERT INTO shop.orders (total_cents) VALUES ($1) RETURNING id', [
      totalOf(lines),
    ]);
    const { id } = order.rows[0];
    await client.query(
      `INSERT INTO shop.order_lines (order_id, product_id, quantity, unit_price_cents)
       SELECT $1, * FROM unnest($2::int[], $3::int[], $4::int[])`,
      [id, ...['productId', 'quantity', 'unitPriceCents'].map((key) => lines.map((line) => line[key]))],
    );
    return id;
  });

const setStatus = (id, status) =>
  pool.query('UPDATE shop.orders SET status = $2 WHERE id = $1', [id, status]);

// The transaction is over before the payment is asked for: nothing in the database waits for another service.
const placeOrder = async (request, response) => {
  const { lines, card } = readOrder(request.body);
  const totalCents = totalOf(lines);
  const orderId = await insertOrder(lines);
  try {
    await payments('POST', '/payments', { orderId, amountCents: totalCents, card });
  } catch (error) {
    await setStatus(orderId, error instanceof PaymentDeclinedError ? 'declined' : 'failed');
    throw error;
  }
  await setStatus(orderId, 'paid');
  log.info('order paid', { order_id: orderId, total_cents: totalCents });
  response.status(201).json({ orderId, status: 'paid', totalCents });
};

const findOrder = async (id) => {
  const { rows } = await pool.query('SELECT id, status, total_cents FROM shop.orders WHERE id = $1', [id]);
  if (!rows[0]) throw notFound('There is no order with this id.');
  return rows[0];
};

const findLines = async (id) => {
  const { rows } = await pool.query(
    'SELECT product_id, quantity FROM shop.order_lines WHERE order_id = $1 ORDER BY product_id',
    [id],
  );
  return rows.map((line) => ({ productId: String(line.product_id), quantity: line.quantity }));
};

const showOrder = async ({ params: { id } }, response) => {
  demand(isUuid(id), 'The id of an order is a UUID.');
  const order = await findOrder(id);
  const items = await findLines(id);
  response.json({ orderId: order.id, status: order.status, totalCents: order.total_cents, items });
};

await runService((app) => {
  app.post('/orders', placeOrder);
  app.get('/orders/:id', showOrder);
});
