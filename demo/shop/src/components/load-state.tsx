import { currentTraceId } from '../telemetry.js';
import { Reference } from './reference.js';

/** Said when a page's data did not come. */
export const LoadFailure = ({ error, onRetry }: { error: Error; onRetry: () => void }) => (
  <div className="panel failure" role="alert">
    <h2>We could not load this</h2>
    <p>{error.message}</p>
    <Reference traceId={currentTraceId()} />
    <button type="button" className="button" onClick={onRetry}>
      Try again
    </button>
  </div>
);

/** Grey shapes in the place of `count` cards that are on their way. */
export const CardSkeletons = ({ count }: { count: number }) => (
  <div className="grid" role="status" aria-label="Loading">
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike and never move.
      <div className="card skeleton" key={index}>
        <div className="art" />
        <div className="bar" />
        <div className="bar short" />
      </div>
    ))}
  </div>
);
