import { useSyncExternalStore } from 'react';

export interface CartLine {
  productId: string;
  quantity: number;
}

const KEY = 'hearth-and-field.cart';
const NOTHING: readonly CartLine[] = [];
const listeners = new Set<() => void>();

const read = (): readonly CartLine[] => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as CartLine[];
  } catch {
    // Blocked storage or a value someone else wrote: begin with an empty cart.
    return NOTHING;
  }
};

let lines = read();

const write = (next: readonly CartLine[]): void => {
  lines = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Blocked storage: the cart lives as long as the page.
  }
  for (const listener of listeners) listener();
};

/** Puts `quantity` of a product into the cart; 0 takes it out. */
export const setQuantity = (productId: string, quantity: number): void => {
  const others = lines.filter((line) => line.productId !== productId);
  const known = lines.some((line) => line.productId === productId);
  if (quantity <= 0) write(others);
  else if (!known) write([...lines, { productId, quantity }]);
  else write(lines.map((line) => (line.productId === productId ? { productId, quantity } : line)));
};

export const addToCart = (productId: string, quantity = 1): void => {
  const present = lines.find((line) => line.productId === productId)?.quantity ?? 0;
  setQuantity(productId, present + quantity);
};

export const emptyCart = (): void => write([]);

const subscribe = (listener: () => void): (() => void) => {
  const onStorage = (event: StorageEvent): void => {
    if (event.key !== KEY) return;
    lines = read();
    listener();
  };
  listeners.add(listener);
  // A second tab of the same visit shows the same cart.
  addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', onStorage);
  };
};

export const useCart = (): readonly CartLine[] => useSyncExternalStore(subscribe, () => lines);
