import { Link } from 'react-router';
import { EmptyBasket } from '../components/scenes.js';
import { useTitle } from '../use-title.js';

export const NotFoundPage = () => {
  useTitle('Not found');
  return (
    <div className="wrap page narrow notice-page">
      <EmptyBasket />
      <h1>This shelf is empty</h1>
      <p>There is no page at this address.</p>
      <Link className="button" to="/">
        Back to the shop
      </Link>
    </div>
  );
};
