import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BadRequest } from './values.mjs';

/** The body is larger than the limit: answered with 413. */
export class TooLarge extends Error {}
/** A content type or encoding that is not spoken here: answered with 415. */
export class Unsupported extends Error {}

/** Too many bodies are being read at once: answered with 503. */
export class Busy extends Error {}

// Four bodies of the default limit. Parsed, each takes several times its length.
const MAX_HELD_BYTES = 32 * 1024 * 1024;

/** What all requests hold together until they are committed. Each takes from a share of its own. */
export const createBudget = () => {
  let held = 0;
  const share = () => {
    let taken = 0;
    return {
      take: (bytes) => {
        if (taken + bytes > MAX_HELD_BYTES)
          throw new TooLarge(`the request unfolds to more than ${MAX_HELD_BYTES} bytes`);
        if (held + bytes > MAX_HELD_BYTES) throw new Busy('too much is being received at once');
        held += bytes;
        taken += bytes;
      },
      release: () => {
        held -= taken;
        taken = 0;
      },
    };
  };
  return { share };
};

// Counts while the bytes pass, so that a small gzip body which unfolds to gigabytes is stopped at the limit.
const limited = (limit, { take }) =>
  async function* count(source) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit) throw new TooLarge(`the body is larger than ${limit} bytes`);
      take(chunk.length);
      yield chunk;
    }
  };

const decoderFor = (encoding) => {
  if (encoding === 'identity' || encoding === '') return [];
  if (encoding === 'gzip') return [createGunzip()];
  throw new Unsupported(`content encoding ${encoding}: use gzip or none`);
};

const collect = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Reads and unzips the body of a request; never holds more than `limit` bytes, nor more than `share` gives. */
export const readBody = async (request, limit, share) => {
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  const steps = decoderFor(encoding);
  if (Number(request.headers.get('content-length')) > limit)
    throw new TooLarge(`the body is larger than ${limit} bytes`);
  if (!request.body) return Buffer.alloc(0);
  const stages = steps.flatMap((step) => [step, limited(limit, share)]);
  try {
    return await pipeline(Readable.fromWeb(request.body), limited(limit, share), ...stages, collect);
  } catch (error) {
    if (error instanceof TooLarge || error instanceof Busy) throw error;
    throw new BadRequest(`the body could not be read: ${error.message}`);
  }
};
