import { useState } from 'react';
import { Link } from 'react-router';
import { currentTraceId } from '../telemetry.js';
import { useTitle } from '../use-title.js';
import { Reference } from './reference.js';
import { SpilledCup } from './scenes.js';

/** Stands in for a page that threw while rendering. */
export const ErrorPage = () => {
  useTitle('Something broke');
  const [reference] = useState(currentTraceId);
  return (
    <div className="wrap page narrow notice-page">
      <SpilledCup />
      <h1>That was not meant to happen</h1>
      <p>
        This page broke while it was being drawn. Your cart is safe. If you write to us, name this reference:
      </p>
      <Reference traceId={reference} />
      <p className="actions">
        <Link className="button" to="/">
          Back to the shop
        </Link>
      </p>
    </div>
  );
};
