import { expect, test } from 'vitest';
import { type BaggageEntry, baggage, readBaggage, writeBaggage } from '../../src/propagate/baggage.js';
import type { Attributes } from '../../src/types.js';
import { readVector } from './read-vectors.js';

interface ReadCase {
  id: string;
  name: string;
  header: string;
  entries: BaggageEntry[];
}
interface WriteCase {
  id: string;
  entries: BaggageEntry[];
  header: string;
}
interface LimitCase {
  id: string;
  entries: (BaggageEntry & { valueRepeat?: [string, number] })[];
  header?: string;
  headerLength?: number;
}

const vectors = readVector<{
  parse: ReadCase[];
  encode: WriteCase[];
  limits: { id: string; members?: number; bytes?: number; rule: string }[];
  limitCases: LimitCase[];
}>('baggage.json');

test('all vectors are there', () => {
  const { parse, encode, limits, limitCases } = vectors;
  expect([parse.length, encode.length, limits.length, limitCases.length]).toEqual([29, 12, 5, 3]);
});

for (const { id, name, header, entries } of vectors.parse) {
  test(`baggage ${id}, ${name}, is read`, () => {
    expect(readBaggage(header)).toEqual(entries);
  });
}

// More may be encoded than must be: then what counts is what is read.
for (const { id, entries, header } of vectors.encode) {
  test(`baggage ${id} is written as ${header || 'nothing'}`, () => {
    const written = writeBaggage(entries);

    expect(readBaggage(written)).toEqual(readBaggage(header));
    if (!/=.*=/.test(header)) expect(written).toBe(header);
  });
}

for (const { id, members, bytes, rule } of vectors.limits) {
  test(`baggage ${id}: ${rule}`, () => {
    const entries = Array.from({ length: members ?? 2 }, (_, index) => ({
      key: `k${index}`,
      // Two members: `k0=` … `,k1=` is seven.
      value: 'x'.repeat(bytes ? Math.ceil((bytes - 7) / 2) - (index ? (bytes % 2) ^ 1 : 0) : 1),
    }));
    const total = entries.map(({ key, value }) => `${key}=${value}`).join().length;
    if (bytes) expect(total).toBe(bytes);

    const written = readBaggage(writeBaggage(entries));

    const fits = Math.min(entries.length, 180) - (total > 8192 ? 1 : 0);
    expect(written.map(({ key, value }) => [key, value])).toEqual(
      entries.slice(0, fits).map(({ key, value }) => [key, value]),
    );
  });
}

for (const { id, entries, header, headerLength = 8191 } of vectors.limitCases) {
  test(`baggage ${id}: ${entries.length} entries, as far as they go`, () => {
    const written = writeBaggage(
      entries.map(({ valueRepeat, ...entry }) =>
        valueRepeat ? { ...entry, value: valueRepeat[0].repeat(valueRepeat[1]) } : entry,
      ),
    );

    if (header) expect(written).toBe(header);
    else expect(written).toHaveLength(headerLength);
  });
}

const inject = (keys: string[], values: Attributes) => {
  let header: string | undefined;
  const set = (_: string, value: string) => {
    header = value;
  };
  baggage({ keys }).inject({ traceId: '', spanId: '', traceFlags: 1 }, set, values);
  return header;
};

test('only the keys that are allowed leave the page', () => {
  const values = { 'session.id': 's', 'user.id': 'u', tenant: 'a b', plan: 3 };

  expect(inject(['tenant', 'plan', 'absent'], values)).toBe('tenant=a%20b,plan=3');
  expect(inject(['session.id', 'user.id'], values)).toBe('session.id=s,user.id=u');
  expect(inject([], values)).toBeUndefined();
});

test('half of a surrogate pair is replaced, and costs no request its header', () => {
  expect(inject(['a', 'b'], { a: 'x\ud83d', b: 'y' })).toBe('a=x%EF%BF%BD,b=y');
});
