import { expect, test } from 'vitest';
import { momentOf } from './fixture.js';
import { momentText } from './moment-text.js';
import type { Moment } from './types.js';

test.each<[string, Partial<Moment>, string, string]>([
  ['a click', {}, 'Clicked “Pay”', ''],
  ['a key', { name: 'key Search shop' }, 'Pressed Enter on “Search shop”', ''],
  [
    'a rage',
    { count: 4, marks: ['rage', 'dead'] },
    'Clicked “Pay” again and again',
    '4 times or more, nothing happened',
  ],
  ['a slow click', { marks: ['slow'], durationMs: 412 }, 'Clicked “Pay”', 'the page answered after 412 ms'],
  [
    'an error',
    { kind: 'error', name: 'TypeError', count: 3, detail: { 'exception.message': 'no ribbon' } },
    'TypeError: no ribbon',
    '3 times',
  ],
  [
    'a failed request',
    { kind: 'request', name: 'GET /x', detail: { 'http.response.status_code': 500, 'error.type': '500' } },
    'GET /x failed',
    'answered 500',
  ],
  [
    'a lost request',
    { kind: 'request', name: 'GET /x', detail: { 'error.type': 'NetworkError' } },
    'GET /x failed',
    'NetworkError',
  ],
  [
    'a long frame',
    {
      kind: 'long-frame',
      detail: { 'rootspan.long_frame.blocking_ms': 250 },
      scripts: [{ invoker: 'BUTTON.onclick', source: 'shop.js:1', durationMs: 240 }],
    },
    'The page was blocked for 250 ms',
    'BUTTON.onclick',
  ],
  [
    'a WebSocket',
    {
      kind: 'connection',
      name: 'WebSocket /echo',
      durationMs: 1500,
      detail: { 'rootspan.connection.sent': 1, 'rootspan.connection.received': 3 },
    },
    'WebSocket /echo, open for 1.5 s',
    '1 message sent, 3 messages received',
  ],
  ['a click of no known kind', { name: '__proto__ Pay' }, '__proto__ “Pay”', ''],
  ['a report of no known kind', { kind: 'report', name: '__proto__' }, '__proto__', ''],
  [
    'a connection with numbers that are none',
    { kind: 'connection', durationMs: 1500, detail: { 'rootspan.connection.sent': { toString: 1 } } },
    'click Pay, open for 1.5 s',
    '',
  ],
  [
    'a long frame with a time that is none',
    {
      kind: 'long-frame',
      durationMs: 250,
      detail: { 'rootspan.long_frame.blocking_ms': { toString: 1 } },
      scripts: [],
    },
    'The page was blocked for 250 ms',
    '',
  ],
])('%s in plain words', (_, more, text, rest) => {
  expect(momentText(momentOf(more))).toEqual({ text, more: rest });
});
