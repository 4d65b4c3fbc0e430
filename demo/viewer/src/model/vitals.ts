import { formatDuration, formatValue } from './format.js';
import type { Span, VitalName, Vitals } from './types.js';

export type Rating = 'good' | 'needs-improvement' | 'poor';

interface Threshold {
  good: number;
  poor: number;
  title: string;
}

export const VITAL_NAMES: readonly VitalName[] = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'];

/** As published for the 75th percentile of page views, https://web.dev/articles/vitals. */
export const VITALS: Record<VitalName, Threshold> = {
  lcp: { good: 2500, poor: 4000, title: 'Largest Contentful Paint' },
  inp: { good: 200, poor: 500, title: 'Interaction to Next Paint' },
  cls: { good: 0.1, poor: 0.25, title: 'Cumulative Layout Shift' },
  fcp: { good: 1800, poor: 3000, title: 'First Contentful Paint' },
  ttfb: { good: 800, poor: 1800, title: 'Time to First Byte' },
};

export const RATING_TEXT: Record<Rating, string> = {
  good: 'good',
  'needs-improvement': 'needs improvement',
  poor: 'poor',
};

export const formatVital = (name: VitalName, value: number): string =>
  name === 'cls' ? value.toFixed(value < 0.1 ? 3 : 2) : formatDuration(value);

const SENTENCES: Record<VitalName, (value: string) => string> = {
  ttfb: (value) => `first byte after ${value}`,
  fcp: (value) => `first paint after ${value}`,
  lcp: (value) => `largest paint after ${value}`,
  inp: (value) => `slowest interaction answered after ${value}`,
  cls: (value) => `layout shifted by ${value}`,
};

/** In the order in which a visitor meets them. */
const TOLD: readonly VitalName[] = ['ttfb', 'fcp', 'lcp', 'cls', 'inp'];

/** The vitals of a page view in plain words; a layout that stood still is not worth one. */
export const vitalSentences = (vitals: Vitals): { name: VitalName; text: string; rating: Rating }[] =>
  TOLD.flatMap((name) => {
    const value = vitals[name];
    if (typeof value !== 'number' || (name === 'cls' && value < 0.0005)) return [];
    return [{ name, text: SENTENCES[name](formatVital(name, value)), rating: rate(name, value) }];
  });

export interface VitalMark {
  name: VitalName;
  value: number;
  rating: Rating;
  time: number;
  spanId: string;
}

export const rate = (name: VitalName, value: number): Rating => {
  const { good, poor } = VITALS[name];
  return value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor';
};

/** The vitals that were measured, in a fixed order. */
export const presentVitals = (vitals: Vitals): { name: VitalName; value: number }[] =>
  VITAL_NAMES.flatMap((name) => {
    const value = vitals[name];
    return typeof value === 'number' ? [{ name, value }] : [];
  });

/** Vitals with a place on the time axis: the last event of each name, at the time it happened. */
export const vitalMarks = (spans: readonly Span[]): VitalMark[] => {
  const marks = new Map<string, VitalMark>();
  for (const span of spans) {
    for (const event of span.events) {
      if (event.name !== 'browser.web_vital') continue;
      const name = toVitalName(event.attributes['browser.web_vital.name']);
      const value = event.attributes['browser.web_vital.value'];
      if (!name || typeof value !== 'number') continue;
      marks.set(name, { name, value, rating: rate(name, value), time: event.time, spanId: span.spanId });
    }
  }
  return [...marks.values()].sort((a, b) => a.time - b.time);
};

/** Whatever its case; nothing for a name that is none. */
export const toVitalName = (value: unknown): VitalName | undefined =>
  VITAL_NAMES.find((name) => name === formatValue(value).toLowerCase());
