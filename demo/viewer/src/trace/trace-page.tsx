import { type ReactNode, useRef } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { isMissing } from '../data/api.js';
import { useLiveTraces } from '../data/live.js';
import { useResource } from '../data/use-resource.js';
import type { Trace } from '../model/types.js';
import { Failure, Notice, Skeleton, Stale } from '../ui/notice.js';
import { useTitle } from '../ui/use-title.js';
import { Details } from './details.js';
import { LogList } from './log-list.js';
import { Toolbar } from './toolbar.js';
import { TraceHeader } from './trace-header.js';
import { useTraceModel } from './use-trace-model.js';
import { useTraceView } from './use-trace-view.js';
import { useWaterfallKeys } from './use-waterfall-keys.js';
import { Waterfall } from './waterfall.js';

export const TracePage = () => {
  const { traceId = '' } = useParams();
  useTitle(`Trace ${traceId.slice(0, 8)}`);
  const { data, error, loading, reload } = useResource<Trace>(`traces/${encodeURIComponent(traceId)}`);
  // Late spans, such as the web vitals of a page that was left open, join the picture as they arrive.
  useLiveTraces((ids) => {
    if (ids.length === 0 || ids.includes(traceId)) reload();
  });
  if (loading)
    return (
      <Page>
        <Skeleton rows={10} label="Loading the trace" />
      </Page>
    );
  if (data && data.spans.length > 0)
    return <LoadedTrace key={traceId} trace={data} stale={Boolean(error)} reload={reload} />;
  return (
    <Page>
      {error && !isMissing(error) ? <Failure what="the trace" error={error} onRetry={reload} /> : <Missing />}
    </Page>
  );
};

const Page = ({ children }: { children: ReactNode }) => <main className="page">{children}</main>;

const Missing = () => (
  <Notice title="This trace has not arrived">
    Its spans may still be on the way: the page fills itself as soon as they are here. A session that was not
    sampled sends nothing, and a collector that was restarted with an empty store has forgotten it.
  </Notice>
);

const LoadedTrace = ({ trace, stale, reload }: { trace: Trace; stale: boolean; reload: () => void }) => {
  const view = useTraceView(useTraceModel(trace));
  const [search] = useSearchParams();
  const find = useRef<HTMLInputElement>(null);
  useWaterfallKeys(view, () => find.current?.focus());
  const logs = search.get('tab') === 'logs';
  return (
    <main className="trace-page">
      <TraceHeader view={view} logs={logs} />
      {stale && <Stale onRetry={reload} />}
      {!logs && <Toolbar view={view} find={find} />}
      <div className={view.opened ? 'trace-body has-details' : 'trace-body'}>
        {logs ? <LogList view={view} /> : <Waterfall view={view} />}
        {view.opened && <Details key={view.opened.span.spanId} node={view.opened} view={view} />}
      </div>
    </main>
  );
};
