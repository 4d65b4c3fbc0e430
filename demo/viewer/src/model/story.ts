import type { Moment, PageView, Session, TraceItem } from './types.js';

/** A line of the story: a moment, or a trace that no moment tells of. */
export type Entry =
  | { kind: 'moment'; time: number; moment: Moment; inside: boolean }
  | { kind: 'trace'; time: number; trace: TraceItem; inside: false };

export interface Chapter {
  view: PageView;
  /** What happened on the page, in order; what an interaction caused comes after it. */
  entries: Entry[];
  /** Time since the page view before was done, in milliseconds; below zero when it was cut short. */
  gapMs: number | null;
  /** Its number in the story when it is not the one before: the page view that it came from, in its own tab. */
  cameFrom: number | null;
}

/** Clicks of one burst are told as one. */
const BURST_MS = 1000;

/** A session as a story: its page views in order, each with what happened on it. */
export const tellStory = (session: Session): { chapters: Chapter[]; loose: Entry[] } => {
  const views = [...session.pageViews].sort((a, b) => a.startTime - b.startTime);
  const chapters = views.map((view, index): Chapter => {
    const previous = views[index - 1];
    const gapMs = previous ? view.startTime - (previous.startTime + previous.durationMs) : null;
    return { view, entries: [], gapMs, cameFrom: cameFrom(view, index, views) };
  });
  const loose: Entry[] = [];
  for (const entry of entriesOf(session)) {
    const chapter = chapterOf(entry, chapters);
    if (chapter) chapter.entries.push(entry);
    else loose.push(entry);
  }
  for (const chapter of chapters) chapter.entries = nest(foldBursts(chapter.entries));
  return { chapters, loose };
};

const entriesOf = ({ moments, traces, pageViews }: Session): Entry[] => {
  const told = new Set([...moments, ...pageViews].map(({ traceId }) => traceId));
  const entries: Entry[] = moments.map((moment) => ({
    kind: 'moment',
    time: moment.time,
    moment,
    inside: false,
  }));
  for (const trace of traces) {
    if (!told.has(trace.traceId))
      entries.push({ kind: 'trace', time: trace.startTime, trace, inside: false });
  }
  return entries.sort((a, b) => a.time - b.time);
};

const chapterOf = (entry: Entry, chapters: readonly Chapter[]): Chapter | undefined => {
  const viewId = entry.kind === 'moment' ? entry.moment.pageViewId : null;
  return (
    chapters.find(({ view }) => view.id === viewId) ??
    chapters.findLast(({ view }) => view.startTime <= entry.time)
  );
};

const cameFrom = (view: PageView, index: number, views: readonly PageView[]): number | null => {
  const from = views.findIndex(({ spanId }) => spanId === view.previousSpanId);
  return from < 0 || from === index - 1 ? null : from + 1;
};

/** Each click of a rage is a span of its own; the story tells the burst once, by its last click. */
const foldBursts = (entries: readonly Entry[]): Entry[] => {
  const folded: Entry[] = [];
  for (const entry of entries) {
    let last = entry;
    for (const before of folded.filter((other) => isBurst(other, entry))) {
      last = join(before, last);
      folded.splice(folded.indexOf(before), 1);
    }
    folded.push(last);
  }
  return folded;
};

const join = (before: Entry, after: Entry): Entry => {
  if (before.kind !== 'moment' || after.kind !== 'moment') return after;
  const marks = [...new Set([...before.moment.marks, ...after.moment.marks])];
  const count = before.moment.count + after.moment.count;
  return { ...after, moment: { ...after.moment, marks, count } };
};

const isBurst = (before: Entry, after: Entry): boolean =>
  before.kind === 'moment' &&
  after.kind === 'moment' &&
  after.moment.kind === 'interaction' &&
  before.moment.name === after.moment.name &&
  after.moment.marks.includes('rage') &&
  after.time - before.time < BURST_MS;

/** What is in the trace of an interaction comes right after it, indented. */
const nest = (entries: readonly Entry[]): Entry[] => {
  const isCause = (entry: Entry) => entry.kind === 'moment' && entry.moment.kind === 'interaction';
  const causes = new Set(entries.filter(isCause).map(traceOf));
  const caused = entries.filter((entry) => !isCause(entry) && causes.has(traceOf(entry)));
  const first = entries.filter((entry) => !caused.includes(entry));
  return first.flatMap((entry) => [
    entry,
    ...(isCause(entry) ? caused.filter((other) => traceOf(other) === traceOf(entry)).map(asInside) : []),
  ]);
};

const traceOf = (entry: Entry): string =>
  entry.kind === 'moment' ? entry.moment.traceId : entry.trace.traceId;

const asInside = (entry: Entry): Entry => (entry.kind === 'moment' ? { ...entry, inside: true } : entry);
