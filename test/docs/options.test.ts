import { describe, expect, test } from 'vitest';
import { codeOf, readDocument, rowsOf } from './support/documents.js';
import { codedDefault, membersOf } from './support/source-facts.js';

const session = membersOf('SessionOptions').map((member) => ({ ...member, name: `session.${member.name}` }));
const options = [...membersOf('Config'), ...session];

/** Options and their defaults, as a document tells them. */
const tableOf = (path: string) =>
  rowsOf(readDocument(path), 'option').map(([option, preset]) => ({
    option: codeOf(option),
    preset: codeOf(preset),
  }));

const DOCUMENTS = ['README.md', 'docs/configuration.md'];

describe.for(DOCUMENTS)('%s', (path) => {
  test('has each option of Config once, and nothing else', () => {
    const told = tableOf(path).map(({ option }) => option);
    expect(told.sort()).toEqual(options.map(({ name }) => name).sort());
  });

  test.for(tableOf(path))('tells the default of $option as the code has it', ({ option, preset }) => {
    const coded = codedDefault(option.replace('session.', ''));
    if (coded !== undefined) expect(preset).toBe(`${coded}`);
    else expect(['none', 'false', '[w3c]', 'omit', 'local', 'by origin', 'as follows']).toContain(preset);
  });
});

test('defaults are found in the code', () => {
  const found = options.map(({ name }) => codedDefault(name.replace('session.', '')));
  expect(found.filter((value) => value !== undefined).length).toBeGreaterThanOrEqual(6);
});

test.for(
  options.filter(
    ({ name, documentedDefault }) => documentedDefault && typeof codedDefault(tail(name)) === 'number',
  ),
)('the documentation of $name in types.ts tells the default of the code', ({ name, documentedDefault }) => {
  expect(documentedDefault).toBe(`${codedDefault(tail(name))}`);
});

function tail(name: string): string {
  return name.replace('session.', '');
}

test('the README has each method of the agent once, and nothing else', () => {
  const told = rowsOf(readDocument('README.md'), 'method').map(([method]) =>
    codeOf(method).replace(/\(.*/, ''),
  );
  expect(told.sort()).toEqual(
    membersOf('Agent')
      .map(({ name }) => name)
      .sort(),
  );
});

test('the parts that rootspan/core adds to the options are told', () => {
  const { text } = readDocument('docs/configuration.md');
  const core = text.slice(text.indexOf('## rootspan/core'));
  expect(membersOf('CoreConfig').filter(({ name }) => !core.includes(`\`${name}\``))).toEqual([]);
});
