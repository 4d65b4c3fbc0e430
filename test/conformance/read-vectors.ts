import { readFileSync } from 'node:fs';

/** The text of a file below `vectors/`. Where a vector comes from is said in the file itself. */
export const readVectorText = (path: string): string =>
  readFileSync(new URL(`./vectors/${path}`, import.meta.url), 'utf8');

/** A parsed one; its shape is known to the test that reads it. */
export const readVector = <T>(path: string): T => JSON.parse(readVectorText(path)) as T;
