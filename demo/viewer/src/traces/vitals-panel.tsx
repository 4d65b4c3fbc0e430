import type { Overview, VitalName, VitalSummary } from '../model/types.js';
import { formatVital, RATING_TEXT, type Rating, rate, VITAL_NAMES, VITALS } from '../model/vitals.js';

/** The 75th percentile of each vital, and how the page views spread over the three ratings. */
export const VitalsPanel = ({ vitals }: { vitals: Overview['vitals'] }) => (
  <div className="card vitals-card">
    <header>
      <h2>Web vitals</h2>
      <span className="faint when">75th percentile</span>
    </header>
    <ul className="vital-rows">
      {VITAL_NAMES.map((name) => (
        <VitalRow key={name} name={name} summary={vitals[name]} />
      ))}
    </ul>
  </div>
);

const VitalRow = ({ name, summary }: { name: VitalName; summary: VitalSummary | undefined }) => {
  const value = summary?.p75 ?? null;
  return (
    <li title={VITALS[name].title}>
      <span className="vital-name">{name.toUpperCase()}</span>
      {summary && value !== null ? (
        <>
          <span className={`vital-value ${rate(name, value)}`}>{formatVital(name, value)}</span>
          <RatingBar summary={summary} />
        </>
      ) : (
        <span className="faint vital-none">none yet</span>
      )}
    </li>
  );
};

const RatingBar = ({ summary }: { summary: VitalSummary }) => {
  const parts: [Rating, number][] = [
    ['good', summary.good],
    ['needs-improvement', summary.needsImprovement],
    ['poor', summary.poor],
  ];
  const text = parts.map(([rating, count]) => `${count} ${RATING_TEXT[rating]}`).join(', ');
  return (
    <span className="rating-bar" role="img" aria-label={text} title={text}>
      {parts.map(([rating, count]) => (
        <span key={rating} className={rating} style={{ flexGrow: count }} />
      ))}
    </span>
  );
};
