import { fetchProducts, type Product } from './api.js';
import { useCart } from './cart.js';
import { useResource } from './use-resource.js';

export interface FullLine {
  product: Product;
  quantity: number;
}

/** The cart's lines with their products; a product that is no longer sold is left out. */
export const useFullCart = () => {
  const cart = useCart();
  const { resource, reload } = useResource('products', fetchProducts);
  const products = resource.state === 'ready' ? resource.value : [];
  const lines = cart.flatMap(({ productId, quantity }): FullLine[] => {
    const product = products.find(({ id }) => id === productId);
    return product ? [{ product, quantity }] : [];
  });
  return { resource, reload, lines, isEmpty: cart.length === 0 };
};
