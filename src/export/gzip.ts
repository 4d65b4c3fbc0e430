import { readStore, writeStore } from '../platform/storage.js';
import type { Config, Stop } from '../types.js';
import { attempt } from '../util/guard.js';
import { ownOrigin } from '../util/url.js';

/** Shorter bodies gain nothing by it. */
const MIN_BYTES = 1024;
/** Where the tab remembers that its collector takes none. */
const KEY = 'rootspan-plain';

/**
 * Packs bodies where that pays and the collector takes it. To another origin only where it is asked for: there
 * `content-encoding` is one more header that the collector's CORS has to allow.
 */
export const createPacker = ({ compression }: Config, url: URL) => {
  const waiting = new Set<Stop>();
  let isOn =
    (compression ?? (url.origin === ownOrigin() ? 'gzip' : '')) === 'gzip' && !readStore(KEY, 'session');
  let isProven = false;
  return {
    /** A body for which this is true is worth to wait for. */
    pays: (bytes: number): boolean => isOn && bytes >= MIN_BYTES,
    /** Undefined where the browser cannot, or the page goes away meanwhile. */
    pack: (body: string): Promise<ArrayBuffer | undefined> =>
      new Promise((resolve) => {
        const done = (packed?: ArrayBuffer) => {
          resolve(packed);
          // The page may have replaced it.
          attempt(() => waiting.delete(give));
        };
        const give = () => done();
        waiting.add(give);
        void gzip(body).then(done, give);
      }),
    /** The page goes: what is being packed is sent as it is, in a microtask of this very turn. */
    hurry: (): void => {
      for (const done of waiting) done();
    },
    /** Tells what became of a packed body. False: send it as it is, now. */
    learn: (status: number | undefined): boolean => {
      const isRefused = status === 400 || status === 415;
      if (isRefused) writeStore(KEY, '1', 'session');
      // A network error may be CORS, which does not say so.
      isProven ||= !!status && !isRefused;
      isOn &&= isProven && !isRefused;
      return !isRefused;
    },
  };
};

const gzip = async (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
