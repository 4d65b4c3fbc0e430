import { currentTraceId } from '../telemetry.js';
import { Reference } from './reference.js';

export const Declined = ({ reference }: { reference: string }) => (
  <div className="notice" role="alert">
    <strong>Your card was declined</strong>
    <p>Nothing was charged. Choose the other card, or ask us and name this reference.</p>
    <Reference traceId={reference} />
  </div>
);

export const Failed = () => (
  <div className="notice" role="alert">
    <strong>The order did not go through</strong>
    <p>Something went wrong on our side. Nothing was charged; please try again.</p>
    <Reference traceId={currentTraceId()} />
  </div>
);
