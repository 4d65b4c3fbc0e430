import { requestJson } from './request-json.js';

export interface Product {
  id: string;
  name: string;
  description: string;
  priceCents: number;
  image: string;
  stock: number;
}

export interface Order {
  orderId: string;
  status: string;
  totalCents: number;
  items: { productId: string; quantity: number }[];
}

export interface Checkout {
  items: readonly { productId: string; quantity: number }[];
  card: string;
}

export type CheckoutResult =
  | { kind: 'placed'; orderId: string; totalCents: number }
  | { kind: 'declined'; reference: string };

const read = async <T>(url: string, signal: AbortSignal): Promise<T> => {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
};

export const fetchProducts = (signal: AbortSignal): Promise<Product[]> => read('/api/products', signal);

export const fetchProduct = (id: string, signal: AbortSignal): Promise<Product> =>
  read(`/api/products/${encodeURIComponent(id)}`, signal);

export const fetchSlowly = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  read(`/api/slow?ms=${milliseconds}`, signal);

export const fetchFailure = (signal: AbortSignal): Promise<unknown> => read('/api/fail', signal);

// By XMLHttpRequest, as much of the code that shops still run does it.
export const requestStock = async (id: string): Promise<number> =>
  (await requestJson<Product>(`/api/products/${id}`)).stock;

export const requestOrder = (id: string, signal: AbortSignal): Promise<Order> =>
  requestJson(`/api/orders/${encodeURIComponent(id)}`, signal);

/** A declined card is an answer, not an exception; everything else that goes wrong throws. */
export const checkout = async (order: Checkout): Promise<CheckoutResult> => {
  const response = await fetch('/api/checkout', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  const body = await response.json();
  if (response.status === 402) return { kind: 'declined', reference: body.reference };
  if (!response.ok) throw new Error(`The order could not be placed (${response.status})`);
  return { kind: 'placed', orderId: String(body.orderId), totalCents: body.totalCents };
};
