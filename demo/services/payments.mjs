import { pool } from './runtime/database.mjs';
import { PaymentDeclinedError } from './runtime/errors.mjs';
import { log } from './runtime/log.mjs';
import { runService } from './runtime/service.mjs';
import { demand, isCount, isUuid } from './runtime/validate.mjs';

/** The database refuses a card by this constraint, so that the failure begins in SQL. */
const DECLINED = 'card_declined';

const readPayment = ({ orderId, amountCents, card } = {}) => {
  demand(isUuid(orderId), 'orderId must be the id of an order.');
  demand(isCount(amountCents, 100_000_000), 'amountCents must be a whole number from 1 to 100000000.');
  demand(typeof card === 'string' && /^\d{12,19}$/.test(card), 'card must be a number of 12 to 19 digits.');
  return { orderId, amountCents, cardLast4: card.slice(-4) };
};

// Of the card only the last four digits reach the database.
const insertPayment = async ({ orderId, amountCents, cardLast4 }) => {
  const { rows } = await pool.query(
    'INSERT INTO shop.payments (order_id, amount_cents, card_last4) VALUES ($1, $2, $3) RETURNING id',
    [orderId, amountCents, cardLast4],
  );
  return rows[0].id;
};

const pay = async (request, response) => {
  const payment = readPayment(request.body);
  try {
    const paymentId = await insertPayment(payment);
    log.info('payment taken', { order_id: payment.orderId, amount_cents: payment.amountCents });
    response.status(201).json({ paymentId });
  } catch (error) {
    throw error.constraint === DECLINED ? new PaymentDeclinedError(error) : error;
  }
};

await runService((app) => app.post('/payments', pay));
