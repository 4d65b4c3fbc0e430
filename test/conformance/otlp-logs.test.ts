import { expect, test } from 'vitest';
import { encodeLog } from '../../src/export/log-record.js';
import { createEnvelope } from '../../src/export/otlp.js';
import type { LogRecord } from '../../src/types.js';
import { readRequest } from './proto/otlp-proto.mjs';

const TIME = 1_790_000_000_000.25;
const CONTEXT = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };

const record = (given: Partial<LogRecord>): LogRecord => ({
  time: TIME,
  level: 'warn',
  scope: 'custom',
  context: CONTEXT,
  attributes: {},
  droppedAttributes: 0,
  ...given,
});

const send = (records: LogRecord[]) => {
  const envelope = createEnvelope({ 'service.name': 'shop' }, '0.1.0', 'Logs', 'logRecords');
  return readRequest('logs', JSON.parse(envelope(records.map((span) => ({ span, json: encodeLog(span) })))));
};

test('log records and events are legal OTLP', () => {
  const { problems, decoded } = send([
    record({ body: 'card declined', attributes: { 'order.id': 7, 'retry.delay_ms': 3 } }),
    record({
      level: 'info',
      scope: 'vitals',
      eventName: 'browser.web_vital',
      attributes: { 'browser.web_vital.value': 0 },
      droppedAttributes: 2,
    }),
    record({ level: 'fatal', context: undefined, body: '' }),
  ]);

  expect(problems).toEqual([]);
  const nanos = '1790000000000250000';
  expect(decoded).toMatchObject({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeLogs: [
          {
            scope: { name: 'rootspan/custom', version: '0.1.0' },
            logRecords: [
              {
                timeUnixNano: nanos,
                observedTimeUnixNano: nanos,
                severityNumber: 13,
                severityText: 'warn',
                body: { stringValue: 'card declined' },
                traceId: CONTEXT.traceId,
                spanId: CONTEXT.spanId,
                flags: 1,
                attributes: [
                  { key: 'order.id', value: { intValue: '7' } },
                  { key: 'retry.delay_ms', value: { doubleValue: 3 } },
                ],
              },
              { severityNumber: 21, body: { stringValue: '' } },
            ],
          },
          {
            scope: { name: 'rootspan/vitals' },
            logRecords: [
              {
                severityNumber: 9,
                eventName: 'browser.web_vital',
                droppedAttributesCount: 2,
                attributes: [{ key: 'browser.web_vital.value', value: { doubleValue: 0 } }],
              },
            ],
          },
        ],
      },
    ],
  });
});

test.each([
  ['trace', 1],
  ['debug', 5],
  ['info', 9],
  ['warn', 13],
  ['error', 17],
  ['fatal', 21],
] as const)('%s is severity %d', (level, severity) => {
  expect(JSON.parse(encodeLog(record({ level }))).severityNumber).toBe(severity);
});
