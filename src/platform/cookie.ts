import type { SessionOptions } from '../types.js';

/** The default longest life of a session, in seconds; each write begins it anew. */
const MAX_AGE = 14_400;
const FRAMED = 'None; Secure; Partitioned';

/**
 * Keeps the session in a cookie, for `session.storage`: all ports of a host share it, and with `domain` all hosts of that
 * domain.
 */
export const cookieStorage = ({
  domain,
}: {
  domain?: string;
} = {}): Exclude<SessionOptions['storage'], string | undefined> => {
  const write = (key: string, text: string, maxAge: number): void => {
    const cookie = `${key}=${text}; path=/; max-age=${maxAge}${domain ? `; domain=${domain}` : ''}; SameSite=`;
    // In a frame of another site the browser refuses the first, which is how we learn of it.
    for (const rest of [location.protocol === 'https:' ? 'Lax; Secure' : 'Lax', FRAMED]) {
      if (read(key) === text || (rest === FRAMED && top === self)) return;
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous
      document.cookie = cookie + rest;
    }
  };
  return {
    getItem: (key) => {
      const text = read(key);
      return text ? decodeURIComponent(text) : null;
    },
    setItem: (key, value) => write(key, encodeURIComponent(value), MAX_AGE),
    // No cookie is an empty text, so that in a frame both kinds are removed.
    removeItem: (key) => write(key, '', 0),
  };
};

/** As it is written. Of several, left by another `domain`, the browser names the newest last. */
const read = (key: string): string | undefined =>
  document.cookie
    .split('; ')
    .filter((each) => each.startsWith(`${key}=`))
    .pop()
    ?.slice(key.length + 1);
