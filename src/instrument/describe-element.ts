import { ofDocument } from '../util/own.js';

/** What a visitor means to act upon, from the inside out. */
const ACTIVE =
  '[data-rootspan-name],a,button,input,select,textarea,summary,label,option,[role],[onclick],[contenteditable]';
/** Elements whose text the author wrote; that of others may be what a visitor typed, or whole pages. */
const NAMED = 'a,button,summary,label,[role]';
const PRIVATE = '[data-rootspan-mask],[contenteditable],textarea';
const MAX_LENGTH = 50;

/** The element that is meant, and its name; without a name where the page says so, or where a visitor has typed. */
export const describeElement = (target: Element): { tag: string; label: string } => {
  const element = closest(target, ACTIVE) ?? target;
  const tag = element.localName;
  const own = closest(element, '[data-rootspan-name]')?.getAttribute('data-rootspan-name');
  const label = own ?? (isPrivate(element) ? '' : nameOf(element));
  return { tag, label: clip(label) || tag };
};

/** The element, or what is around it, also outside the web component that it is a part of. */
export const closest = (element: Element, selector: string): Element | undefined => {
  const found = element.closest(selector);
  if (found) return found;
  const { host } = element.getRootNode() as ShadowRoot; // undefined where it is none
  return host && closest(host, selector);
};

/** Also where a part of it is, whose text would be in that of the whole. */
const isPrivate = (element: Element): unknown => closest(element, PRIVATE) || element.querySelector(PRIVATE);

/** Roughly the accessible name (W3C accname), from what the author wrote alone: never the value of a field. */
const nameOf = (element: Element): string => {
  const read = (name: string) => element.getAttribute(name);
  const { labels, type } = element as HTMLInputElement; // undefined where it is none
  const textOf = (other?: Element) => (other && !isPrivate(other) ? other.textContent : '');
  const ids = read('aria-labelledby')?.split(/\s+/) ?? [];
  const texts = [
    ...ids.map((id) => textOf(ofDocument('getElementById').call(document, id))),
    read('aria-label'),
    /^(button|submit|reset)$/.test(type) ? read('value') : '',
    textOf(labels?.[0]),
    element.matches(NAMED) ? element.textContent : '',
    read('alt') ?? element.querySelector('[alt]')?.getAttribute('alt'),
    read('title'),
    read('placeholder'),
    read('name'),
  ];
  return texts.find((text) => text?.trim()) || '';
};

/** One line, short; without addresses and numbers, which are somebody’s and make many names of one. */
const clip = (text: string): string =>
  text
    .slice(0, 500)
    .replace(/\s+/g, ' ')
    .replace(/\S+@\S+|\d[\d.,]*/g, '…')
    .trim()
    .slice(0, MAX_LENGTH);
