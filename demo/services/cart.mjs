import { pool } from './runtime/database.mjs';
import { badRequest, HttpError } from './runtime/errors.mjs';
import { demand, isCount } from './runtime/validate.mjs';

/** A product's id out of a URL or a body, or undefined. */
export const toProductId = (value) => {
  const id = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  return id > 0 ? id : undefined;
};

const isItem = (item) => toProductId(item?.productId) !== undefined && isCount(item.quantity, 99);

/** Checks the body of a checkout; the quantities of a product that is named twice are added. */
export const readCheckout = ({ items, card } = {}) => {
  demand(
    Array.isArray(items) && items.length > 0 && items.length <= 50,
    'items must be a list of 1 to 50 entries.',
  );
  demand(items.every(isItem), 'Each item needs a productId and a quantity from 1 to 99.');
  const digits = typeof card === 'string' ? card.replace(/[ -]/g, '') : '';
  demand(/^\d{12,19}$/.test(digits), 'card must be a number of 12 to 19 digits, in a string.');
  const quantities = new Map();
  for (const { productId, quantity } of items) {
    const id = toProductId(productId);
    quantities.set(id, (quantities.get(id) ?? 0) + quantity);
  }
  return { quantities, card: digits };
};

/** Order lines at the database's prices: what a browser says about a price counts for nothing. */
export const priceCart = async (quantities) => {
  const { rows } = await pool.query(
    'SELECT id, name, price_cents, stock FROM shop.products WHERE id = ANY($1::int[])',
    [[...quantities.keys()]],
  );
  const products = new Map(rows.map((row) => [row.id, row]));
  return Array.from(quantities, ([id, quantity]) => toLine(id, quantity, products.get(id)));
};

const toLine = (productId, quantity, product) => {
  if (!product) throw badRequest(`There is no product ${productId}.`);
  if (product.stock < quantity) {
    throw new HttpError(409, 'out_of_stock', `Only ${product.stock} of "${product.name}" are in stock.`);
  }
  return { productId, quantity, unitPriceCents: product.price_cents };
};
