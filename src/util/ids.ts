const POOL_BYTES = 256;
const ALL_ZERO = /^0*$/;

/** A source of random lower-case hex digits, never all zero. One call to the system's generator serves many ids. */
export const createIds = (): ((digits: number) => string) => {
  // Kept whole: the page may replace the global later.
  const { crypto } = globalThis;
  let pool = '';
  const take = (digits: number): string => {
    if (pool.length < digits) {
      pool = Array.from(crypto.getRandomValues(new Uint8Array(POOL_BYTES)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
    }
    const id = pool.slice(0, digits);
    pool = pool.slice(digits);
    return ALL_ZERO.test(id) ? take(digits) : id;
  };
  return take;
};

/** A version 4 UUID (RFC 9562, section 5.4). */
export const uuid = (id: (digits: number) => string): string => {
  const hex = id(32);
  // Version nibble 4, variant bits 10.
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};
