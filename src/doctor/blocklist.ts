/**
 * Names that lists of content blockers (EasyPrivacy above all) stop even on the page's own origin. Facts taken from the
 * lists, not the lists themselves: a name that is not here may still be on the list of some blocker.
 */
const BLOCKED: RegExp[] = [
  /\/boomerang(\.min)?\.js$/,
  /\/rum(\.min\.js$|-collector\/|\/events|\.gif)/,
  /\/beacon(\.js$|\/event)/,
];

export const isOnBlockerLists = ({ pathname, search }: URL): boolean =>
  BLOCKED.some((pattern) => pattern.test(pathname + search));
