import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SendResult } from '../../../src/export/transport.js';
import { createFakeTransport, makeBuffer } from '../support/make-buffer.js';
import { createLongRecord, createRecord } from '../support/records.js';
import { createTime } from '../support/time.js';

const answer: fc.Arbitrary<SendResult> = fc.oneof(
  fc.constant({}),
  fc.record({ rejected: fc.oneof(fc.integer({ min: -3, max: 80 }), fc.constant(Infinity)) }),
  fc.record({ retryMs: fc.integer({ min: -10, max: 100_000 }) }),
);

const step = fc.oneof(
  fc.record({ add: fc.integer({ min: 1, max: 400 }), length: fc.constantFrom(0, 1000, 20_000) }),
  fc.record({ bad: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ drop: fc.constantFrom('processor', 'stopped') }),
  fc.record({ pass: fc.integer({ min: 0, max: 90_000 }) }),
  fc.record({ flush: fc.boolean() }),
  fc.record({ room: fc.integer({ min: 0, max: 32_768 }) }),
);

const createSpan = (length: number) => (length ? createLongRecord(length) : createRecord());

test('recorded is sent, waiting and dropped together, whatever happens in whatever order', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { maxLength: 20 }),
      fc.array(step, { maxLength: 12 }),
      async (answers, steps) => {
        const transport = createFakeTransport();
        transport.answers.push(...answers);
        const { buffer, time } = makeBuffer(transport, { time: createTime() });
        let recorded = 0;
        const record = (count: number, add: () => void) => {
          recorded += count;
          for (let index = 0; index < count; index++) add();
        };

        for (const each of steps) {
          if ('add' in each) record(each.add, () => buffer.add(createSpan(each.length)));
          if ('bad' in each)
            record(each.bad, () => buffer.add(createRecord({ name: 1n as unknown as string })));
          if ('drop' in each) record(1, () => buffer.drop(each.drop));
          if ('room' in each) transport.roomLeft = each.room;
          if ('pass' in each) await time.pass(each.pass);
          if ('flush' in each) void buffer.flush(each.flush);

          const { sent, waiting, dropped } = buffer.counts();
          const parts = [sent, waiting, ...Object.values(dropped)];
          expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(recorded);
        }
      },
    ),
    { numRuns: 80, seed: 20261120 },
  );
});
