/** Counts the turns of the event loop until asked: unlike a timer's ticks, a busy machine skips none of them. */
export function countTurns(): () => number {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  return () => {
    clearImmediate(next);
    return turns;
  };
}
