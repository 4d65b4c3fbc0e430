import { createHash } from 'node:crypto';
import { isOnBlockerLists } from './blocklist.js';
import type { Report } from './finding.js';
import type { PageFacts, ScriptTag } from './page-facts.js';
import { forbiddenBy, type Wanted } from './policy.js';
import { type Answer, isSuccess, request } from './request.js';

/** The script file: there, of the right type, the bytes that `integrity` names, and not on a blocker's list. */
export const checkScript = async (tag: ScriptTag, url: URL, page: URL, report: Report): Promise<void> => {
  if (isOnBlockerLists(url)) {
    report(
      'warning',
      `The name ${url.pathname} is on lists of content blockers. Serve it under another one.`,
    );
  }
  const isForeign = url.origin !== page.origin;
  const answer = await request(url, { headers: isForeign ? { Origin: page.origin } : {} });
  if (typeof answer === 'string') return report('error', `${url.href} ${answer}.`);
  if (!isSuccess(answer)) return report('error', `${url.href} got status ${answer.status}.`);
  const type = answer.headers.get('content-type') ?? 'no type';
  if (!/(java|ecma)script/i.test(type)) {
    report(
      'error',
      `The script comes as "${type}": with "nosniff" browsers refuse it. Send "text/javascript".`,
    );
  }
  if (!answer.headers.get('content-encoding')) {
    report('warning', `The script comes uncompressed, ${answer.body.length} bytes. Turn gzip or brotli on.`);
  }
  judgeIntegrity(tag, answer, isForeign, report);
  report('ok', `${url.href} is there, ${answer.body.length} bytes.`);
};

const judgeIntegrity = (
  tag: ScriptTag,
  { body, headers }: Answer,
  isForeign: boolean,
  report: Report,
): void => {
  const digest = (algorithm: string) => `${algorithm}-${createHash(algorithm).update(body).digest('base64')}`;
  const hashes = (tag.integrity ?? '').split(/\s+/).filter((hash) => /^sha(256|384|512)-/.test(hash));
  if (hashes.length === 0) {
    if (isForeign) {
      report(
        'warning',
        `A script of another origin without integrity can be exchanged. Add integrity="${digest('sha384')}".`,
      );
    }
    return;
  }
  if (isForeign && tag.crossorigin === undefined) {
    report(
      'error',
      'Browsers refuse integrity on a script of another origin without crossorigin="anonymous". Add it.',
    );
  } else if (isForeign && !headers.get('access-control-allow-origin')) {
    report(
      'error',
      'The script of another origin has no Access-Control-Allow-Origin, which crossorigin asks for. Send it.',
    );
  }
  if (!hashes.some((hash) => hash === digest(hash.split('-')[0] ?? ''))) {
    report(
      'error',
      `The integrity is not that of the file, so browsers refuse it. Write "${digest('sha384')}".`,
    );
  }
};

/** The policies of the page: they let the script run and the collector be reached. */
export const checkPolicies = (
  { policies, headers }: { policies: readonly string[]; headers: Headers },
  wanted: { script: Wanted | undefined; connections: readonly URL[] },
  page: URL,
  report: Report,
): void => {
  // A header may hold several, separated by commas.
  const all = [...(headers.get('content-security-policy') ?? '').split(','), ...policies].filter((text) =>
    text.trim(),
  );
  const refusals = all.flatMap((policy) => [
    wanted.script && forbiddenBy(policy, 'script-src-elem', wanted.script, page),
    ...wanted.connections.map((url) => {
      const directive = forbiddenBy(policy, 'connect-src', { url }, page);
      return directive && `${directive}: add ${url.origin} to connect-src`;
    }),
  ]);
  const found = refusals.filter((text) => text !== undefined);
  for (const refusal of new Set(found))
    report('error', `The Content-Security-Policy forbids it by ${refusal}.`);
  if (found.length === 0)
    report(
      'ok',
      all.length
        ? 'The Content-Security-Policy lets all of it pass.'
        : 'There is no Content-Security-Policy.',
    );
};

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}/;

/** How the page names the server's trace, and whether each visitor gets one of their own. */
export const checkServerTrace = (
  facts: readonly { page: PageFacts; headers: Headers }[],
  report: Report,
): void => {
  const seen = facts.map(({ page, headers }) => page.traceparent ?? fromServerTiming(headers));
  const [first, second] = seen;
  if (first === undefined) {
    report(
      'note',
      'The page names no trace of the server. A Server-Timing header or <meta name="traceparent"> would join them.',
    );
  } else if (!TRACEPARENT.test(first)) {
    report('error', `The traceparent "${first}" is none (W3C Trace Context, section 3.2).`);
  } else if (first === second) {
    report(
      'warning',
      'Two visits got the same traceparent: the page is cached. Leave it out of cached pages.',
    );
  } else {
    report('ok', `The page load continues the server's trace ${first.slice(3, 35)}.`);
  }
};

const fromServerTiming = (headers: Headers): string | undefined =>
  /\btrace(?:parent)?\s*;\s*desc="?([^",;]+)/i.exec(headers.get('server-timing') ?? '')?.[1];
