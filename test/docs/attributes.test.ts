import { describe, expect, test } from 'vitest';
import { codeOf, readDocument, rowsOf } from './support/documents.js';
import {
  dottedNames,
  firstArguments,
  instrumentationNames,
  namePrefixes,
  wordsOf,
} from './support/source-facts.js';

const registry = readDocument('docs/attributes.md');
const namesOf = (heading: string) =>
  [...new Set(rowsOf(registry, heading).map(([name]) => codeOf(name)))].sort();

const attributes = namesOf('attribute');
const events = namesOf('event');
const records = namesOf('log record');
const prefixes = namePrefixes();
const isComposed = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));

describe('docs/attributes.md', () => {
  test('has every attribute that is named in the code', () => {
    const missing = dottedNames().filter((name) => ![...attributes, ...events, ...records].includes(name));
    expect(missing).toEqual([]);
    expect(dottedNames().length).toBeGreaterThan(25);
  });

  test('has attributes for every name that the code composes', () => {
    const missing = prefixes.filter((prefix) => !attributes.some((name) => name.startsWith(prefix)));
    expect(missing).toEqual([]);
    expect(prefixes).toEqual(expect.arrayContaining(['rootspan.web_vital.', 'browser.web_vital.']));
  });

  test('has no attribute that the code does not send', () => {
    const sent = dottedNames();
    expect(attributes.filter((name) => !sent.includes(name) && !isComposed(name))).toEqual([]);
  });

  test('has each event of the code, and nothing else', () => {
    expect(events).toEqual([...wordsOf('PHASES'), ...firstArguments('addEvent')].sort());
  });

  test('has each scope of the code, and nothing else', () => {
    const rows = [...rowsOf(registry, 'span'), ...rowsOf(registry, 'log record')];
    // What is taken over from the snippet stands under the scopes of fetch, XMLHttpRequest and errors.
    const names = instrumentationNames().filter((name) => name !== 'early');
    const scopes = [...new Set(rows.map(([, scope]) => codeOf(scope)))];
    expect(scopes.sort()).toEqual([...names, 'custom', 'session'].map((name) => `rootspan/${name}`).sort());
  });

  test('has each span of a fixed name', () => {
    // A request is named at once by its method.
    const fixed = firstArguments('startSpan').filter((name) => name !== 'HTTP');
    expect(fixed.length).toBeGreaterThan(1);
    expect(namesOf('span')).toEqual(expect.arrayContaining(fixed));
  });

  test('tells of each attribute its type, when, and whose name it is', () => {
    const isWhole = ([name, type = '', when, from]: string[]) =>
      /^(string|int|double|boolean)(\[\])?$/.test(type) &&
      when &&
      from === (codeOf(name).startsWith('rootspan.') ? 'own' : 'standard');
    expect(rowsOf(registry, 'attribute').filter((row) => !isWhole(row))).toEqual([]);
  });
});
