import { onTestFinished, vi } from 'vitest';

/** Puts globals of a browser there that Node lacks, until the test has finished. */
export const withGlobals = (globals: Record<string, unknown>): void => {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
};

/** The address of the page, for code that resolves URLs: all of it that a pure layer can see. */
export const onPage = (baseURI: string, origin = new URL(baseURI).origin): void =>
  withGlobals({ document: { baseURI }, self: ownedBy(origin) });

/** A window whose origin is the browser's, not a script's. */
export const ownedBy = (origin: string) => ({
  get origin() {
    return origin;
  },
});
