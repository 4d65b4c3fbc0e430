import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { STAGES } from '../support/stages.mjs';
import {
  documents,
  type MarkdownDocument,
  ROOT,
  readDocument,
  rowsOf,
  withoutExamples,
} from './support/documents.js';

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const anchorsOf = ({ text }: MarkdownDocument): string[] =>
  [...withoutExamples(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const linksOf = ({ text }: MarkdownDocument): string[] =>
  [...withoutExamples(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

const leadsTo = (from: MarkdownDocument, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path ? relative(ROOT, join(ROOT, dirname(from.path), path)) : from.path;
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(readDocument(target)).includes(anchor);
};

test.for(documents)('links of $path lead to files and headings that are there', (document) => {
  expect(linksOf(document).filter((link) => !leadsTo(document, link))).toEqual([]);
});

test('there are links to check', () => {
  expect(documents.flatMap(linksOf).length).toBeGreaterThan(30);
});

test('each document of docs/ is linked from the README', () => {
  const links = linksOf(readDocument('README.md'));
  const names = documents.map(({ path }) => path).filter((path) => path.startsWith('docs'));
  expect(names.filter((name) => !links.includes(name))).toEqual([]);
});

test('ARCHITECTURE.md has each file of src once, and nothing else', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true }).map((path) =>
    String(path).replaceAll('\\', '/'),
  );
  const told = rowsOf(readDocument('ARCHITECTURE.md'), 'file').map(([file = '']) => file.replaceAll('`', ''));
  expect(told.sort()).toEqual(files.filter((path) => path.endsWith('.ts')).sort());
});

test('CONTRIBUTING.md tells the stages of npm test in their order', () => {
  const { text } = readDocument('CONTRIBUTING.md');
  expect(/in order: `([\w ]+)`/.exec(text)?.[1]).toBe(
    STAGES.filter(({ onDemand }) => !onDemand)
      .map(({ name }) => name)
      .join(' '),
  );
});
