import { traceLink } from '../trace-link.js';

/** A trace id that a customer can quote, and the demo can open. */
export const Reference = ({ traceId }: { traceId: string | undefined }) => {
  if (!traceId) return <p className="reference">No reference: this visit is not recorded.</p>;
  const link = traceLink(traceId);
  return (
    <p className="reference">
      <span>Reference</span>
      <code data-testid="reference">{traceId}</code>
      {link && <a href={link}>Open the trace</a>}
    </p>
  );
};
