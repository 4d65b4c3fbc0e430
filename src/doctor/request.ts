/** A response with its body read, or the reason why there is none. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array;
  url: URL;
}

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** Gives an answer that sends on as it is, and does not go there. */
  redirect?: 'manual';
}

/** Milliseconds after which a server counts as silent. */
const TIMEOUT_MS = 10_000;

/** Sends a request and reads the whole answer. A text is why there is none, for a sentence that begins with the URL. */
export const request = async (url: URL, options: RequestOptions = {}): Promise<Answer | string> => {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body, url: new URL(response.url) };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    return `did not answer: ${cause?.message || message}`;
  }
};

/** What a browser asks before a request with these headers from `origin`. */
export const preflight = (url: URL, origin: string, method: string, headers: readonly string[]) =>
  request(url, {
    method: 'OPTIONS',
    // Browsers refuse a preflight that is sent on.
    redirect: 'manual',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': headers.join(','),
    },
  });

/** The members of a list header, in small letters. */
export const listOf = (header: string | null): string[] =>
  (header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);

export const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;
