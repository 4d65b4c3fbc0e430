import { useState } from 'react';
import { Link } from 'react-router';
import { fetchProducts, fetchSlowly, type Product } from '../api.js';
import { CardSkeletons, LoadFailure } from '../components/load-state.js';
import { ProductCard } from '../components/product-card.js';
import { Hourglass } from '../components/scenes.js';
import { useResource } from '../use-resource.js';
import { useTitle } from '../use-title.js';

const BACKEND_MS = 1500;
const BLOCKED_MS = 600;

// One after the other on purpose: the waterfall shows the second waiting for the first.
const findGifts = async (signal: AbortSignal): Promise<Product[]> => {
  await fetchSlowly(BACKEND_MS, signal);
  return (await fetchProducts(signal)).slice(0, 3);
};

/** Keeps the page's thread busy, as a careless shop would: the click on it becomes a poor INP. */
const wrapByHand = (): void => {
  const end = performance.now() + BLOCKED_MS;
  while (performance.now() < end);
};

const Wrapping = () => {
  const [wrapped, setWrapped] = useState(0);
  const wrap = () => {
    wrapByHand();
    setWrapped(wrapped + 1);
  };
  return (
    <p className="actions">
      <button type="button" className="button quiet" onClick={wrap}>
        Wrap them by hand
      </button>
      <output>
        {wrapped > 0 && `Wrapped ${wrapped === 1 ? 'once' : `${wrapped} times`}; the page froze meanwhile.`}
      </output>
    </p>
  );
};

export const SlowPage = () => {
  useTitle('Gift finder');
  const { resource, reload } = useResource('gifts', findGifts);
  return (
    <div className="wrap page">
      <h1>Gift finder</h1>
      <p className="lead">
        It thinks for {BACKEND_MS / 1000} seconds before it suggests anything. Meanwhile you can{' '}
        <Link to="/">browse</Link>.
      </p>
      {resource.state === 'loading' && (
        <>
          <Hourglass />
          <CardSkeletons count={3} />
        </>
      )}
      {resource.state === 'failed' && <LoadFailure error={resource.error} onRetry={reload} />}
      {resource.state === 'ready' && (
        <>
          <div className="grid">
            {resource.value.map((product) => (
              <ProductCard key={product.id} product={product} />
            ))}
          </div>
          <Wrapping />
        </>
      )}
    </div>
  );
};
