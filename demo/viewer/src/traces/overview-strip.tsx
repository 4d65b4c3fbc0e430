import { useMemo, useState } from 'react';
import type uPlot from 'uplot';
import { useLiveTraces } from '../data/live.js';
import { useResource } from '../data/use-resource.js';
import { RANGES } from '../model/filter.js';
import { formatCount, formatDuration, formatTime } from '../model/format.js';
import type { Bucket, Overview } from '../model/types.js';
import { Chart, type ChartSeries } from './chart.js';
import { VitalsPanel } from './vitals-panel.js';

const TRAFFIC: readonly ChartSeries[] = [
  { label: 'Traces', colour: '--chart-main', shape: 'bars' },
  { label: 'Errors', colour: '--error', shape: 'bars' },
];
const LATENCY: readonly ChartSeries[] = [
  { label: 'p95', colour: '--chart-second', shape: 'line' },
  { label: 'p50', colour: '--chart-main', shape: 'line' },
];

interface OverviewStripProps {
  range: string;
  onSelect: (since: number, until: number) => void;
}

/** How the service does at a glance; dragging over a chart limits the list to that time. */
export const OverviewStrip = ({ range, onSelect }: OverviewStripProps) => {
  const minutes = RANGES.find(({ value }) => value === range)?.minutes ?? 60;
  const { data, reload } = useResource<Overview>(`overview?minutes=${minutes}`);
  useLiveTraces(reload, 3000);
  const buckets = data?.buckets;
  const columns = useMemo(() => (buckets ? columnsOf(buckets) : undefined), [buckets]);
  if (!data || !columns || !buckets) return <div className="overview" aria-hidden="true" />;
  return (
    <section className="overview" aria-label={`Overview of the last ${minutes} minutes`}>
      <TrafficCard buckets={buckets} data={columns.traffic} onSelect={onSelect} minutes={minutes} />
      <LatencyCard buckets={buckets} data={columns.latency} onSelect={onSelect} />
      <VitalsPanel vitals={data.vitals} />
    </section>
  );
};

interface CardProps {
  buckets: readonly Bucket[];
  data: uPlot.AlignedData;
  onSelect: (since: number, until: number) => void;
}

const TrafficCard = ({ buckets, data, onSelect, minutes }: CardProps & { minutes: number }) => {
  const [index, setIndex] = useState<number | null>(null);
  const bucket = index === null ? undefined : buckets[index];
  const traces = bucket ? bucket.traces : sum(buckets, 'traces');
  const errors = bucket ? bucket.errors : sum(buckets, 'errors');
  return (
    <div className="card">
      <header>
        <h2>Traces</h2>
        <p className="readout">
          <Key colour="--chart-main" /> <b>{formatCount(traces)}</b> traces
          <Key colour="--error" /> <b>{formatCount(errors)}</b> with errors
        </p>
        <span className="faint when">{bucket ? formatTime(bucket.time).slice(0, 5) : spanText(minutes)}</span>
      </header>
      <Chart series={TRAFFIC} data={data} format={wholeNumber} onCursor={setIndex} onSelect={onSelect} />
    </div>
  );
};

const LatencyCard = ({ buckets, data, onSelect }: CardProps) => {
  const [index, setIndex] = useState<number | null>(null);
  const bucket = (index === null ? undefined : buckets[index]) ?? buckets.findLast(({ p50 }) => p50 !== null);
  return (
    <div className="card">
      <header>
        <h2>Duration</h2>
        <p className="readout">
          <Key colour="--chart-main" /> p50 <b>{duration(bucket?.p50)}</b>
          <Key colour="--chart-second" /> p95 <b>{duration(bucket?.p95)}</b>
        </p>
        <span className="faint when">{bucket && formatTime(bucket.time).slice(0, 5)}</span>
      </header>
      <Chart series={LATENCY} data={data} format={formatDuration} onCursor={setIndex} onSelect={onSelect} />
    </div>
  );
};

const Key = ({ colour }: { colour: string }) => (
  <span className="key" style={{ background: `var(${colour})` }} aria-hidden="true" />
);

const duration = (value: number | null | undefined): string => (value == null ? '–' : formatDuration(value));

const wholeNumber = (value: number): string => (Number.isInteger(value) ? formatCount(value) : '');

const spanText = (minutes: number): string => (minutes < 120 ? `${minutes} min` : `${minutes / 60} h`);

const sum = (buckets: readonly Bucket[], field: 'traces' | 'errors'): number =>
  buckets.reduce((total, bucket) => total + bucket[field], 0);

const columnsOf = (
  buckets: readonly Bucket[],
): { traffic: uPlot.AlignedData; latency: uPlot.AlignedData } => {
  const times = buckets.map(({ time }) => time / 1000);
  const column = <F extends keyof Bucket>(field: F) => buckets.map((bucket) => bucket[field]);
  return {
    traffic: [times, column('traces'), column('errors')],
    latency: [times, column('p95'), column('p50')],
  };
};
