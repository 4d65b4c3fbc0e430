import type { RefObject } from 'react';
import { useKeys } from '../data/use-keys.js';

/** j, k and the arrows move the focus over the rows (`[data-row]`) of a list; Enter is the row's own. */
export const useRowKeys = (list: RefObject<HTMLElement | null>): void => {
  const move = (step: number): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const focused = rows.findIndex((row) => row.matches(':focus'));
    const target = focused < 0 ? (step > 0 ? 0 : rows.length - 1) : focused + step;
    const row = rows[Math.min(Math.max(target, 0), rows.length - 1)];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const next = () => move(1);
  const previous = () => move(-1);
  useKeys({ j: next, ArrowDown: next, k: previous, ArrowUp: previous });
};
