import { readNative } from '../platform/patch.js';

/** The bytes of a body or message; undefined where only reading it would tell. Runs no code of the page. */
export const bodySize = (body: unknown): number | undefined =>
  typeof body === 'string'
    ? new TextEncoder().encode(body).length
    : (readNative(Blob.prototype, 'size', body) ??
      readNative(
        (ArrayBuffer.isView(body) ? Object.getPrototypeOf(Int8Array) : ArrayBuffer).prototype as ArrayBuffer,
        'byteLength',
        body,
      ));
