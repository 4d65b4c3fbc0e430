import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A `<script src>` of the page, by its attributes. */
export type ScriptTag = Record<string, string> & { src: string };

/** What the HTML of a page says that concerns the agent. */
export interface PageFacts {
  /** Where relative URLs start: the page, or its `<base>`. */
  base: URL;
  /** Those that a browser can load. */
  scripts: ScriptTag[];
  inlineScripts: string[];
  /** Policies in `<meta http-equiv>`. */
  policies: string[];
  /** `<meta name="traceparent">`. */
  traceparent: string | undefined;
}

type Element = DefaultTreeAdapterTypes.Element;

export const readPage = (html: string, page: URL): PageFacts => {
  const elements = collect(parse(html));
  const named = (name: string) => elements.filter(({ tagName }) => tagName === name).map(attributesOf);
  const metas = named('meta');
  const href = named('base').find((tag) => tag.href !== undefined)?.href ?? '';
  const base = resolveUrl(href, page) ?? page;
  return {
    base,
    scripts: named('script').filter(
      (tag): tag is ScriptTag => tag.src !== undefined && !!resolveUrl(tag.src, base),
    ),
    inlineScripts: elements.filter(isInlineScript).map(textOf),
    policies: metas
      .filter((meta) => meta['http-equiv']?.toLowerCase() === 'content-security-policy')
      .map(({ content }) => content ?? ''),
    traceparent: metas.find(({ name }) => name?.toLowerCase() === 'traceparent')?.content,
  };
};

/** Nothing, where it is none: browsers ignore such a tag. */
export const resolveUrl = (text: string, base: URL): URL | undefined =>
  URL.canParse(text, base.href) ? new URL(text, base) : undefined;

/** In the order of the document. A loop, for pages may be as deep as they like. */
const collect = (root: DefaultTreeAdapterTypes.Node): Element[] => {
  const elements: Element[] = [];
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of [...node.childNodes].reverse()) rest.push(child);
  }
  return elements;
};

const attributesOf = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]));

const isInlineScript = (element: Element): boolean =>
  element.tagName === 'script' && !element.attrs.some(({ name }) => name === 'src');

const textOf = ({ childNodes }: Element): string =>
  childNodes.map((node) => ('value' in node ? node.value : '')).join('');
