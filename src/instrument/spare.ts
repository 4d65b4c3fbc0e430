import { readStore, writeStore } from '../platform/storage.js';
import { warn } from '../util/guard.js';
import { ofDocument } from '../util/own.js';

const KEY = 'rootspan-spared';
/** Of more, the oldest are tried again. */
const MAX = 50;

/** Places where a request with our headers had an answer. */
const proven = new Set<string>();

const readSpared = (): string[] => readStore(KEY, 'session')?.split('\n') ?? [];

/** Whether a request to this place failed as it carried our headers, in this tab. */
export const isSpared = (place: string): boolean => readSpared().includes(place);

/** The place gets no headers any more; told once. */
export const spare = (place: string): void => {
  const spared = readSpared();
  if (spared.includes(place)) return;
  writeStore(KEY, [...spared, place].slice(-MAX).join('\n'), 'session');
  warn(`${place} gets no trace headers any more, as a request with them failed: see neverPropagateTo`);
};

/** A request with our headers was answered there. */
export const prove = (place: string): unknown => proven.add(place);

/**
 * Whether our headers may be why a request failed: in the words of Chromium, Firefox and Safari, the last of which says
 * others for a page that is left. A wrong argument has nothing to do with them.
 */
export const isSuspect = (place: string, message: string): boolean =>
  /^(Failed to fetch|NetworkError|Load failed)/.test(message) && !proven.has(place) && navigator.onLine;

/** Links whose preload a request has had. */
const served = new WeakSet<Element>();

/** Whether a request gets what the document has loaded ahead: to Firefox and Safari, one with our headers is another. */
export const takesPreload = ({ href }: URL): boolean => {
  const selector = 'link[rel~=preload][as=fetch]';
  const links: NodeListOf<HTMLLinkElement> = ofDocument('querySelectorAll').call(document, selector);
  for (const link of links) if (link.href === href && !served.has(link)) return !!served.add(link);
  return false;
};
