import { fetchProducts } from '../api.js';
import { CardSkeletons, LoadFailure } from '../components/load-state.js';
import { ProductCard } from '../components/product-card.js';
import { Morning } from '../components/scenes.js';
import { useResource } from '../use-resource.js';
import { useTitle } from '../use-title.js';

const Hero = () => (
  <section className="hero">
    <div className="wrap hero-row">
      <div>
        <p className="eyebrow">The kitchen table, slowly</p>
        <h1>Things that get better with use</h1>
        <p className="lead">
          Pots, cups and cloth by small workshops, made to be used each day and mended when they break.
        </p>
        <a className="button" href="#goods">
          See the goods
        </a>
      </div>
      <Morning />
    </div>
  </section>
);

export const ProductsPage = () => {
  useTitle('Shop');
  const { resource, reload } = useResource('products', fetchProducts);
  return (
    <>
      <Hero />
      <section className="wrap page" id="goods" aria-labelledby="goods-title">
        <div className="section-head">
          <h2 id="goods-title">All goods</h2>
          {resource.state === 'ready' && <p className="muted">{resource.value.length} things</p>}
        </div>
        {resource.state === 'loading' && <CardSkeletons count={8} />}
        {resource.state === 'failed' && <LoadFailure error={resource.error} onRetry={reload} />}
        {resource.state === 'ready' && (
          <div className="grid">
            {resource.value.map((product) => (
              <ProductCard key={product.id} product={product} />
            ))}
          </div>
        )}
      </section>
    </>
  );
};
