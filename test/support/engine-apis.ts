export type Engine = 'chromium' | 'firefox' | 'webkit';

/**
 * What an engine may lack, as expressions that are true in a page that has it. `test/e2e/engines.spec.ts` asks the
 * browsers, and `docs/browsers.md` says of each what the visitor's trace then lacks.
 */
export const APIS = {
  'Event Timing': hasEntries('event'),
  'Layout Instability': hasEntries('layout-shift'),
  'Largest Contentful Paint': hasEntries('largest-contentful-paint'),
  'Long Animation Frames': hasEntries('long-animation-frame'),
  'Long Tasks': hasEntries('longtask'),
  'Soft Navigations': hasEntries('soft-navigation'),
  'Visibility State Entries': hasEntries('visibility-state'),
  'Navigation API': `'navigation' in window`,
  'Reporting API': `'ReportingObserver' in window`,
  fetchLater: `'fetchLater' in window`,
  keepalive: `'keepalive' in Request.prototype`,
  CompressionStream: `'CompressionStream' in window`,
  AsyncContext: `'AsyncContext' in window`,
  'Trusted Types': `'trustedTypes' in window`,
  Prerendering: `'prerendering' in document`,
  wasDiscarded: `'wasDiscarded' in document`,
  notRestoredReasons: `'notRestoredReasons' in PerformanceNavigationTiming.prototype`,
  deliveryType: `'deliveryType' in PerformanceResourceTiming.prototype`,
  responseStatus: `'responseStatus' in PerformanceResourceTiming.prototype`,
  renderBlockingStatus: `'renderBlockingStatus' in PerformanceResourceTiming.prototype`,
} as const;

function hasEntries(type: string): string {
  return `PerformanceObserver.supportedEntryTypes.includes('${type}')`;
}

export type Api = keyof typeof APIS;

/** What each engine lacks, in the versions that `docs/browsers.md` names. */
export const LACKS: Record<Engine, readonly Api[]> = {
  chromium: ['AsyncContext'],
  firefox: [
    'Layout Instability',
    'Long Animation Frames',
    'Long Tasks',
    'Soft Navigations',
    'Visibility State Entries',
    'fetchLater',
    'AsyncContext',
    'Prerendering',
    'wasDiscarded',
    'notRestoredReasons',
    'deliveryType',
    'renderBlockingStatus',
  ],
  webkit: [
    'Event Timing',
    'Layout Instability',
    'Largest Contentful Paint',
    'Long Animation Frames',
    'Long Tasks',
    'Soft Navigations',
    'Visibility State Entries',
    'Navigation API',
    'fetchLater',
    'AsyncContext',
    'Prerendering',
    'wasDiscarded',
    'notRestoredReasons',
    'deliveryType',
    'responseStatus',
    'renderBlockingStatus',
  ],
};

/** For a page: the names of those that it lacks. */
export const whichAreMissing = (): string => {
  const entries = Object.entries(APIS).map(([name, isThere]) => `${JSON.stringify(name)}: ${isThere}`);
  return `Object.entries({ ${entries} }).filter(([, isThere]) => !isThere).map(([name]) => name)`;
};
