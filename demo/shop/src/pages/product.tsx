import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { fetchProduct, type Product } from '../api.js';
import { addToCart } from '../cart.js';
import { LoadFailure } from '../components/load-state.js';
import { ProductArt } from '../components/product-art.js';
import { Quantity } from '../components/quantity.js';
import { Stock } from '../components/stock.js';
import { price } from '../money.js';
import { useResource } from '../use-resource.js';
import { useTitle } from '../use-title.js';

const Buy = ({ product }: { product: Product }) => {
  const [quantity, setQuantity] = useState(1);
  const [added, setAdded] = useState(0);
  const add = () => {
    addToCart(product.id, quantity);
    setAdded(added + quantity);
  };
  return (
    <div className="buy">
      <Quantity name={product.name} value={quantity} onChange={setQuantity} />
      <button type="button" className="button" disabled={product.stock === 0} onClick={add}>
        {product.stock === 0 ? 'Sold out' : 'Add to cart'}
      </button>
      <p role="status" className="added">
        {added > 0 && (
          <>
            {added} in the cart. <Link to="/cart">Go to cart</Link>
          </>
        )}
      </p>
    </div>
  );
};

const Details = ({ product }: { product: Product }) => {
  useTitle(product.name);
  return (
    <div className="product">
      <ProductArt product={product} large />
      <div className="product-text">
        <h1>{product.name}</h1>
        <p className="price large">{price(product.priceCents)}</p>
        <p className="lead">{product.description}</p>
        <Buy product={product} />
        <Stock productId={product.id} initial={product.stock} />
        <ul className="promises">
          <li>Free delivery, sent within two days</li>
          <li>Thirty days to think it over</li>
          <li>Mended for free in the first five years</li>
        </ul>
      </div>
    </div>
  );
};

export const ProductPage = () => {
  const { id = '' } = useParams();
  const { resource, reload } = useResource(id, (signal) => fetchProduct(id, signal));
  return (
    <div className="wrap page">
      <nav aria-label="Breadcrumb" className="crumbs">
        <Link to="/">All goods</Link>
      </nav>
      {resource.state === 'loading' && (
        <div className="product skeleton tall" role="status" aria-label="Loading" />
      )}
      {resource.state === 'failed' && <LoadFailure error={resource.error} onRetry={reload} />}
      {resource.state === 'ready' && <Details product={resource.value} key={id} />}
    </div>
  );
};
