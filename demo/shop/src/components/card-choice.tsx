import { CardIcon } from './icons.js';

export const CARDS = [
  { number: '4242424242424242', name: 'A card that pays', hint: 'the order goes through' },
  { number: '4000000000000002', name: 'A card that is declined', hint: 'the payment service says no' },
] as const;

const grouped = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');

interface CardChoiceProps {
  chosen: string;
  onChoose: (number: string) => void;
}

/** The two test cards. */
export const CardChoice = ({ chosen, onChoose }: CardChoiceProps) => (
  <fieldset className="panel">
    <legend>Payment</legend>
    <p className="muted">No money moves: choose a test card.</p>
    <div className="cards">
      {CARDS.map(({ number, name, hint }) => (
        <label className="card-option" key={number}>
          <input
            type="radio"
            name="card"
            value={number}
            checked={chosen === number}
            onChange={() => onChoose(number)}
          />
          <CardIcon />
          <span>
            <strong>{name}</strong>
            <span className="number">{grouped(number)}</span>
            <span className="muted">{hint}</span>
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);
