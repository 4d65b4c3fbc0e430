import { Link } from 'react-router';
import { TraceNote } from './trace-note.js';

export const Footer = () => (
  <footer className="footer">
    <div className="wrap footer-row">
      <section aria-labelledby="about">
        <h2 id="about">Hearth &amp; Field</h2>
        <p>
          Nothing here is for sale: the shop is the demo of rootspan, a tracing agent for browsers. Each page
          you open and each order you place becomes a trace, from this page down to the database.
        </p>
      </section>
      <nav aria-labelledby="try">
        <h2 id="try">Worth a try</h2>
        <ul>
          <li>
            <Link to="/signals">Every signal, a button each</Link>
          </li>
          <li>
            <Link to="/slow">A page that waits for a slow backend</Link>
          </li>
          <li>
            <Link to="/broken">A page that throws</Link>
          </li>
          <li>
            <Link to="/checkout">A checkout with a card that is declined</Link>
          </li>
          <li>
            <a href="/plain.html">A plain page with the script tag</a>
          </li>
        </ul>
      </nav>
      <TraceNote />
    </div>
  </footer>
);
