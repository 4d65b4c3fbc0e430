import type { Answer } from '../../support/collector-answer.js';

export interface CollectorRow {
  /** A collector that … */
  name: string;
  /** All answers while the fault lasts, or one each, of which the last one stays; `dead`: nobody listens there. */
  answer: Answer | Answer[] | 'dead';
  /** What the agent does with the spans meanwhile; those that are kept arrive when the collector is well again. */
  fate: 'kept' | 'rejected' | 'sent' | 'partly';
  /** Milliseconds of the page's clock. Default 3000. */
  lasts?: number;
  /** On another origin than the page. */
  isForeign?: true;
  /** The collector has taken the spans, and the page cannot know: they come again. */
  isRepeated?: true;
  /** The fewest and most requests while the fault lasts. Default 1 to 14. */
  attempts?: [number, number];
}

const LONG_TEXT = `<!doctype html>${'<p>Sign in</p>'.repeat(400_000)}`;

const FAULTS: CollectorRow[] = [
  { name: 'refuses connections', answer: 'dead', fate: 'kept' },
  { name: 'never answers', answer: 'hang', fate: 'kept', lasts: 11_000 },
  { name: 'cuts each request before its body is read', answer: { cut: 'request' }, fate: 'kept' },
  { name: 'reads and then cuts the connection', answer: 'reset', fate: 'kept' },
  { name: 'cuts its answer', answer: { cut: 'answer' }, fate: 'sent' },
  { name: 'answers after 9 seconds', answer: { when: 'released' }, fate: 'kept', lasts: 9000 },
  {
    name: 'answers after more than 10 seconds',
    ...{ answer: { when: 'released' }, fate: 'kept', lasts: 10_500, isRepeated: true },
  },
  { name: 'answers with HTML', answer: 'garbage', fate: 'sent' },
  { name: 'answers with half of its JSON', answer: { body: '{"partialSuc' }, fate: 'sent' },
  { name: 'answers with 5 MB', answer: { body: LONG_TEXT }, fate: 'sent' },
  { name: 'answers with an empty body', answer: { body: '' }, fate: 'sent' },
  { name: 'takes all but one', answer: 'partial', fate: 'partly' },
  { name: 'takes none, and says so', answer: { rejects: 1e6 }, fate: 'rejected' },
  {
    name: 'says nonsense about what it took',
    answer: { body: '{"partialSuccess":{"rejectedSpans":"-5"}}' },
    fate: 'sent',
  },
  { name: 'refuses preflights', answer: 'no-cors', fate: 'kept', isForeign: true },
  {
    name: 'answers without CORS',
    ...{ answer: { cors: false }, fate: 'kept', isForeign: true, isRepeated: true },
  },
  { name: 'refuses gzip with 415', answer: { gzip: 415 }, fate: 'sent' },
  { name: 'refuses gzip with 400', answer: { gzip: 400 }, fate: 'sent' },
  {
    name: 'fails in another way each time',
    answer: ['reset', { status: 503 }, { cut: 'request' }, { status: 429 }, { status: 502 }],
    fate: 'kept',
    lasts: 20_000,
  },
];

/** As OTLP/HTTP has it: these four are worth another attempt, whatever else is no 2xx is final. */
const RETRYABLE = [429, 502, 503, 504];
export const TAKEN = [200, 201, 202, 204, 206, 299];
export const FINAL = [
  ...[304, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 418, 421, 422, 425],
  ...[426, 428, 431, 451, 499, 500, 501, 505, 506, 507, 508, 510, 511, 520, 599],
];

const RETRY_AFTER = ['20', 'soon', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT'];

export const COLLECTOR_ROWS: readonly CollectorRow[] = [
  ...FAULTS,
  ...RETRYABLE.map(
    (status): CollectorRow => ({ name: `answers ${status}`, answer: { status }, fate: 'kept' }),
  ),
  ...RETRY_AFTER.map(
    (text): CollectorRow => ({
      name: `asks to come again after "${text}"`,
      answer: { status: 503, headers: { 'Retry-After': text } },
      fate: 'kept',
    }),
  ),
];
