import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** One of the repository's Markdown files; `path` is relative to its root. */
export interface MarkdownDocument {
  path: string;
  text: string;
}

export interface Example {
  /** Where it stands, as `README.md:42`. */
  place: string;
  language: string;
  code: string;
}

export const readDocument = (path: string): MarkdownDocument => ({
  path,
  text: readFileSync(join(ROOT, path), 'utf8'),
});

const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort();

export const documents: MarkdownDocument[] = [...markdownIn('.'), ...markdownIn('docs')].map(readDocument);

/** The fenced blocks of a document. */
export const examplesOf = ({ path, text }: MarkdownDocument): Example[] =>
  [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ index, 1: language = '', 2: code = '' }) => ({
    place: `${path}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));

export const withoutExamples = (text: string): string => text.replace(/^```.*?^```$/gms, '');

/** The rows of all tables whose first heading is `heading`, cell by cell. */
export const rowsOf = ({ text }: MarkdownDocument, heading: string): string[][] => {
  const tables = withoutExamples(text).match(/(^\|.*\n)+/gm) ?? [];
  return tables
    .map((table) => table.trim().split('\n').map(cellsOf))
    .filter(([head]) => head?.[0] === heading)
    .flatMap((table) => table.slice(2));
};

const cellsOf = (row: string): string[] =>
  row
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** What stands between the first backticks of a cell; the cell itself if there are none. */
export const codeOf = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? cell;
