import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A line of a list that blocks requests, of whatever site. */
export interface Filter {
  list: string;
  line: string;
  /** The longest text that a URL must hold: most filters are decided by it. */
  literal: string;
  pattern: RegExp;
}

/** Comments, headers, exceptions, what is about elements or hosts files, and about other hosts than ours. */
const NO_FILTER = /^(!|\[|@@|\|\||$)|#@?[?$^]?#|^#|^%/;
/** For certain sites alone, or not about blocking a request. */
const ELSEWHERE =
  /(^|,)((domain|from|to|denyallow|ipaddress|method|header|csp|permissions|removeparam|replace)=|popup|popunder|ping|doc|document|removeparam|badfilter|match-case)/;

/** The generic filters of all lists that come with the extension. */
export const readFilters = (folder: string): Filter[] =>
  readdirSync(join(folder, 'assets'), { recursive: true })
    .map((path) => join(folder, 'assets', String(path)))
    .filter((path) => path.endsWith('.txt'))
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => !NO_FILTER.test(line))
        .flatMap((line) => parse(basename(path), line) ?? []),
    );

const parse = (list: string, line: string): Filter | undefined => {
  const [, text = '', options = ''] = /^(.*?)(?:\$(~?[\w-]+(?:[=,].*)?))?$/.exec(line) ?? [];
  if (ELSEWHERE.test(options)) return undefined;
  if (/^\/.*\/$/.test(text)) return { list, line, literal: '', pattern: new RegExp(text.slice(1, -1), 'i') };
  const literal = text
    .toLowerCase()
    .split(/[*^|]/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  const source = text
    .replace(/[.+?${}()[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\^/g, '(?:[^\\w.%-]|$)')
    .replace(/^\|/, '^')
    .replace(/\|$/, '$');
  return { list, line, literal, pattern: new RegExp(source, 'i') };
};

/** The filters that stop this URL, as `list: line`. */
export const filtersFor = (url: string, filters: readonly Filter[]): string[] =>
  filters
    .filter(({ literal, pattern }) => url.includes(literal) && pattern.test(url))
    .map(({ list, line }) => `${list}: ${line}`);
