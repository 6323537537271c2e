/** The top of the scale: four steps of a round number. */
export function topOf(most: number): number {
  const least = Math.max(4, most) / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 3, 4, 5, 10]
    .map((each) => each * power)
    .find((each) => each >= least && Number.isInteger(each));
  return 4 * (step ?? Math.ceil(least));
}
