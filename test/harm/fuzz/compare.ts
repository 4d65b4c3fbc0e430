import { differences } from '../support/differences.js';
import { type SeenRequest, traceHeaders, withoutOurs } from '../support/server-view.js';
import type { Shown } from './drive.js';
import { pathOf, type Sequence } from './generate.js';
import type { Value } from './values.js';

/** Where the two pages, or the two servers, differ in a sequence. */
export const compareShown = (sequence: Sequence, plain: Shown, agent: Shown): string[] => [
  ...sequence.steps.flatMap((step, index) => {
    const before = plain.logs[index] ?? [];
    return firstDifference(before, withoutKnown(step, before, agent.logs[index] ?? []), `call ${index}`);
  }),
  ...differences(...inOrder(sequence, plain.uncaught, agent.uncaught), 'uncaught'),
  ...compareRequests(sequence, plain.requests, agent.requests),
];

/** Which of two calls at the same time ends first is the network's matter. */
const inOrder = ({ isConcurrent }: Sequence, ...lists: [unknown[], unknown[]]): [unknown[], unknown[]] => {
  const toSorted = (list: unknown[]) => list.map((line) => JSON.stringify(line)).sort();
  return isConcurrent ? [toSorted(lists[0]), toSorted(lists[1])] : lists;
};

/** What follows upon the first is of no use. */
const firstDifference = (before: unknown[], after: unknown[], path: string): string[] => {
  const at = before.findIndex((line, index) => differences(line, after[index]).length);
  const line = at < 0 ? before.length : at;
  return differences(before[line], after[line], `${path}, line ${line}`);
};

/**
 * What cannot be otherwise; see `known-differences.ts`. A promise that follows the browser's settles one step of the
 * microtask queue later; and headers of a call with a Request and options are read once more when the call is refused.
 */
const withoutKnown = (step: readonly Value[], plain: unknown[], agent: unknown[]): unknown[] => {
  const isFollowed = (line: unknown, index: number) => {
    const [label, word, steps] = line as [string, string, number];
    const [before, , atFirst] = (plain[index] ?? []) as [string, string, number];
    return label === 'steps' && before === label && steps === atFirst + 1 ? [label, word, atFirst] : line;
  };
  return (isReadTwice(step, agent) ? withoutRepetition(plain, agent) : agent).map(isFollowed);
};

const isReadTwice = ([kind, , args]: readonly Value[], agent: unknown[]): boolean =>
  kind === 'fetch' &&
  Array.isArray(args) &&
  args.length > 1 &&
  JSON.stringify(args[0]).includes('"Request"') &&
  agent.some((line) => (line as unknown[])[0] === 'rejected');

/** The lines of the second reading are among those of the first, and end where it ends. */
const withoutRepetition = (plain: unknown[], agent: unknown[]): unknown[] => {
  const more = agent.length - plain.length;
  const at = agent.findIndex((line, index) => JSON.stringify(line) !== JSON.stringify(plain[index]));
  const again = agent.slice(at, at + more).map((line) => JSON.stringify(line));
  const first = plain.slice(0, at).map((line) => JSON.stringify(line));
  const isAgain = more > 0 && at > 0 && again.every((line) => first.includes(line));
  return isAgain ? agent.toSpliced(at, more) : agent;
};

/** Aborted, or opened again, before it was waited for. */
const isGivenUp = (actions: Value[]): boolean => {
  const names = actions.map((action) => `${(action as Value[])[0]}`); // each is a list
  const isNext = (index: number) => names.slice(index + 1).find((name) => /^(wait|abort|open)$/.test(name));
  return names.some((name, index) => name === 'send' && /abort|open/.test(isNext(index) ?? ''));
};

/** A call whose requests may have been given up on their way to the server. */
const isUnsure = ([kind, , given, events]: readonly Value[]): boolean =>
  JSON.stringify(given).includes('hang=1') ||
  (kind === 'xhr' && ((events as Value[]).length > 0 || isGivenUp(given as Value[]))); // lists both, as they are drawn

/** What was surely sent is compared as a list; of the rest, what has reached both servers. */
const compareRequests = ({ steps, seed }: Sequence, plain: SeenRequest[], agent: SeenRequest[]): string[] =>
  steps.flatMap((step, index) => {
    const path = new RegExp(`^${pathOf(seed)}/${index}\\b`);
    const [before, after] = [plain, agent].map((all) => all.filter(({ url }) => path.test(url)));
    if (!before || !after) return [];
    if (!isUnsure(step)) return compareLists(before, after);
    // All that reached the one server is then among what reached the other.
    const isMore = after.length > before.length;
    return (isMore ? before : after).flatMap((request) => {
      const like = (isMore ? after : before).filter((one) => keyOf(one) === keyOf(request));
      const found = like.map((one) =>
        isMore ? compareLists([request], [one], keyOf(one)) : compareLists([one], [request], keyOf(one)),
      );
      return found.every((lines) => lines.length) ? found.flat() : [];
    });
  });

const keyOf = ({ url, method, to }: SeenRequest): string => `${url} ${method} ${to}`;

const compareLists = (before: SeenRequest[], after: SeenRequest[], label = 'server'): string[] => [
  ...differences(
    before,
    after.map((request, index) => withoutOurs(request, before[index])),
    label,
  ),
  ...after.flatMap((request, index) => {
    const own = before[index] ? traceHeaders(before[index]).length : 0;
    const most = own || Number(request.to === 'own');
    const count = traceHeaders(request).length;
    return count > most ? [`${count} trace headers to the ${request.to} origin`] : [];
  }),
];
