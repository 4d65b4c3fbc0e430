import {
  type INPAttribution,
  type LCPAttribution,
  type MetricWithAttribution,
  onCLS,
  onFCP,
  onINP,
  onLCP,
  onTTFB,
} from 'web-vitals/attribution';
import type { Attributes, AttributeValue, Instrumentation } from '../types.js';
import { redactText } from '../util/redact.js';
import { describeScript } from './describe-script.js';
import { safeText } from './describe-url.js';
import { type DescribeVital, reportVitalsBy } from './vital-spans.js';

/** The parts of web-vitals' attributions that are told, and the attributes they become. */
const PARTS = {
  target: 'target',
  interactionTarget: 'target',
  largestShiftTarget: 'target',
  largestShiftValue: 'largest_shift',
  interactionType: 'interaction_type',
  loadState: 'load_state',
  waitingDuration: 'waiting_ms',
  cacheDuration: 'cache_ms',
  dnsDuration: 'dns_ms',
  connectionDuration: 'connection_ms',
  requestDuration: 'request_ms',
  timeToFirstByte: 'first_byte_ms',
  firstByteToFCP: 'first_byte_to_paint_ms',
  resourceLoadDelay: 'resource_delay_ms',
  resourceLoadDuration: 'resource_load_ms',
  elementRenderDelay: 'render_delay_ms',
  inputDelay: 'input_delay_ms',
  processingDuration: 'processing_ms',
  presentationDelay: 'presentation_delay_ms',
};

/**
 * Takes the place of `reportVitals` of `rootspan/core`: by the attribution build of web-vitals each event says the element, as
 * a CSS selector, and the parts that make up the value.
 */
export const reportVitals = (): Instrumentation =>
  reportVitalsBy([onTTFB, onFCP, onLCP, onCLS, onINP], describe);

const describe: DescribeVital = (context, metric) => {
  const { attribution } = metric as MetricWithAttribution; // of this build
  const { url, longestScript, ...given } = attribution as LCPAttribution & INPAttribution; // or another, with neither
  const parts = given as object as Record<string, AttributeValue | undefined>; // those of the list are
  const attributes: Attributes = {};
  for (const [part, name] of Object.entries(PARTS)) attributes[`rootspan.web_vital.${name}`] ??= parts[part];
  const target = attributes['rootspan.web_vital.target'];
  return {
    ...attributes,
    // Empty for an element that is gone.
    'rootspan.web_vital.target': target ? redactText(`${target}`) : undefined,
    'rootspan.web_vital.url': url && safeText(context, url),
    ...(longestScript && describeScript(context, longestScript.entry)),
  };
};
