import type { StoredArticle } from "#model/article.ts";
import { type Sketch, sketchOf } from "#text/shingles.ts";
import { fold, stem, tokenize, wordAt } from "#text/tokens.ts";

/** What the index reads of an article. */
export type Placeable = Pick<StoredArticle, "id" | "feedId" | "title" | "text" | "publishedAt" | "firstSeenAt">;

/** Words of the text that make its lede: a report says what happened first; further down it retells the saga. */
const LEDE_WORDS = 60;

/** Words of the text that are read at all. */
const BODY_WORDS = 300;

/** Words of a title that are read: some feeds put a paragraph there. */
const TITLE_WORDS = 80;

/** Letters and space that a word takes at most on average, so that the rest is not even cut into words. */
const MOST_LETTERS = 12;

/** Fewer words of text than this are a byline or a "read more", not a lede. */
const FEWEST_WORDS = 5;

/** Stems remembered; news in English uses fewer, and a full memory starts again. */
const STEMS_KEPT = 100_000;

/** How often one stem stands in the title, in the lede, and in the text as far as it is read. */
export type Count = { title: number; lede: number; body: number };

/** An article as the index compares it. */
export type Reading = {
  readonly counts: ReadonlyMap<string, Count>;
  readonly numbers: ReadonlySet<string>;
  readonly sketch: Sketch;
  readonly hasText: boolean;
  readonly feedId: string;
  /** Null when the article has no date of its own. */
  readonly at: number | null;
};

const COMMON = new Set(
  (
    "a about after again all also am amid an and any are as at be because been before being below between both but by can could did do does doing down " +
    "during each few for from further get gets had has have having he her here hers him his how i if in into is it its just may me might more most " +
    "must my new no nor not now of off on once one only or other our out over own per same say says said she should since so some such than that the " +
    "their them then there these they this those through to told too two under until up us very was we were what when where which while who whom " +
    "whose why will with would you your"
  ).split(" "),
);
const NUMBER = /\d[\d.,]*\d/g;

export function readArticle(article: Placeable): Reading {
  const title = wordsIn(article.title, TITLE_WORDS);
  const text = wordsIn(article.text, BODY_WORDS);
  const counts = new Map<string, Count>();
  const countOf = (stem: string): Count => {
    const count = counts.get(stem) ?? { title: 0, lede: 0, body: 0 };
    counts.set(stem, count);
    return count;
  };
  for (const { stem } of title) if (stem !== "") countOf(stem).title++;
  for (const [at, { stem }] of text.entries()) {
    if (stem === "") continue;
    const count = countOf(stem);
    count.body++;
    if (at < LEDE_WORDS) count.lede++;
  }
  const lede = article.text.slice(0, text[LEDE_WORDS - 1]?.end ?? article.text.length);
  return {
    counts,
    numbers: new Set(`${article.title} ${lede}`.match(NUMBER)),
    sketch: sketchOf(article.text),
    hasText: text.length >= FEWEST_WORDS,
    feedId: article.feedId,
    at: article.publishedAt?.getTime() ?? null,
  };
}

/** `stem` is empty for a word that carries no meaning; `end` is where the word ends in its text. */
type Word = { readonly stem: string; readonly end: number };

function wordsIn(text: string, limit: number): Word[] {
  const tokens = tokenize(text.slice(0, limit * MOST_LETTERS));
  const words: Word[] = [];
  for (let at = 0; at < Math.min(tokens.count, limit); at++) {
    words.push({ stem: stemOf(wordAt(text, tokens, at)), end: tokens.ends[at]! });
  }
  return words;
}

const stems = new Map<string, string>();

function stemOf(surface: string): string {
  const known = stems.get(surface);
  if (known !== undefined) return known;
  if (stems.size >= STEMS_KEPT) stems.clear();
  const folded = fold(surface);
  // "US" is a country, "us" is not.
  const common = folded.length < 2 || (COMMON.has(folded) && surface !== "US");
  const stemmed = common ? "" : stem(folded);
  stems.set(surface, stemmed);
  return stemmed;
}
