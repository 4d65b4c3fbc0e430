import { Link } from 'react-router';
import { setQuantity } from '../cart.js';
import { LoadFailure } from '../components/load-state.js';
import { ProductArt } from '../components/product-art.js';
import { Quantity } from '../components/quantity.js';
import { EmptyBasket } from '../components/scenes.js';
import { Summary } from '../components/summary.js';
import { price } from '../money.js';
import { type FullLine, useFullCart } from '../use-full-cart.js';
import { useTitle } from '../use-title.js';

const Line = ({ product, quantity }: FullLine) => (
  <li className="line">
    <ProductArt product={product} />
    <div>
      <h2>
        <Link to={`/products/${product.id}`}>{product.name}</Link>
      </h2>
      <p className="muted">{price(product.priceCents)} each</p>
      <button type="button" className="link" onClick={() => setQuantity(product.id, 0)}>
        Remove<span className="hidden"> {product.name}</span>
      </button>
    </div>
    <Quantity name={product.name} value={quantity} onChange={(value) => setQuantity(product.id, value)} />
    <p className="price">{price(product.priceCents * quantity)}</p>
  </li>
);

const Empty = () => (
  <div className="notice-page">
    <EmptyBasket />
    <p className="lead">Nothing in it yet.</p>
    <Link className="button" to="/">
      Look around
    </Link>
  </div>
);

export const CartPage = () => {
  useTitle('Cart');
  const { resource, reload, lines, isEmpty } = useFullCart();
  return (
    <div className="wrap page">
      <h1>Your cart</h1>
      {isEmpty && <Empty />}
      {!isEmpty && resource.state === 'failed' && <LoadFailure error={resource.error} onRetry={reload} />}
      {!isEmpty && resource.state !== 'failed' && (
        <div className="with-side">
          <ul className="lines" aria-busy={resource.state === 'loading'}>
            {lines.map((line) => (
              <Line key={line.product.id} {...line} />
            ))}
          </ul>
          <Summary lines={lines}>
            <Link className="button wide" to="/checkout">
              Go to checkout
            </Link>
          </Summary>
        </div>
      )}
    </div>
  );
};
