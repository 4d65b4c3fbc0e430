import { Link } from 'react-router';
import type { Product } from '../api.js';
import { addToCart } from '../cart.js';
import { price } from '../money.js';
import { ProductArt } from './product-art.js';

export const ProductCard = ({ product }: { product: Product }) => (
  <article className="card">
    <ProductArt product={product} />
    <div className="card-text">
      <h3>
        <Link to={`/products/${product.id}`}>{product.name}</Link>
      </h3>
      <p className="price">{price(product.priceCents)}</p>
    </div>
    <button
      type="button"
      className="button quiet"
      aria-label={`Add ${product.name} to cart`}
      disabled={product.stock === 0}
      onClick={() => addToCart(product.id)}
    >
      {product.stock === 0 ? 'Sold out' : 'Add to cart'}
    </button>
  </article>
);
