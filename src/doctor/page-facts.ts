import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A `<script src>` of the page, by its attributes. */
export type ScriptTag = Record<string, string> & { src: string };

/** What the HTML of a page says that concerns the agent. */
export interface PageFacts {
  /** Where relative URLs start: the page, or its `<base>`. */
  base: URL;
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
  const base = named('base').find(({ href }) => href !== undefined)?.href ?? '';
  return {
    base: new URL(base, page),
    scripts: named('script').filter((tag): tag is ScriptTag => tag.src !== undefined),
    inlineScripts: elements.filter(isInlineScript).map(textOf),
    policies: metas
      .filter((meta) => meta['http-equiv']?.toLowerCase() === 'content-security-policy')
      .map(({ content }) => content ?? ''),
    traceparent: metas.find(({ name }) => name?.toLowerCase() === 'traceparent')?.content,
  };
};

const collect = (node: DefaultTreeAdapterTypes.Node): Element[] => {
  const children = 'childNodes' in node ? node.childNodes.flatMap(collect) : [];
  return 'tagName' in node ? [node, ...children] : children;
};

const attributesOf = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]));

const isInlineScript = (element: Element): boolean =>
  element.tagName === 'script' && !element.attrs.some(({ name }) => name === 'src');

const textOf = ({ childNodes }: Element): string =>
  childNodes.map((node) => ('value' in node ? node.value : '')).join('');
