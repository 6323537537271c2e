import { cutText } from "./cut.ts";

/** Where a sentence may end early and still say something: at its marks, and before what only adds to it. */
const BOUNDARY =
  /(?:[,;:]|\s[—–-])\s|\s(?=(?:after|amid|as|because|before|but|by|despite|during|following|for|from|in|on|over|since|so|that|to|under|until|when|where|which|while|who|with)\s)/g;

/** A clause that keeps less of its room than this tells less than the words up to its end. */
const LEAST_KEPT = 0.5;

/** A sentence or title of at most `limit` characters: whole, or its first clauses with an ellipsis behind them, else its first words. */
export function clauseWithin(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const ends = [...text.slice(0, limit + 1).matchAll(BOUNDARY)].map(({ index }) => index);
  const end = ends.findLast((at) => at < limit && at >= limit * LEAST_KEPT) ?? text.lastIndexOf(" ", limit - 1);
  return cutText(end > 0 ? `${text.slice(0, end)}…` : text, limit);
}
