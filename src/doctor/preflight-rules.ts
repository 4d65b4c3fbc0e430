import type { Report } from './finding.js';
import { type Answer, isSuccess, listOf } from './request.js';

/** Seconds for which an answer should at least be kept: half of a long visit. */
const WANTED_AGE = 600;

/** Judges the answer to a preflight as a browser does (Fetch standard, "CORS-preflight fetch"). True if it lets the request pass. */
export const judgePreflight = (
  answer: Answer | string,
  origin: string,
  headers: readonly string[],
  report: Report,
): boolean => {
  if (typeof answer === 'string') {
    report('error', `The preflight ${answer}.`);
    return false;
  }
  const allowed = answer.headers.get('access-control-allow-origin');
  const fields = listOf(answer.headers.get('access-control-allow-headers'));
  // An asterisk is not for Authorization (Fetch standard, "CORS non-wildcard request-header name").
  const isAllowed = (field: string) =>
    fields.includes(field) || (fields.includes('*') && field !== 'authorization');
  const missing = headers.filter((field) => !isAllowed(field));
  if (!isSuccess(answer)) {
    report(
      'error',
      `The preflight got status ${answer.status}. Answer OPTIONS with 204, without sending it on or asking for a login.`,
    );
  } else if (allowed !== '*' && allowed !== origin) {
    const seen = allowed ? `names "${allowed}"` : 'is missing';
    report('error', `Access-Control-Allow-Origin ${seen}. Send "${origin}".`);
  } else if (missing.length > 0) {
    report(
      'error',
      `Access-Control-Allow-Headers lacks ${missing.join(' and ')}. Add ${missing.length > 1 ? 'them' : 'it'}.`,
    );
  } else {
    judgeAge(answer, report);
    return true;
  }
  return false;
};

const judgeAge = ({ headers }: Answer, report: Report): void => {
  const age = Number(headers.get('access-control-max-age') ?? 5);
  if (age < WANTED_AGE) {
    report(
      'warning',
      `Browsers keep the answer to the preflight for ${age} s. Send "Access-Control-Max-Age: 7200" to spare visitors a round trip.`,
    );
  }
};
