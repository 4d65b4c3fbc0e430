import type { Attributes, RequestTarget } from '../types.js';
import { attempt } from '../util/guard.js';

/**
 * Texts and comments, whose braces do not count; braces; words, also those of variables and directives. A text without
 * an end goes as far as it may, which keeps the search linear.
 */
const TOKEN = /"""(?:\\"""|[\s\S])*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|#.*|[{}()]|[$@]?\w+/g;

type Operation = readonly [type?: string | undefined, name?: string | undefined];

/**
 * For the option `describeRequest`: name and type of a GraphQL operation, from a body that is a text of JSON, else from
 * the URL; of a batch all names and types. What is no GraphQL is left alone.
 */
export const describeGraphql = ({ url, body = '' }: RequestTarget): Attributes => {
  // Any other body is not worth reading.
  const isLikely = /"(query|operationName)"/.test(body);
  const given: unknown = isLikely ? attempt(() => JSON.parse(body)) : Object.fromEntries(url.searchParams);
  const operations = [given].flat().map(readOperation);
  const join = (index: 0 | 1): string | undefined =>
    [...new Set(operations.map((operation) => operation[index]))].filter(Boolean).join() || undefined;
  return { 'graphql.operation.type': join(0), 'graphql.operation.name': join(1) };
};

const readOperation = (item: unknown): Operation => {
  const { query, operationName } = Object(item); // anything may be in a body
  const chosen = typeof operationName === 'string' ? operationName : '';
  // A document that the server knows already is not sent.
  if (typeof query !== 'string') return [undefined, chosen];
  const operations = listOperations(query);
  return operations.find(([, name]) => !chosen || name === chosen) ?? [];
};

/** The operations of a document: what stands before each outermost brace says which. */
const listOperations = (text: string): Operation[] => {
  const operations: Operation[] = [];
  let words: string[] = [];
  let depth = 0;
  for (const token of text.match(TOKEN) ?? []) {
    if (token === '{' && !depth) {
      const [type = 'query', name] = words;
      if (/^(query|mutation|subscription)$/.test(type)) operations.push([type, name]);
      words = [];
    }
    if (/^\w/.test(token) && !depth) words.push(token);
    if (/^[{(]/.test(token)) depth++;
    if (/^[})]/.test(token)) depth--;
  }
  return operations;
};
