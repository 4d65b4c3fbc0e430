import { useServices } from '../data/services.js';
import { formatCount, plural } from '../model/format.js';
import type { InteractionMark, ServiceCount, VitalName, Vitals } from '../model/types.js';
import { formatVital, presentVitals, RATING_TEXT, rate, VITALS } from '../model/vitals.js';
import { Icon } from './icon.js';

export const ServiceDot = ({ service }: { service: string }) => {
  const { colourOf } = useServices();
  return <span className="dot" style={{ background: colourOf(service) }} aria-hidden="true" />;
};

export const ServiceName = ({ service }: { service: string }) => (
  <span className="service-name">
    <ServiceDot service={service} />
    <span className="clip">{service}</span>
  </span>
);

export const ServiceChips = ({ services }: { services: readonly ServiceCount[] }) => (
  <span className="chips">
    {services.map(({ name, spans, errors }) => (
      <span
        key={name}
        className={errors > 0 ? 'chip has-error' : 'chip'}
        title={`${name}: ${plural(spans, 'span')}${errors > 0 ? `, ${plural(errors, 'error')}` : ''}`}
      >
        <ServiceDot service={name} />
        <span className="clip">{name}</span>
        <span className="chip-count">{formatCount(spans)}</span>
      </span>
    ))}
  </span>
);

export const VitalChip = ({ name, value }: { name: VitalName; value: number }) => {
  const rating = rate(name, value);
  return (
    <span className={`vital ${rating}`} title={`${VITALS[name].title}: ${RATING_TEXT[rating]}`}>
      <span className="vital-name">{name.toUpperCase()}</span> {formatVital(name, value)}
      <span className="visually-hidden"> {RATING_TEXT[rating]}</span>
    </span>
  );
};

export const VitalChips = ({ vitals, only }: { vitals: Vitals; only?: readonly VitalName[] }) => (
  <span className="chips">
    {presentVitals(vitals)
      .filter(({ name }) => !only || only.includes(name))
      .map((vital) => (
        <VitalChip key={vital.name} {...vital} />
      ))}
  </span>
);

export const ErrorBadge = ({ count }: { count: number }) =>
  count > 0 ? (
    <span className="error-badge">
      <Icon name="error" size={13} />
      {plural(count, 'error')}
    </span>
  ) : null;

const MARKS: Record<InteractionMark, { className: string; title: string }> = {
  rage: { className: 'error-badge', title: 'Three or more clicks on one element within a second' },
  dead: { className: 'flag', title: 'A click on a control that had no visible effect for a second' },
  slow: { className: 'flag', title: 'The next frame came after 200 ms or more' },
  error: { className: 'error-badge', title: 'A listener has thrown' },
};

/** What is wrong with an interaction. */
export const InteractionBadges = ({ marks }: { marks: readonly InteractionMark[] }) =>
  marks.map((mark) => (
    <span key={mark} className={MARKS[mark].className} title={MARKS[mark].title}>
      {mark}
      <span className="visually-hidden"> interaction</span>
    </span>
  ));
