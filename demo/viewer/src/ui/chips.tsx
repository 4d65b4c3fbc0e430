import { useServices } from '../data/services.js';
import { formatCount, formatDuration, plural } from '../model/format.js';
import type { ServiceCount, VitalName, Vitals } from '../model/types.js';
import { presentVitals, RATING_TEXT, rate, VITALS } from '../model/vitals.js';
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

export const formatVital = (name: VitalName, value: number): string =>
  name === 'cls' ? value.toFixed(value < 0.1 ? 3 : 2) : formatDuration(value);

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
