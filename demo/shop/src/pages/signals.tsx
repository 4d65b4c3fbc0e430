import { useState } from 'react';
import { connections } from '../signals/connections.js';
import { errors } from '../signals/errors.js';
import { interactions } from '../signals/interactions.js';
import { own } from '../signals/own.js';
import { requests } from '../signals/requests.js';
import type { Signal, SignalGroup } from '../signals/signal.js';
import { agent } from '../telemetry.js';
import { sessionLink } from '../trace-link.js';
import { useTitle } from '../use-title.js';

const GROUPS: readonly SignalGroup[] = [interactions, errors, requests, connections, own];

const SignalItem = ({ signal: { label, look, provoke } }: { signal: Signal }) => {
  const [said, setSaid] = useState('');
  // Called at once, so that what is thrown is thrown in the listener.
  const run = provoke && (() => void Promise.resolve(provoke()).then(setSaid));
  return (
    <li className="signal">
      <button type="button" className="button quiet" onClick={run}>
        {label}
      </button>
      <div>
        <p>{look}</p>
        <output>{said}</output>
      </div>
    </li>
  );
};

const Group = ({ group: { title, signals } }: { group: SignalGroup }) => (
  <section className="panel signals">
    <h2>{title}</h2>
    <ul>
      {signals.map((signal) => (
        <SignalItem key={signal.label} signal={signal} />
      ))}
    </ul>
  </section>
);

/** A button for each thing that the agent tells of. */
export const SignalsPage = () => {
  useTitle('Signals');
  const session = agent.session();
  const link = session?.sampled ? sessionLink(session.id) : undefined;
  return (
    <div className="wrap page">
      <h1>Every signal</h1>
      <p className="lead">
        Each button really does what it says, and beside it stands where to look for it in the viewer.
        {link && (
          <>
            {' '}
            All of it is told in <a href={link}>the story of your session</a>, a few seconds later.
          </>
        )}
      </p>
      {GROUPS.map((group) => (
        <Group key={group.title} group={group} />
      ))}
    </div>
  );
};
