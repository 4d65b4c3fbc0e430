/** How many service colours the style sheet has (`--service-0` …). */
export const COLOUR_COUNT = 10;

/**
 * A colour for each service: where its name's hash says, or the next free place. The same set of names gets the same
 * colours on every page and in every visit; colours repeat only when there are more services than colours.
 */
export const assignColours = (services: Iterable<string>): Map<string, number> => {
  const taken = new Set<number>();
  const colours = new Map<string, number>();
  for (const service of [...new Set(services)].sort()) {
    if (taken.size === COLOUR_COUNT) taken.clear();
    let place = preferredColour(service);
    while (taken.has(place)) place = (place + 1) % COLOUR_COUNT;
    taken.add(place);
    colours.set(service, place);
  }
  return colours;
};

/** Where a name alone would be put. */
export const preferredColour = (service: string): number => {
  let hash = 2166136261;
  for (let index = 0; index < service.length; index++) {
    hash = Math.imul(hash ^ service.charCodeAt(index), 16777619);
  }
  return (hash >>> 0) % COLOUR_COUNT;
};
