import { BadRequest } from './values.mjs';

// The deepest attribute that is taken has about a hundred. `JSON.parse` needs seconds for millions of them, and
// nothing else is served in that time.
const MAX_DEPTH = 128;
// 8 MiB of usual spans have fewer. As many `{}` as that would take seconds as well.
const MAX_PAIRS = 2 ** 19;

const [QUOTE, BACKSLASH] = Buffer.from('"\\\\');
const OPENING = new Set(Buffer.from('[{'));
const CLOSING = new Set(Buffer.from(']}'));

/** The index of the quote that ends the string which begins before `from`. */
const endOfString = (bytes, from) => {
  for (let end = bytes.indexOf(QUOTE, from); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return bytes.length;
};

const check = (depth, pairs) => {
  if (depth > MAX_DEPTH) throw new BadRequest(`brackets are nested deeper than ${MAX_DEPTH} levels`);
  if (pairs > MAX_PAIRS) throw new BadRequest(`there are more than ${MAX_PAIRS} pairs of brackets`);
};

/** Throws when brackets are deeper or more than any request needs. Whether it is JSON, the parser says. */
export const checkBrackets = (bytes) => {
  let depth = 0;
  let pairs = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) index = endOfString(bytes, index + 1);
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) {
      depth += 1;
      pairs += 1;
      check(depth, pairs);
    }
  }
};
