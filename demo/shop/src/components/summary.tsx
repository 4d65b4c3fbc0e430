import type { ReactNode } from 'react';
import { price } from '../money.js';
import type { FullLine } from '../use-full-cart.js';

export const totalOf = (lines: readonly FullLine[]): number =>
  lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);

/** The bill at the side of cart and checkout. */
export const Summary = ({ lines, children }: { lines: readonly FullLine[]; children?: ReactNode }) => (
  <aside className="panel summary" aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <dl className="facts">
      {lines.map(({ product, quantity }) => (
        <div key={product.id}>
          <dt>
            {product.name} <span className="muted">× {quantity}</span>
          </dt>
          <dd>{price(product.priceCents * quantity)}</dd>
        </div>
      ))}
      <div>
        <dt>Delivery</dt>
        <dd>free</dd>
      </div>
      <div className="total">
        <dt>Total</dt>
        <dd>{price(totalOf(lines))}</dd>
      </div>
    </dl>
    {children}
  </aside>
);
