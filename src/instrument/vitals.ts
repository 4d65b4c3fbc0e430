import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Instrumentation } from '../types.js';
import { reportVitalsBy } from './vital-spans.js';

/**
 * Core Web Vitals as `browser.web_vital` events of one `web-vitals` span for each page view, and as attributes of that
 * span. Each value once, when it is final: at the latest when the page is hidden.
 */
export const reportVitals = (): Instrumentation =>
  reportVitalsBy([onTTFB, onFCP, onLCP, onCLS, onINP], () => ({}));
