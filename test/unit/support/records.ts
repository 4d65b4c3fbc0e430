import type { SpanRecord } from '../../../src/types.js';
import { START } from './time.js';

let count = 0;

/** An ended span with ids of its own; `changes` are what the test is about. */
export const createRecord = (changes: Partial<SpanRecord> = {}): SpanRecord => ({
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: (++count).toString(16).padStart(16, '0'),
  parentSpanId: undefined,
  parentIsRemote: false,
  traceFlags: 1,
  traceState: undefined,
  name: 'GET /api/orders/:id',
  kind: 3,
  scope: 'fetch',
  startTime: START,
  endTime: START + 20,
  attributes: {},
  events: undefined,
  links: undefined,
  status: 0,
  statusMessage: undefined,
  droppedAttributes: 0,
  droppedEvents: 0,
  droppedLinks: 0,
  ...changes,
});

export const createRecords = (length: number, changes: Partial<SpanRecord> = {}): SpanRecord[] =>
  Array.from({ length }, () => createRecord(changes));

/** A record whose attributes are about as long as `characters`, below the limit of a single value. */
export const createLongRecord = (characters: number): SpanRecord =>
  createRecord({
    attributes: Object.fromEntries(
      Array.from({ length: Math.ceil(characters / 4000) }, (_, index) => [`text${index}`, 'x'.repeat(4000)]),
    ),
  });
