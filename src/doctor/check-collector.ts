import { gzipSync } from 'node:zlib';
import { isOnBlockerLists } from './blocklist.js';
import type { Report } from './finding.js';
import { judgePreflight } from './preflight-rules.js';
import { type Answer, isSuccess, preflight, request } from './request.js';

/** A request that holds no span: a collector takes it, and stores nothing. */
const NOTHING = JSON.stringify({ resourceSpans: [] });

const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.|\[::1\])/.test(hostname);

/** The collector as the agent meets it: reachable, allowed from the page's origin, taking JSON. */
export const checkCollector = async (
  url: URL,
  page: URL,
  headers: readonly string[],
  report: Report,
): Promise<void> => {
  if (page.protocol === 'https:' && url.protocol === 'http:' && !isLoopback(url)) {
    report('error', `Browsers block ${url.href} from a page of https. Give the collector https.`);
  }
  if (isOnBlockerLists(url)) {
    report('warning', `The path ${url.pathname} is on lists of content blockers. Choose another one.`);
  }
  if (url.origin !== page.origin && !(await checkCors(url, page.origin, headers, report))) return;
  await checkBodies(url, page.origin, report);
};

const checkCors = async (
  url: URL,
  origin: string,
  headers: readonly string[],
  report: Report,
): Promise<boolean> => {
  const wanted = ['content-type', ...headers];
  const answer = await preflight(url, origin, 'POST', wanted);
  if (!judgePreflight(answer, origin, wanted, report) || typeof answer === 'string') return false;
  const isOpen = answer.headers.get('access-control-allow-origin') === '*';
  if (isOpen || answer.headers.get('access-control-allow-credentials') !== 'true') {
    report(
      'warning',
      `${isOpen ? 'Access-Control-Allow-Origin is "*"' : 'Access-Control-Allow-Credentials is not "true"'}: a beacon of JSON, the last resort as a page is left, never arrives. Name "${origin}" and allow credentials.`,
    );
  }
  return true;
};

const checkBodies = async (url: URL, origin: string, report: Report): Promise<void> => {
  const post = (type: string, body: string | Uint8Array<ArrayBuffer>, more = {}) =>
    request(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: origin, 'Content-Type': type, ...more },
      body,
    });
  const plain = await post('application/json', NOTHING);
  if (typeof plain === 'string') return report('error', `${url.href} ${plain}.`);
  const target = plain.headers.get('location');
  if (target && !isSuccess(plain)) return reportMoved(plain, target, report);
  if (!isSuccess(plain)) {
    return report(
      'error',
      `${url.href} answered OTLP/JSON with status ${plain.status}. Is it an OTLP/HTTP endpoint?`,
    );
  }
  const allowed = plain.headers.get('access-control-allow-origin');
  if (url.origin !== origin && allowed !== '*' && allowed !== origin) {
    report(
      'warning',
      'The answer to POST lacks Access-Control-Allow-Origin: the agent cannot read it and sends again.',
    );
  }
  report('ok', `${url.href} takes OTLP/JSON.`);
  const zipped = await post('application/json', new Uint8Array(gzipSync(NOTHING)), {
    'Content-Encoding': 'gzip',
  });
  const text = await post('text/plain', NOTHING);
  const takes = (answer: typeof plain | string) => typeof answer !== 'string' && isSuccess(answer);
  report(
    'note',
    `It takes ${takes(zipped) ? 'gzip' : 'no gzip'} and ${takes(text) ? 'text/plain, which needs no preflight' : 'no text/plain, so each visit begins with a preflight'}.`,
  );
};

/** Only 307 and 308 keep the method and the body. */
const reportMoved = ({ url, status }: Answer, target: string, report: Report): void => {
  const told = `${url.href} answered OTLP/JSON with ${status} to ${target}`;
  if (status === 307 || status === 308) {
    report('warning', `${told}: each body is sent twice. Name the new address as endpoint.`);
  } else {
    report('error', `${told}: browsers send a GET there, and the spans are lost. Is it a login?`);
  }
};
