import type { Act } from "#text/acts.ts";
import { framesIn } from "#text/frames.ts";

/** What is done in an article, a bit for each kind of act. */
export type Acts = number;

/** What somebody says is in every report. */
const SAID: Act = "say";

const bits = new Map<Act, number>();
const bitOf = (act: Act): number => {
  const known = bits.get(act);
  if (known !== undefined) return known;
  bits.set(act, 1 << bits.size);
  return 1 << (bits.size - 1);
};

/** The acts of the title, or where it names none those of the lede. */
export function actsOf(title: string, lede: string): Acts {
  return actsIn(title) || actsIn(lede);
}

const actsIn = (text: string): Acts =>
  framesIn(text).reduce((acts, { act }) => (act === SAID ? acts : acts | bitOf(act)), 0);
