// Loaded by `node --import` before express and pg are. Endpoint, sampler, propagators and batches come from the
// OTEL_* variables that start.mjs sets.
import { register } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { log } from './log.mjs';
import { settingsFromParent } from './parent.mjs';
import { describeQuery, describeRequest, isUntraced } from './span-names.mjs';

const LONGEST_STOP_MS = 2000;

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

const sdk = new NodeSDK({
  instrumentations: getNodeAutoInstrumentations({
    '@opentelemetry/instrumentation-http': { ignoreIncomingRequestHook: isUntraced },
    // Only for `http.route` on the server span: a span for each layer would bury the waterfall.
    '@opentelemetry/instrumentation-express': {
      ignoreLayersType: ['middleware', 'router', 'request_handler'],
    },
    '@opentelemetry/instrumentation-pg': {
      requireParentSpan: true,
      ignoreConnectSpans: true,
      requestHook: describeQuery,
    },
    '@opentelemetry/instrumentation-undici': { requireParentforSpans: true, requestHook: describeRequest },
  }),
});
sdk.start();

const giveUp = async () => {
  await sleep(LONGEST_STOP_MS);
  throw new Error('the collector did not answer');
};

/** Sends what is left. A collector that is gone already is no reason to fail, nor to wait for long. */
export const stopTelemetry = () =>
  Promise.race([sdk.shutdown(), giveUp()]).catch(({ message }) =>
    log.warn('lost the last spans', { reason: message }),
  );

Object.assign(process.env, await settingsFromParent());
