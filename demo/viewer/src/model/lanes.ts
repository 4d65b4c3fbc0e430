/** Puts labels into rows so that none covers another: the lane of each, in the order given. Positions must ascend. */
export const assignLanes = (positions: readonly number[], width: number, laneCount: number): number[] => {
  const ends = new Array<number>(laneCount).fill(Number.NEGATIVE_INFINITY);
  return positions.map((position) => {
    const free = ends.findIndex((end) => end <= position);
    // All taken: the lane whose label ends first is covered the least.
    const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
    ends[lane] = position + width;
    return lane;
  });
};
