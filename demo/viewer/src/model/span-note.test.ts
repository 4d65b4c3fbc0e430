import { expect, test } from 'vitest';
import { spanOf } from './fixture.js';
import { spanNote } from './span-note.js';

const exception = (attributes: Record<string, string>) => ({
  name: 'exception',
  events: [{ name: 'exception', time: 1, attributes }],
});

test.each([
  [
    'an error',
    exception({ 'exception.type': 'RangeError', 'exception.message': 'too short' }),
    'RangeError: too short',
  ],
  ['a thrown text', exception({ 'exception.message': 'no bread' }), 'no bread'],
  ['a long frame', { attributes: { 'rootspan.long_frame.blocking_ms': 193.6 } }, 'blocked 194 ms'],
  ['a report', { scope: 'rootspan/reports', attributes: { 'rootspan.report.id': 'SyncXhr' } }, 'SyncXhr'],
  ['a request', { name: 'GET /x' }, ''],
])('%s says what it is about beside its name', (_, more, note) => {
  expect(spanNote(spanOf('a', null, 0, 1, more))).toBe(note);
});
