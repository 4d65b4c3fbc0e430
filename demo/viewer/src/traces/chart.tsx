import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useTheme } from '../data/use-theme.js';

export interface ChartSeries {
  label: string;
  /** A custom property of the style sheet. */
  colour: string;
  shape: 'bars' | 'line';
}

interface ChartProps {
  series: readonly ChartSeries[];
  /** Epoch seconds, then one row of values for each series. */
  data: uPlot.AlignedData;
  format: (value: number) => string;
  onCursor: (index: number | null) => void;
  onSelect: (since: number, until: number) => void;
}

const HEIGHT = 112;

/** A chart of the overview. What it says is also in the heading above it, in words. */
export const Chart = (props: ChartProps) => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(props);
  const { theme } = useTheme();
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the style sheet, which the theme changes.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const plot = new uPlot(optionsOf(element, latest), latest.current.data, element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [theme]);

  useEffect(() => chart.current?.setData(props.data), [props.data]);
  return <div className="chart" ref={place} aria-hidden="true" />;
};

const optionsOf = (element: HTMLElement, latest: { current: ChartProps }): uPlot.Options => {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--text-faint'),
    font: `11px ${colour('--font-ui')}`,
    ticks: { show: false },
  };
  const grid = { stroke: colour('--line'), width: 1 };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 18, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: { x: { range: halfBucketMore }, y: { range: (_, __, max) => [0, Math.max(max, 1) * 1.08] } },
    axes: [
      { ...axis, grid: { show: false }, size: 20, gap: 2, space: 64, values: clockLabels },
      {
        ...axis,
        grid,
        size: 46,
        gap: 4,
        space: 30,
        values: (_, ticks) => ticks.map((tick) => latest.current.format(tick)),
      },
    ],
    series: [{}, ...latest.current.series.map((one) => seriesOf(one, colour(one.colour)))],
    hooks: {
      setCursor: [(plot) => latest.current.onCursor(plot.cursor.idx ?? null)],
      setSelect: [(plot) => reportSelection(plot, latest.current)],
    },
  };
};

const seriesOf = ({ label, shape }: ChartSeries, colour: string): uPlot.Series =>
  shape === 'line'
    ? { label, stroke: colour, width: 1.75, spanGaps: true, points: { show: false } }
    : {
        label,
        stroke: colour,
        fill: colour,
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars?.({ size: [0.72, 14] }) as uPlot.Series.PathBuilder,
      };

const reportSelection = (plot: uPlot, { onSelect }: ChartProps): void => {
  const { left, width } = plot.select;
  if (width < 3) return;
  onSelect(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
};

const clockLabels = (_: uPlot, seconds: number[]): string[] =>
  seconds.map((second) =>
    new Date(second * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }),
  );

/** Bars stand on the middle of their time: without room the first and the last would be cut in half. */
const halfBucketMore = (plot: uPlot, min: number, max: number): [number, number] => {
  const times = plot.data[0];
  const half = times.length > 1 ? (max - min) / (times.length - 1) / 2 : 30;
  return [min - half, max + half];
};
