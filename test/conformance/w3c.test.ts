import { expect, test } from 'vitest';
import { w3c } from '../../src/propagate/w3c.js';
import type { SpanContext } from '../../src/types.js';
import { readVector } from './read-vectors.js';

interface ParentCase {
  id: string;
  name: string;
  header: string;
  valid: boolean;
  expect?: { traceId: string; spanId: string; sampled: boolean; random: boolean; flagsOut: string };
  outVersion?: string;
}
interface FormatCase {
  id: string;
  in: { traceId: string; spanId: string; sampled: boolean; random: boolean };
  out: string | null;
}
type Members = [string, string][];
interface StateCase {
  id: string;
  name: string;
  headers: string[];
  valid: boolean;
  members?: Members;
  acceptable?: Members[];
}
interface ChangeCase {
  id: string;
  in: string;
  out: string | null;
}

const parents = readVector<{ cases: ParentCase[]; format: FormatCase[] }>('traceparent.json');
const states = readVector<{ parse: StateCase[]; mutate: ChangeCase[]; truncate: ChangeCase[] }>(
  'tracestate.json',
);

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const extract = (traceparent: string, tracestate?: string) =>
  w3c.extract?.((field) => ({ traceparent, tracestate })[field]);

const inject = (context: SpanContext) => {
  const headers: Record<string, string> = {};
  w3c.inject(context, (field, value) => {
    headers[field] = value;
  });
  return headers;
};

/** The one place where the product sends less than the standard allows: see the test of the `format` cases. */
const narrow = (header: string) => header.replace(/..$/, (flags) => `0${Number.parseInt(flags, 16) & 1}`);

test('all vectors are there', () => {
  expect([parents.cases.length, parents.format.length]).toEqual([65, 6]);
  expect([states.parse.length, states.mutate.length, states.truncate.length]).toEqual([37, 7, 2]);
});

for (const { id, name, header, valid, expect: expected, outVersion } of parents.cases) {
  test(`traceparent ${id}, ${name}: ${valid ? 'is read' : 'is ignored, with its tracestate'}`, () => {
    const context = extract(header, 'shop=1');

    if (!valid || !expected) {
      expect(context).toBeUndefined();
      return;
    }
    const { traceId, spanId, sampled, random, flagsOut } = expected;
    expect(context).toEqual({
      traceId,
      spanId,
      // Unknown bits are gone: these are the flags that may be sent on.
      traceFlags: Number.parseInt(flagsOut, 16),
      traceState: 'shop=1',
      isRemote: true,
    });
    expect([(context?.traceFlags ?? 0) & 1, (context?.traceFlags ?? 0) & 2]).toEqual([
      +sampled,
      random ? 2 : 0,
    ]);
    // Whatever version came, version 00 goes out.
    const sent = inject(context as SpanContext);
    expect(sent.traceparent).toBe(narrow(`${outVersion ?? '00'}-${traceId}-${spanId}-${flagsOut}`));
  });
}

// The flags on the wire are 00 or 01 alone, though Level 2 knows the random flag too: receivers are in use that refuse
// a header of version 00 with 02 or 03. The vectors of `random: true` therefore expect their narrow form.
for (const { id, in: given, out } of parents.format) {
  test(`traceparent ${id}: ${JSON.stringify(given)} is written as ${out ? narrow(out) : 'nothing'}`, () => {
    const { traceId, spanId, sampled, random } = given;

    const headers = inject({
      traceId,
      spanId,
      traceFlags: +sampled + (random ? 2 : 0),
      traceState: 'shop=1',
    });

    expect(headers).toEqual(out === null ? {} : { traceparent: narrow(out), tracestate: 'shop=1' });
  });
}

const join = (members: Members): string | undefined =>
  members.map(([key, value]) => `${key}=${value}`).join() || undefined;

for (const { id, name, headers, members, acceptable } of states.parse) {
  test(`tracestate ${id}, ${name}`, () => {
    // Several fields of one name arrive joined by commas.
    const context = extract(PARENT, headers.join(','));

    expect(context?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect((acceptable ?? [members ?? []]).map(join)).toContain(context?.traceState);
  });
}

test('of two members with one key the left-most counts, being the most recent', () => {
  expect(extract(PARENT, 'foo=1,foo=2')?.traceState).toBe('foo=1');
});

// The product has no function that changes or shortens a tracestate: it never writes an entry of its own, and a
// state that was legal when it came is legal when it goes. What does hold for these cases: the list is passed on as it is.
for (const { id, in: given } of [...states.mutate, ...states.truncate]) {
  test(`tracestate ${id}: ${given.length} characters are passed on unchanged`, () => {
    const context = extract(PARENT, given);

    expect(inject(context as SpanContext).tracestate ?? '').toBe(given);
  });
}

test('a tracestate of 512 characters, and of far more, is passed on whole', () => {
  const state = Array.from({ length: 32 }, (_, index) => `k${index}=${'v'.repeat(256)}`).join();

  expect(inject(extract(PARENT, state) as SpanContext).tracestate).toBe(state);
});
