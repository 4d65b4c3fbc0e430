import { clearStore, holdStore } from '../platform/storage.js';
import type { Config, Consent } from '../types.js';
import { KEY } from './session.js';

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
  const setConsent = (next: Consent): void => {
    consent = next;
    if (hasGpc || next === 'denied') clearStore(KEY, session?.storage);
    holdStore(hasGpc || next !== 'granted');
    sampler?.renew?.(fetch, () => consent);
  };
  setConsent(consent);
  return { consent: () => consent, setConsent, isDenied: () => consent === 'denied', hasGpc };
};
