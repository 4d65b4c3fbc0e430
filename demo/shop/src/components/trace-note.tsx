import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { agent, currentTraceId } from '../telemetry.js';
import { sessionLink, traceLink } from '../trace-link.js';

const Id = ({ id, link }: { id: string | undefined; link: string | undefined }) =>
  link ? <a href={link}>{id}</a> : (id ?? 'none');

/** What the agent knows about the page on the screen, for the person who tries the demo. */
export const TraceNote = () => {
  const { key } = useLocation();
  const [traceId, setTraceId] = useState<string>();
  // Read after the change of route, when the agent has begun its page view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `key` is a new page view.
  useEffect(() => setTraceId(currentTraceId()), [key]);
  const session = agent.session();
  const isSampled = session?.sampled === true;
  return (
    <section aria-labelledby="trace-note" className="trace-note">
      <h2 id="trace-note">This page, traced</h2>
      <dl>
        <dt>Trace</dt>
        <dd>
          <Id id={traceId} link={traceId && isSampled ? traceLink(traceId) : undefined} />
        </dd>
        <dt>Session</dt>
        <dd data-session={session?.id}>
          <Id id={session?.id} link={isSampled ? sessionLink(session.id) : undefined} />
          {session && <em>{isSampled ? 'sampled' : 'not sampled: nothing is recorded or sent'}</em>}
        </dd>
      </dl>
    </section>
  );
};
