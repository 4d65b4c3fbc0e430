import { useState } from 'react';
import { requestStock } from '../api.js';

const words = (stock: number): string => {
  if (stock === 0) return 'Sold out';
  return stock < 10 ? `Only ${stock} left` : `${stock} in stock`;
};

/** How many are left, asked anew on demand. */
export const Stock = ({ productId, initial }: { productId: string; initial: number }) => {
  const [text, setText] = useState(words(initial));
  const check = async () => {
    setText('Counting…');
    setText(await requestStock(productId).then(words, () => 'The storeroom does not answer'));
  };
  return (
    <p className="stock">
      <output>{text}</output>
      <button type="button" className="link" onClick={check}>
        Count again
      </button>
    </p>
  );
};
