/** An answer of the collector that is not what was asked for. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The collector knows nothing under that address. */
export const isMissing = (error: Error): boolean => error instanceof ApiError && error.status === 404;

/** Where the collector answers: the origin, and the path prefix if any, that this page came from. */
export const apiUrl = (path: string): string => `${import.meta.env.BASE_URL}api/${path}`;

/** Reads JSON of the collector. */
export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T> => {
  const response = await fetch(apiUrl(path), {
    headers: { accept: 'application/json' },
    signal: signal ?? null,
  });
  if (!response.ok) throw new ApiError(response.status, await reasonOf(response));
  // The collector is served from the same build as this page, so its shape is the one of `types.ts`.
  return (await response.json()) as T;
};

const reasonOf = async (response: Response): Promise<string> => {
  const text = await response.text().catch(() => '');
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // Not JSON: the status line says enough.
  }
  return `The collector answered ${response.status} ${response.statusText}`.trim();
};
