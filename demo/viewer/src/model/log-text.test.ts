import { expect, test } from 'vitest';
import { logText } from './log-text.js';
import type { LogRecord } from './types.js';

const logOf = (more: Partial<LogRecord>): LogRecord => ({
  time: 0,
  severity: 9,
  severityText: '',
  body: null,
  service: 'shop-web',
  spanId: null,
  attributes: {},
  eventName: null,
  ...more,
});

test('a web vital is told with its rating, not with the numbers behind it', () => {
  const attributes = {
    'browser.web_vital.name': 'inp',
    'browser.web_vital.value': 432,
    'browser.web_vital.delta': 432,
    'session.id': '1',
  };

  const told = logText(logOf({ eventName: 'browser.web_vital', attributes }));

  expect(told).toEqual({ text: 'INP 432 ms, needs improvement', attributes: [], stack: '' });
});

test('an exception is told by type and message, with its stack apart', () => {
  const attributes = {
    'exception.type': 'RangeError',
    'exception.message': 'too short',
    'exception.stacktrace': 'RangeError: too short\n    at cut',
  };

  const told = logText(logOf({ eventName: 'exception', attributes }));

  expect(told).toMatchObject({ text: 'RangeError: too short', attributes: [] });
  expect(told.stack).toContain('at cut');
});

test('a line of the page is told as it was written, with the attributes of its own', () => {
  const attributes = { 'oven.temperature': 230, 'session.id': '1', 'rootspan.page_view.id': '2' };

  const told = logText(logOf({ body: 'The bread is out', attributes }));

  expect(told).toEqual({ text: 'The bread is out', attributes: [['oven.temperature', '230']], stack: '' });
});

test('an error that was written to the console is told without its stack, which is there', () => {
  const body = 'Too dark: Error: 55 minutes\n    at oven.js:1:2\n    at oven.js:3:4';

  expect(logText(logOf({ body }))).toEqual({
    text: 'Too dark: Error: 55 minutes',
    attributes: [],
    stack: body,
  });
});

test('a record without a text has none', () => {
  expect(logText(logOf({ eventName: 'session.start' })).text).toBe('');
});

test.each(['__proto__', 'toString'])('an event of the name %s is an event like any other', (eventName) => {
  expect(logText(logOf({ eventName, body: 'baked' })).text).toBe('baked');
});
