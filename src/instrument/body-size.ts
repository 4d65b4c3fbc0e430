import { readNative } from '../platform/patch.js';

/** The bytes of a body or message; undefined where only reading it would tell. */
export const bodySize = (body: unknown): number | undefined => {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  // Not by the names alone, which an object of the page may have too.
  return ArrayBuffer.isView(body)
    ? body.byteLength
    : (readNative(Blob.prototype, 'size', body) ?? readNative(ArrayBuffer.prototype, 'byteLength', body));
};
