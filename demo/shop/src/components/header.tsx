import { Link, NavLink } from 'react-router';
import { useCart } from '../cart.js';
import { BasketIcon, Mark } from './icons.js';

export const Header = () => {
  const count = useCart().reduce((sum, line) => sum + line.quantity, 0);
  return (
    <header className="header">
      <div className="wrap header-row">
        <Link to="/" className="brand" aria-label="Hearth & Field, home">
          <Mark />
          <span>
            Hearth <i>&amp;</i> Field
          </span>
        </Link>
        <nav aria-label="Main">
          <NavLink to="/" end>
            Shop
          </NavLink>
          <NavLink to="/slow">Gift finder</NavLink>
          <NavLink to="/broken">Gift cards</NavLink>
        </nav>
        <NavLink
          to="/cart"
          className="cart-link"
          aria-label={`Cart, ${count} ${count === 1 ? 'item' : 'items'}`}
        >
          <BasketIcon />
          <span className="cart-word">Cart</span>
          {count > 0 && (
            <span className="badge" key={count}>
              {count}
            </span>
          )}
        </NavLink>
      </div>
    </header>
  );
};
