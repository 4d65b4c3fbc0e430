import { Link, useParams } from 'react-router';
import { type Order, requestOrder } from '../api.js';
import { CheckIcon } from '../components/icons.js';
import { LoadFailure } from '../components/load-state.js';
import { Parcel } from '../components/scenes.js';
import { price } from '../money.js';
import { useResource } from '../use-resource.js';
import { useTitle } from '../use-title.js';

const Confirmation = ({ order }: { order: Order }) => (
  <dl className="panel facts">
    <div>
      <dt>Order</dt>
      <dd>{order.orderId}</dd>
    </div>
    <div>
      <dt>Status</dt>
      <dd className="paid">
        <CheckIcon /> {order.status}
      </dd>
    </div>
    <div>
      <dt>Total</dt>
      <dd>{price(order.totalCents)}</dd>
    </div>
  </dl>
);

export const OrderPage = () => {
  const { id = '' } = useParams();
  useTitle('Order');
  const { resource, reload } = useResource(id, (signal) => requestOrder(id, signal));
  return (
    <div className="wrap page narrow notice-page">
      <Parcel />
      <h1>{resource.state === 'failed' ? 'Your order' : 'Thank you'}</h1>
      {resource.state === 'loading' && (
        <div className="panel facts skeleton" role="status" aria-label="Loading" />
      )}
      {resource.state === 'failed' && <LoadFailure error={resource.error} onRetry={reload} />}
      {resource.state === 'ready' && (
        <>
          <p className="lead">Your order is on its way to the packing table.</p>
          <Confirmation order={resource.value} />
        </>
      )}
      <Link className="button" to="/">
        Back to the shop
      </Link>
    </div>
  );
};
