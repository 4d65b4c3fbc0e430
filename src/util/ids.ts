const POOL_BYTES = 256;

/** A source of random lower-case hex digits, never all zero. One call to the system's generator serves many ids. */
export const createIds = (): ((digits: number) => string) => {
  // Kept whole: the page may replace the global later.
  const { crypto } = globalThis;
  let pool = '';
  const take = (digits: number): string => {
    if (pool.length < digits) {
      const bytes = crypto.getRandomValues(new Uint8Array(POOL_BYTES));
      pool = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
    }
    const id = pool.slice(0, digits);
    pool = pool.slice(digits);
    return /[^0]/.test(id) ? id : take(digits);
  };
  return take;
};
