import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CheckoutResult } from '../api.js';
import { emptyCart } from '../cart.js';
import { CARDS, CardChoice } from '../components/card-choice.js';
import { DeliveryFields } from '../components/delivery-fields.js';
import { Declined, Failed } from '../components/payment-notice.js';
import { EmptyBasket } from '../components/scenes.js';
import { Summary, totalOf } from '../components/summary.js';
import { price } from '../money.js';
import { placeOrder } from '../place-order.js';
import { type FullLine, useFullCart } from '../use-full-cart.js';
import { useTitle } from '../use-title.js';

type Payment = { kind: 'idle' } | { kind: 'paying' } | { kind: 'failed' } | CheckoutResult;

const usePayment = (lines: readonly FullLine[]) => {
  const [payment, setPayment] = useState<Payment>({ kind: 'idle' });
  const navigate = useNavigate();
  const pay = async (card: string) => {
    setPayment({ kind: 'paying' });
    const result = await placeOrder(lines, card).catch((): Payment => ({ kind: 'failed' }));
    setPayment(result);
    if (result.kind !== 'placed') return;
    await navigate(`/orders/${result.orderId}`);
    emptyCart();
  };
  return { payment, pay };
};

const CheckoutForm = ({ lines }: { lines: readonly FullLine[] }) => {
  const [card, setCard] = useState<string>(CARDS[0].number);
  const { payment, pay } = usePayment(lines);
  const isPaying = payment.kind === 'paying';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void pay(card);
  };
  return (
    <form className="with-side" onSubmit={submit}>
      <div className="stack">
        <DeliveryFields />
        <CardChoice chosen={card} onChoose={setCard} />
      </div>
      <Summary lines={lines}>
        {payment.kind === 'declined' && <Declined reference={payment.reference} />}
        {payment.kind === 'failed' && <Failed />}
        <button type="submit" className="button wide" disabled={isPaying || lines.length === 0}>
          {isPaying ? 'Paying…' : `Pay ${price(totalOf(lines))}`}
        </button>
      </Summary>
    </form>
  );
};

export const CheckoutPage = () => {
  useTitle('Checkout');
  const { lines, isEmpty } = useFullCart();
  return (
    <div className="wrap page">
      <h1>Checkout</h1>
      {!isEmpty && <CheckoutForm lines={lines} />}
      {isEmpty && (
        <div className="notice-page">
          <EmptyBasket />
          <p className="lead">There is nothing to pay for yet.</p>
          <Link className="button" to="/">
            Choose something
          </Link>
        </div>
      )}
    </div>
  );
};
