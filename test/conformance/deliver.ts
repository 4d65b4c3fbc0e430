import { expect } from 'vitest';
import type { Attributes, SpanRecord } from '../../src/types.js';
import { encodeTraces } from '../support/encode-traces.js';
import { createRecord } from '../unit/support/records.js';
import { firstSpan, readPairs, type WireRequest } from './otlp-values.js';
import { readRequest } from './proto/otlp-proto.mjs';

/** Records as the official definitions read them, after a journey through protobuf. */
export const deliver = (records: SpanRecord[], resource: Attributes = { 'service.name': 'shop' }) => {
  const json = JSON.parse(encodeTraces(resource, '0.1.0', records));
  const { problems, decoded } = readRequest('traces', json);
  expect(problems).toEqual([]);
  return { request: decoded as WireRequest, span: firstSpan(decoded) };
};

/** What becomes of attributes on their way. */
export const deliverAttributes = (attributes: Attributes) =>
  readPairs(deliver([createRecord({ attributes })]).span.attributes);
