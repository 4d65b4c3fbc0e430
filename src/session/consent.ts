import { listen } from '../platform/lifecycle.js';
import { clearStore, holdStore, tellTabs } from '../platform/storage.js';
import type { Config, Consent, Stop } from '../types.js';
import { KEY } from './session.js';

/** What other tabs hear. */
const DENIED = 'rootspan-denied';

/**
 * What the visitor has agreed to, and whether the browser asks for less (Global Privacy Control). Unless all is granted,
 * nothing is stored; what is denied is removed. Of the rest the queue, the tracer and what writes headers ask `consent`;
 * a state that is none lets nothing through.
 */
export const createConsent = (
  { consent = 'granted', respectGpc = true, sampler, session }: Config,
  fetch: typeof globalThis.fetch,
) => {
  // not in Chromium, nor in TypeScript's library
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
  const hasGpc = respectGpc && !!globalPrivacyControl;
  const setConsent = (next: Consent, isTold?: boolean): void => {
    // Who was told tells nobody: meanwhile it may be granted again where it comes from.
    const tells = consent === 'granted' && next === 'denied' && !isTold;
    consent = next;
    if (hasGpc || next === 'denied') clearStore(KEY, session?.storage);
    holdStore(hasGpc || next !== 'granted');
    if (tells) tellTabs(DENIED);
    sampler?.renew?.(fetch, () => consent);
  };
  setConsent(consent);
  return { consent: () => consent, setConsent, isDenied: () => consent === 'denied', hasGpc };
};

/** Runs when consent that was given is denied in another tab of the origin. */
export const onDenied = (run: () => void): Stop =>
  listen(window, 'storage', ({ key, newValue }: StorageEvent) => {
    if (key === DENIED && newValue) run();
  });
