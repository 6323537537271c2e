import type { CitedQuote } from "#model/quote.ts";

/** Longest quotes first say least at a glance: what is about this long is quoted before what is much longer or shorter. */
const TELLING_LENGTH = 160;

const distance = ({ parts }: CitedQuote): number => Math.abs(parts.join(" ").length - TELLING_LENGTH);

/**
 * Of what was said in a story at most `most`, one quote of a speaker: first one for each side of a friction point, then words in marks,
 * then positions. In each the one that tells most at a glance; what is as good, in the order given.
 */
export function voicesOf(quotes: readonly CitedQuote[], most: number): readonly CitedQuote[] {
  const rank = ({ stance, kind }: CitedQuote) => (stance === null ? 1 : 0) * 2 + (kind === "verbatim" ? 0 : 1);
  const ordered = quotes.toSorted((a, b) => rank(a) - rank(b) || distance(a) - distance(b));
  const sides = new Set<string>();
  const speakers = new Set<string>();
  const first: CitedQuote[] = [];
  const rest: CitedQuote[] = [];
  for (const quote of ordered) {
    const side = quote.stance === null ? null : `${quote.stance.pointId} ${quote.stance.side}`;
    if (speakers.has(quote.speaker)) continue;
    speakers.add(quote.speaker);
    if (side !== null && !sides.has(side)) first.push(quote);
    else rest.push(quote);
    if (side !== null) sides.add(side);
  }
  return [...first, ...rest].slice(0, most);
}
