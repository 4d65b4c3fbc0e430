import { expect, test } from 'vitest';
import { readRate } from '../../../src/session/remote.js';

const strategy = (probabilisticSampling: unknown, operationSampling?: unknown) => ({
  strategyType: 'PROBABILISTIC',
  probabilisticSampling,
  rateLimitingSampling: null,
  operationSampling,
});

test.each([
  [{ sampleRate: 0.2 }, 0.2],
  [{ sampleRate: 0 }, 0],
  [{ sampleRate: 1, more: 'of later versions' }, 1],
  [strategy({ samplingRate: 0.25 }, null), 0.25],
  [{ strategyType: 0, probabilisticSampling: { samplingRate: 1 } }, 1],
  [strategy({}), 0],
  [strategy({ samplingRate: 0.25 }, { defaultSamplingProbability: 0.5, perOperationStrategies: [] }), 0.5],
  [strategy(undefined, { defaultLowerBoundTracesPerSecond: 0.1 }), 0],
])('%j is a rate', (json, rate) => {
  expect(readRate(JSON.stringify(json))).toBe(rate);
});

test.each([
  null,
  '',
  '<!doctype html>',
  'null',
  '0.5',
  '[]',
  '{}',
  '{"sampleRate":"0.5"}',
  '{"sampleRate":1.5}',
  '{"sampleRate":-1}',
  '{"sampleRate":true}',
  '{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":5}}',
  '{"probabilisticSampling":{"samplingRate":2}}',
  `{"sampleRate":0.5}${' '.repeat(16 * 1024)}`,
])('%.80s is none', (text) => {
  expect(readRate(text)).toBeUndefined();
});
