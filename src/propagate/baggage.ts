import type { Propagator } from '../types.js';

/** One member of a `baggage` header. */
export interface BaggageEntry {
  key: string;
  value: string;
  /** What stands behind the value, such as `;ttl=60`; it has no meaning of its own. */
  properties?: readonly (readonly [key: string, value: string | null])[];
}

export interface BaggageOptions {
  /** The keys that may leave the page: `session.id`, `user.id`, and those given to `setBaggage`. */
  keys: readonly string[];
}

/** The grammar ends there. */
const MAX_MEMBERS = 180;
/** Longer ones need not be passed on by anybody. */
const MAX_LENGTH = 8192;

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// A key, and a value of "baggage-octets" (W3C Baggage, 3.3.1).
const PAIR = /^[ \t]*([\w!#$%&'*+.^`|~-]+)[ \t]*(?:=[ \t]*([!#-+\--:<-[\]-~]*)[ \t]*)?$/;

/** W3C Baggage: values of the agent, and of `setBaggage`, for the keys that are allowed. */
export const baggage = ({ keys }: BaggageOptions): Propagator => ({
  fields: ['baggage'],
  inject: (_, set, values = {}) => {
    const header = writeBaggage(
      keys.flatMap((key) => (values[key] === undefined ? [] : [{ key, value: `${values[key]}` }])),
    );
    if (header) set('baggage', header);
  },
});

/** Jaeger's baggage, a header `uberctx-<key>` for each key. */
export const jaegerBaggage = ({ keys }: BaggageOptions): Propagator => ({
  fields: keys.map((key) => `uberctx-${key.toLowerCase()}`),
  inject: (_, set, values = {}) => {
    for (const key of keys) if (values[key] !== undefined) set(`uberctx-${key}`, encode(`${values[key]}`));
  },
});

/** A `baggage` header of these entries; what is no key, and what does not fit, is left out whole. */
export const writeBaggage = (entries: readonly BaggageEntry[]): string =>
  entries
    .filter(({ key }) => TOKEN.test(key))
    .slice(0, MAX_MEMBERS)
    .reduce((header, { key, value, properties = [] }) => {
      const pairs = [[key, value] as const, ...properties];
      const member = pairs
        .map(([name, text]) => (text === null ? name : `${name}=${encode(text)}`))
        .join(';');
      const longer = header ? `${header},${member}` : member;
      return longer.length > MAX_LENGTH ? header : longer;
    }, '');

/** The entries of a `baggage` header, in order; a member that is none is left out. */
export const readBaggage = (header: string): BaggageEntry[] =>
  header.split(',').flatMap((member) => {
    const pairs = member.split(';').map((pair) => {
      const [, key, value] = PAIR.exec(pair) ?? [];
      return key && ([key, value === undefined ? null : decode(value)] as const);
    });
    const [first, ...properties] = pairs.flatMap((pair) => (pair ? [pair] : []));
    const isWhole = pairs.length === properties.length + 1;
    return isWhole && first?.[1] != null ? [{ key: first[0], value: first[1], properties }] : [];
  });

// Half of a surrogate pair cannot be encoded.
const encode = (text: string): string => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));

/** As UTF-8; what is none becomes U+FFFD, where `decodeURIComponent` would throw. */
const decode = (text: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(
      text.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number(`0x${hex}`))),
      (letter) => letter.charCodeAt(0),
    ),
  );
