import type { InteractionMark, Span } from './types.js';

const MARKS: readonly InteractionMark[] = ['rage', 'dead', 'slow'];

/** What the agent found wrong with a click, a submit or the Enter key. */
export const interactionMarks = ({ attributes }: Span): InteractionMark[] =>
  MARKS.filter((mark) => attributes[`rootspan.interaction.${mark}`] === true);
