import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { assignColours, preferredColour } from '../model/colour.js';
import type { Facets } from '../model/types.js';
import { useLiveTraces } from './live.js';
import { useResource } from './use-resource.js';

interface Services {
  facets: Facets;
  colourOf: (service: string) => string;
}

const EMPTY: Facets = { services: [], routes: [], names: [] };
const ServicesContext = createContext<Services>({ facets: EMPTY, colourOf: () => 'var(--service-0)' });

/** The services known to the collector, and the colour each has on every page. */
export const ServicesProvider = ({ children }: { children: ReactNode }) => {
  const { data, reload } = useResource<Facets>('facets');
  useLiveTraces(reload, 5000);
  const services = useMemo(() => {
    const facets = data ?? EMPTY;
    const colours = assignColours(facets.services.map(({ value }) => value));
    const colourOf = (service: string) =>
      `var(--service-${colours.get(service) ?? preferredColour(service)})`;
    return { facets, colourOf };
  }, [data]);
  return <ServicesContext value={services}>{children}</ServicesContext>;
};

export const useServices = (): Services => useContext(ServicesContext);
