import parsePolicy from 'content-security-policy-parser';

/** A resource that a policy has to let pass. */
export interface Wanted {
  url: URL;
  nonce?: string | undefined;
  integrity?: string | undefined;
}

type Directive = 'connect-src' | 'script-src-elem';

const FALLBACKS: Record<Directive, string[]> = {
  'connect-src': ['connect-src', 'default-src'],
  'script-src-elem': ['script-src-elem', 'script-src', 'default-src'],
};

/** The directive that forbids it (CSP Level 3, section 6.7.2), as it is written in the policy; undefined if none does. */
export const forbiddenBy = (
  policy: string,
  directive: Directive,
  wanted: Wanted,
  page: URL,
): string | undefined => {
  const directives = parsePolicy(policy);
  const name = FALLBACKS[directive].find((each) => directives.has(each));
  const sources = name === undefined ? undefined : directives.get(name);
  if (!sources) return undefined;
  return isAllowed(directive, sources, wanted, page) ? undefined : [name, ...sources].join(' ');
};

const isAllowed = (directive: Directive, sources: string[], { url, nonce, integrity }: Wanted, page: URL) => {
  if (directive === 'script-src-elem') {
    if (nonce && sources.includes(`'nonce-${nonce}'`)) return true;
    const hashes = (integrity ?? '').split(/\s+/).filter(Boolean);
    if (hashes.length > 0 && hashes.every((hash) => sources.includes(`'${hash}'`))) return true;
    // With it, where a script lies no longer counts.
    if (sources.includes("'strict-dynamic'")) return false;
  }
  return sources.some((source) => matchesSource(source, url, page));
};

/** Section 6.7.2.7: does the URL match the source expression? */
const matchesSource = (source: string, url: URL, page: URL): boolean => {
  if (source.toLowerCase() === "'self'") return isSelf(url, page);
  if (source === '*') return isNetworkScheme(url.protocol) || url.protocol === page.protocol;
  if (/^[a-z][\w+.-]*:$/i.test(source)) return matchesScheme(source.toLowerCase(), url.protocol);
  const [, scheme, host = '', port, path] =
    /^(?:([a-z][\w+.-]*):\/\/)?([^/:?#']+)(?::(\d+|\*))?(\/[^?#]*)?/i.exec(source) ?? [];
  return (
    host !== '' &&
    matchesScheme(`${scheme?.toLowerCase() ?? page.protocol.slice(0, -1)}:`, url.protocol) &&
    matchesHost(host.toLowerCase(), url.hostname) &&
    matchesPort(port, url) &&
    matchesPath(path, url.pathname)
  );
};

const isNetworkScheme = (protocol: string): boolean => /^(https?|wss?):$/.test(protocol);

const isSelf = (url: URL, page: URL): boolean =>
  url.hostname === page.hostname &&
  (url.host === page.host || (isDefaultPort(url) && isDefaultPort(page))) &&
  matchesScheme(page.protocol, url.protocol);

const isDefaultPort = ({ port }: URL): boolean => port === '';

/** A secure scheme is as good as the plain one that was named. */
const matchesScheme = (wanted: string, scheme: string): boolean =>
  wanted === scheme ||
  (wanted === 'http:' && scheme === 'https:') ||
  (wanted === 'ws:' && /^(wss|https?):$/.test(scheme)) ||
  (wanted === 'wss:' && scheme === 'https:');

const matchesHost = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === '*' || pattern === host;

const matchesPort = (port: string | undefined, url: URL): boolean => {
  if (port === '*') return true;
  return port === undefined || port === defaultPort(url) ? isDefaultPort(url) : port === url.port;
};

const defaultPort = ({ protocol }: URL): string => (/^(https|wss):$/.test(protocol) ? '443' : '80');

/** A path that ends in a slash is a folder, another one a file. */
const matchesPath = (path: string | undefined, pathname: string): boolean =>
  !path || (path.endsWith('/') ? pathname.startsWith(path) : pathname === path);
