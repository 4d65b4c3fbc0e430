import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BadRequest } from './values.mjs';

/** The body is larger than the limit: answered with 413. */
export class TooLarge extends Error {}
/** A content type or encoding that is not spoken here: answered with 415. */
export class Unsupported extends Error {}

// Counts while the bytes pass, so that a small gzip body which unfolds to gigabytes is stopped at the limit.
const limited = (limit) =>
  async function* count(source) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit) throw new TooLarge(`the body is larger than ${limit} bytes`);
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

/** Reads and unzips the body of a request; never holds more than `limit` bytes. */
export const readBody = async (request, limit) => {
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  const steps = decoderFor(encoding);
  if (Number(request.headers.get('content-length')) > limit)
    throw new TooLarge(`the body is larger than ${limit} bytes`);
  if (!request.body) return Buffer.alloc(0);
  const stages = steps.flatMap((step) => [step, limited(limit)]);
  try {
    return await pipeline(Readable.fromWeb(request.body), limited(limit), ...stages, collect);
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new BadRequest(`the body could not be read: ${error.message}`);
  }
};
