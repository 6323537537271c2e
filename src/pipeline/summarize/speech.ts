import type { Span } from "#model/tag.ts";
import { OPENERS, SAYING } from "#text/english.ts";

const SAY = `(?:${SAYING.join("|")})`;

/** `Mara Holt`, `the Digital Rights Centre`, `Sen. Ora Lind`. */
const PROPER =
  "(?:[Tt]he )?\\p{Lu}[\\p{L}.’'&-]+(?:(?: (?:of|for|on|and|de|van|von|der|the))? \\p{Lu}[\\p{L}.’'&-]+){0,6}";
/** `the company`, `a spokesperson`, `industry groups`. */
const COMMON =
  "(?:[Tt]he |[Aa] |[Aa]n )?(?:\\p{Ll}+ ){0,2}(?:company|firm|lab|laboratory|developer|developers|regulator|agency|commission|ministry|court|judge|spokesperson|spokesman|spokeswoman|group|groups|union|association|senator|lawmakers|critics|advocates|officials|executives|campaigners|researchers|companies|labs)";
const NAME = `(?:${PROPER}|${COMMON})`;

/** Where a name begins: never inside a word. */
const PATTERNS: readonly RegExp[] = [
  new RegExp(`[”"],? ${SAY} (${NAME})`, "u"),
  new RegExp(`[”"],? (${NAME})(?:,[^“”",]{2,80},)? ${SAY}\\b`, "u"),
  new RegExp(`(?:^|[—–:;] |[.,] (?:but |and |while )?)(${NAME})(?:,[^“”",]{2,80},| [^“”",.]{0,30})? ${SAY}\\b`, "u"),
  new RegExp(`, ${SAY} (${NAME})`, "u"),
  new RegExp(`[Aa]ccording to (${NAME})`, "u"),
];

/** Who speaks in a sentence, as it names them, with the place in the sentence; null when it names nobody. */
export function speakerIn(sentence: string): (Span & { readonly name: string }) | null {
  for (const pattern of PATTERNS) {
    const match = pattern.exec(sentence);
    // The dot that ends a sentence is no part of a name; that of an initial or of `Inc.` is.
    const name = match?.[1]?.replace(/(?<=\p{Ll}{3})\.$/u, "");
    if (match === null || name === undefined || OPENERS.has(name.toLowerCase())) continue;
    const start = match.index + match[0].indexOf(name);
    return { name, start, end: start + name.length };
  }
  return null;
}

const QUOTED = /[“"«][^“”"«»]*[”"»]/gu;

/** What a sentence says in its writer's own voice. */
export const withoutQuotations = (sentence: string): string => sentence.replace(QUOTED, "");

/** Words of a quotation that says something by itself. */
const FEWEST_WORDS = 4;
const QUOTATION = /[“"]([^“”"]+)[”"]/gu;

/** The longest quotation of a sentence, without its marks or the comma before the closing one; null for a scare quote. */
export function quotationIn(sentence: string): Span | null {
  let best: Span | null = null;
  for (const match of sentence.matchAll(QUOTATION)) {
    const quoted = match[1]!.replace(/(?<![,\s])[,\s]+$/, "");
    if (quoted.split(/\s+/).length < FEWEST_WORDS) continue;
    const start = match.index + 1;
    if (best === null || quoted.length > best.end - best.start) best = { start, end: start + quoted.length };
  }
  return best;
}
