import { Link } from 'react-router';
import { formatDuration, formatTime, plural } from '../model/format.js';
import type { Chapter, Entry } from '../model/story.js';
import type { PageView } from '../model/types.js';
import { RATING_TEXT, vitalSentences } from '../model/vitals.js';
import { ErrorBadge } from '../ui/chips.js';
import { EntryRow } from './entry-row.js';

const TYPES = new Map([
  ['load', 'Page load'],
  ['route', 'Route change'],
  ['restore', 'Back/forward restore'],
]);

const END_REASONS = new Map([
  ['quiet', 'settled'],
  ['hidden', 'tab hidden'],
  ['superseded', 'left for the next page'],
  ['timeout', 'never settled'],
  ['stopped', 'tracing stopped'],
]);

/** A page view of the session, with the time that passed before it and what happened on it. */
export const ChapterCard = ({ chapter, number }: { chapter: Chapter; number: number }) => {
  const { view, entries, gapMs, cameFrom } = chapter;
  return (
    <li className={view.errors > 0 ? 'chapter has-error' : 'chapter'} id={`view-${view.id}`}>
      {gapMs !== null && <p className="gap">{gapText(gapMs)}</p>}
      <span className="chapter-number" aria-hidden="true">
        {number}
      </span>
      <div className="chapter-card">
        <Link to={`/traces/${view.traceId}?span=${view.spanId}`} className="chapter-main" data-row>
          <span className="chapter-title">
            <b className="clip">{view.route ?? view.name}</b>
            <span className="chapter-type">{TYPES.get(view.type ?? '') ?? 'Page view'}</span>
            {view.url && <span className="faint clip chapter-url">{view.url}</span>}
          </span>
          <span className="chapter-duration">{formatDuration(view.durationMs)}</span>
        </Link>
        <ViewFacts view={view} cameFrom={cameFrom} />
        <VitalWords view={view} />
        {entries.length > 0 && (
          <ol className="entries" aria-label="What happened on the page">
            {entries.map((entry) => (
              <EntryRow key={keyOf(entry)} entry={entry} from={view.startTime} />
            ))}
          </ol>
        )}
      </div>
    </li>
  );
};

const keyOf = (entry: Entry): string =>
  entry.kind === 'trace'
    ? entry.trace.traceId
    : `${entry.moment.kind}${entry.moment.spanId}${entry.moment.time}${entry.moment.name}`;

const ViewFacts = ({ view, cameFrom }: { view: PageView; cameFrom: number | null }) => (
  <div className="chapter-facts">
    <time className="faint">{formatTime(view.startTime).slice(0, 8)}</time>
    {view.cause && (
      <a href={`#span-${view.cause.spanId}`} title="Show what led here">
        after {view.cause.name ?? 'an interaction'}
      </a>
    )}
    {cameFrom && <span className="faint">from page {cameFrom}, in the same tab</span>}
    <span className="faint">{plural(view.requests, 'request')}</span>
    {view.endReason && (
      <span
        className={view.endReason === 'timeout' ? 'flag' : 'faint'}
        title={`rootspan.end_reason: ${view.endReason}`}
      >
        {END_REASONS.get(view.endReason) ?? view.endReason}
      </span>
    )}
    <ErrorBadge count={view.errors} />
  </div>
);

const VitalWords = ({ view }: { view: PageView }) => {
  const sentences = vitalSentences(view.vitals);
  if (sentences.length === 0) return null;
  return (
    <ul className="vital-words" aria-label="Web vitals">
      {sentences.map(({ name, text, rating }) => {
        const time = view.vitalTimes[name];
        return (
          <li key={name} className={rating} title={time ? `measured at ${formatTime(time)}` : undefined}>
            <span className="vital-dot" aria-hidden="true" />
            {text} {rating !== 'good' && <b>{RATING_TEXT[rating]}</b>}
          </li>
        );
      })}
    </ul>
  );
};

const gapText = (gapMs: number): string =>
  gapMs >= 0
    ? `${formatDuration(gapMs)} on the page`
    : `left ${formatDuration(-gapMs)} before it had settled`;
