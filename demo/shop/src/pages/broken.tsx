import { Faults } from '../components/faults.js';
import { CardIcon } from '../components/icons.js';
import { RenderBoundary } from '../components/render-boundary.js';
import { price } from '../money.js';
import { useTitle } from '../use-title.js';

interface GiftCard {
  design: { name: string };
  valueCents: number;
}

// What a backend might really send: a card whose design was taken out of the catalogue.
const GIFT_CARDS = [{ valueCents: 2500 }] as GiftCard[];

const GiftCards = () =>
  GIFT_CARDS.map(({ design, valueCents }) => (
    <p key={valueCents}>
      <CardIcon /> {design.name}, {price(valueCents)}
    </p>
  ));

export const BrokenPage = () => {
  useTitle('Gift cards');
  return (
    <div className="wrap page narrow">
      <h1>Gift cards</h1>
      <RenderBoundary>
        <GiftCards />
      </RenderBoundary>
      <Faults />
    </div>
  );
};
