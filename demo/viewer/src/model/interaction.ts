import { isError } from './span-tree.js';
import type { InteractionMark, Span } from './types.js';

const MARKS: readonly InteractionMark[] = ['rage', 'dead', 'slow'];

/** What the agent found wrong with a click, a submit or the Enter key. */
export const interactionMarks = (span: Span): InteractionMark[] => [
  ...MARKS.filter((mark) => span.attributes[`rootspan.interaction.${mark}`] === true),
  ...(span.scope === 'rootspan/interactions' && isError(span) ? (['error'] as const) : []),
];
