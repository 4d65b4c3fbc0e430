import { useState } from 'react';
import { fetchFailure } from '../api.js';

const throwInHandler = (): void => {
  throw new TypeError('The gift card has no ribbon');
};

const rejectUnheard = (): void => {
  void Promise.reject(new Error('The ribbon supplier did not answer'));
};

/** Three more ways for a page to fail, one button each. */
export const Faults = () => {
  const [note, setNote] = useState('');
  const say = (text: string, fault: () => void) => () => {
    setNote(text);
    fault();
  };
  const askFailingBackend = () =>
    fetchFailure(AbortSignal.timeout(10_000)).catch((error: Error) => setNote(error.message));
  return (
    <section className="panel faults" aria-labelledby="faults">
      <h2 id="faults">More ways to fail</h2>
      <p className="muted">The page stays as it is; the fault is in the trace.</p>
      <div className="actions">
        <button type="button" className="button quiet" onClick={say('Thrown in a click.', throwInHandler)}>
          Throw in a click
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={say('Rejected, and nobody listened.', rejectUnheard)}
        >
          Reject a promise
        </button>
        <button type="button" className="button quiet" onClick={say('Asking…', askFailingBackend)}>
          Ask a backend that fails
        </button>
      </div>
      <output>{note}</output>
    </section>
  );
};
