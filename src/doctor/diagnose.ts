import { checkCollector } from './check-collector.js';
import { checkPolicies, checkScript, checkServerTrace } from './check-page.js';
import { checkTarget } from './check-target.js';
import type { Finding, Report } from './finding.js';
import { type PageFacts, readPage, resolveUrl, type ScriptTag } from './page-facts.js';
import { type Answer, isSuccess, request } from './request.js';

/** What to look at. */
export interface Question {
  page: URL;
  endpoint: string | undefined;
  script: string | undefined;
  propagateTo: readonly string[];
  /** Headers for the collector besides `content-type`. */
  headers: readonly string[];
  /** Trace headers for the backends. */
  fields: readonly string[];
}

/** Looks at everything and tells what it found; an error that is thrown says why it could not look. */
export const diagnose = async (question: Question): Promise<Finding[]> => {
  const findings: Finding[] = [];
  const about =
    (subject: string): Report =>
    (level, message) =>
      void findings.push({ level, subject, message });
  const [first, second] = [await visit(question.page), await visit(question.page)];
  const { base, scripts, policies } = first.page;
  const page = first.url;
  const tag = scripts.find((each) => isAgent(each, question.script, base));
  const setting = (name: string, given: string | undefined) => given ?? tag?.[`data-${name}`];
  const read = (text: string, name: string, subject: string): URL[] => {
    const url = resolveUrl(text, base);
    if (!url) about(subject)('error', `The ${name} "${text}" is no URL.`);
    return url ? [url] : [];
  };
  const endpoint = setting('endpoint', question.endpoint) ?? '/';
  const collectors = read(endpoint, 'endpoint', 'collector').map(tracesUrl);
  const listed = (tag?.['data-propagate-to'] ?? '').split(/[\s,]+/).filter(Boolean);
  const targets = [...question.propagateTo, ...listed].flatMap((url) => read(url, 'backend', 'propagateTo'));

  if (tag) await checkScript(tag, new URL(tag.src, base), page, about('script'));
  else reportMissing(first.page, about('script'));
  const script = tag && { url: new URL(tag.src, base), nonce: tag.nonce, integrity: tag.integrity };
  const connections = [...collectors, ...targets];
  checkPolicies({ policies, headers: first.headers }, { script, connections }, page, about('policy'));
  checkServerTrace([first, second], about('page'));
  for (const collector of collectors)
    await checkCollector(collector, page, question.headers, about('collector'));
  for (const target of targets) await checkTarget(target, page, question.fields, about(target.host));
  return findings;
};

const visit = async (url: URL): Promise<Answer & { page: PageFacts }> => {
  const answer = await request(url, { headers: { Accept: 'text/html' } });
  if (typeof answer === 'string') throw new Error(`${url.href} ${answer}.`);
  if (!isSuccess(answer)) throw new Error(`${url.href} got status ${answer.status}.`);
  return { ...answer, page: readPage(new TextDecoder().decode(answer.body), answer.url) };
};

const isAgent = ({ src }: ScriptTag, named: string | undefined, base: URL): boolean => {
  const url = new URL(src, base);
  return named === undefined
    ? /\/rootspan(-\w+)?(\.min)?\.js$/.test(url.pathname)
    : url.href === new URL(named, base).href;
};

const reportMissing = ({ inlineScripts }: PageFacts, report: Report): void => {
  const isQueued = inlineScripts.some((text) => /\brootspan\(/.test(text));
  report(
    'note',
    `The page has no script tag with rootspan.js${isQueued ? ', but calls rootspan()' : ''}. If the agent is in a bundle, give --endpoint; if the script has another name, --script.`,
  );
};

/** As the option `endpoint` is read. */
const tracesUrl = (endpoint: URL): URL => {
  endpoint.pathname = endpoint.pathname.replace(/(\/v1\/traces)?\/?$/, '/v1/traces');
  return endpoint;
};
