import type { Report } from './finding.js';
import { judgePreflight } from './preflight-rules.js';
import { listOf, preflight, request } from './request.js';

/** A backend of `propagateTo`: it must allow the trace headers, and should open its timing to the page. */
export const checkTarget = async (
  url: URL,
  page: URL,
  headers: readonly string[],
  report: Report,
): Promise<void> => {
  if (url.origin !== page.origin) {
    const answer = await preflight(url, page.origin, 'GET', headers);
    if (!judgePreflight(answer, page.origin, headers, report)) {
      return report(
        'error',
        'With the headers of a trace, requests of the page fail. Until this is changed, leave it out of propagateTo.',
      );
    }
    report('ok', `It allows ${headers.join(' and ')}.`);
  }
  const answer = await request(url, { headers: { Origin: page.origin } });
  if (typeof answer === 'string') return report('error', `${url.href} ${answer}.`);
  const timing = listOf(answer.headers.get('timing-allow-origin'));
  if (url.origin !== page.origin && !timing.includes('*') && !timing.includes(page.origin)) {
    report(
      'warning',
      `Without Timing-Allow-Origin spans have no phases and sizes. Send "Timing-Allow-Origin: ${page.origin}".`,
    );
  }
  if (!answer.headers.get('server-timing')) {
    report(
      'note',
      'It sends no Server-Timing: the durations that the backend measures would stand on the span.',
    );
  }
};
