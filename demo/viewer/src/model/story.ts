import type { PageView, Session, TraceItem } from './types.js';

export interface Chapter {
  view: PageView;
  /** Its own trace and those that began while it was the page on screen. */
  traces: TraceItem[];
  /** Time since the page view before was done, in milliseconds; below zero when it was cut short. */
  gapMs: number | null;
}

/** A session as a story: its page views in order, each with the traces it caused. */
export const tellStory = (session: Session): { chapters: Chapter[]; loose: TraceItem[] } => {
  const views = [...session.pageViews].sort((a, b) => a.startTime - b.startTime);
  const chapters = views.map((view, index): Chapter => {
    const previous = views[index - 1];
    const gapMs = previous ? view.startTime - (previous.startTime + previous.durationMs) : null;
    return { view, traces: [], gapMs };
  });
  const loose: TraceItem[] = [];
  for (const trace of session.traces) {
    const chapter = chapterOf(trace, chapters);
    if (chapter) chapter.traces.push(trace);
    else loose.push(trace);
  }
  return { chapters, loose };
};

const chapterOf = (trace: TraceItem, chapters: readonly Chapter[]): Chapter | undefined =>
  chapters.find(({ view }) => view.traceId === trace.traceId) ??
  chapters.findLast(({ view }) => view.startTime <= trace.startTime);
