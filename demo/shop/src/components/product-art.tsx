import type { ReactNode } from 'react';
import type { Product } from '../api.js';
import { HerbPlanter, HoneyJar, PicnicBasket, SourdoughStarter } from './art-pantry.js';
import { BreadKnife, Candle, LinenNapkins, WoodenSpoon } from './art-table.js';
import { CopperSaucepan, SaladBowl, StonewareMug, Teapot } from './art-vessels.js';

const DRAWINGS: Record<string, () => ReactNode> = {
  1001: StonewareMug,
  1002: Teapot,
  1003: BreadKnife,
  1004: WoodenSpoon,
  1005: LinenNapkins,
  1006: HoneyJar,
  1007: SaladBowl,
  1008: Candle,
  1009: CopperSaucepan,
  1010: SourdoughStarter,
  1011: HerbPlanter,
  1012: PicnicBasket,
};

/** The drawing of a product; of one that has none yet, the sign that the catalogue gives it. */
export const ProductArt = ({ product, large = false }: { product: Product; large?: boolean }) => {
  const Drawing = DRAWINGS[product.id];
  return (
    <div className={`art tint-${Number(product.id) % 4}${large ? ' large' : ''}`}>
      {Drawing ? (
        <svg viewBox="0 0 200 160" aria-hidden="true">
          <ellipse cx="100" cy="138" rx="66" ry="7" className="ground" />
          <Drawing />
        </svg>
      ) : (
        <span aria-hidden="true">{product.image}</span>
      )}
    </div>
  );
};
