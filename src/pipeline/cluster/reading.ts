import type { StoredArticle } from "#model/article.ts";
import { type Sketch, sketchOf } from "#text/shingles.ts";
import { fold, stem, type Tokens, tokenize } from "#text/tokens.ts";
import { isEveryday } from "./background.ts";

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

/** Longest count that is told apart, so that counts fit bytes. */
export const MOST_COUNTED = 255;

/** How often each stem of an article stands in its title, its lede, and its text as far as it is read. */
export type Counts = {
  readonly stems: readonly string[];
  /** Stems of title and lede; they come first. */
  readonly opening: number;
  readonly title: Uint8Array;
  readonly lede: Uint8Array;
  readonly body: Uint8Array;
  /** 1 where the stem is written with a capital within a sentence: a name. */
  readonly names: Uint8Array;
};

/** An article as the index compares it. */
export type Reading = Counts & {
  /** The feed it came from; empty when not known. */
  readonly outlet: string;
  readonly numbers: ReadonlySet<string>;
  readonly sketch: Sketch;
  readonly hasText: boolean;
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

/** Readings of articles that are still in use: an article is read once, though it is placed and then added. */
const readings = new WeakMap<Placeable, Reading>();

export function readArticle(article: Placeable): Reading {
  const known = readings.get(article);
  if (known) return known;
  const reading = read(article);
  readings.set(article, reading);
  return reading;
}

function read(article: Placeable): Reading {
  const titleTokens = tokenize(article.title.slice(0, TITLE_WORDS * MOST_LETTERS));
  const textTokens = tokenize(article.text.slice(0, BODY_WORDS * MOST_LETTERS));
  const places = new Map<string, number>();
  const names = new Set<number>();
  const title = countStems(article.title, titleTokens, 0, TITLE_WORDS, places);
  const lede = countStems(article.text, textTokens, 0, LEDE_WORDS, places);
  const opening = places.size;
  const further = countStems(article.text, textTokens, LEDE_WORDS, BODY_WORDS, places);
  markNames(article.title, titleTokens, places, names);
  markNames(article.text, textTokens, places, names);
  const bytes = (count: (at: number) => number) =>
    Uint8Array.from({ length: places.size }, (_, at) => Math.min(MOST_COUNTED, count(at)));
  const ledeEnd = textTokens.count > LEDE_WORDS ? textTokens.ends[LEDE_WORDS - 1] : article.text.length;
  return {
    stems: [...places.keys()],
    opening,
    title: bytes((at) => title[at] ?? 0),
    lede: bytes((at) => lede[at] ?? 0),
    body: bytes((at) => (lede[at] ?? 0) + (further[at] ?? 0)),
    names: bytes((at) => Number(names.has(at))),
    outlet: article.feedId,
    numbers: new Set(`${article.title} ${article.text.slice(0, ledeEnd)}`.match(NUMBER)),
    sketch: sketchOf(textTokens),
    hasText: textTokens.count >= FEWEST_WORDS,
    at: article.publishedAt?.getTime() ?? null,
  };
}

/** Counts the stems of words `from` to `to`, each at its place; stems not met yet take the next one. */
function countStems(text: string, tokens: Tokens, from: number, to: number, places: Map<string, number>): number[] {
  const counts: number[] = [];
  for (let word = from; word < Math.min(to, tokens.count); word++) {
    const stem = stemOf(text.slice(tokens.starts[word], tokens.ends[word]));
    if (stem === "") continue;
    let at = places.get(stem);
    if (at === undefined) {
      at = places.size;
      places.set(stem, at);
    }
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** What ends a sentence or begins a quotation: the word behind it has a capital anyway. */
const BEGINS = /[.!?:;"“”‘«»\n–—•(]/;

/** Notes the stems that are names: written with a capital within a sentence, or with a capital and no word of everyday English. */
function markNames(text: string, tokens: Tokens, places: ReadonlyMap<string, number>, names: Set<number>): void {
  const telling = !isTitleCase(text, tokens);
  for (let word = 0; word < Math.min(BODY_WORDS, tokens.count); word++) {
    const start = tokens.starts[word]!;
    const first = text.charAt(start);
    if (first === first.toLowerCase()) continue;
    const stem = stemOf(text.slice(start, tokens.ends[word]));
    const at = places.get(stem);
    if (at === undefined) continue;
    const within = telling && word > 0 && !BEGINS.test(text.slice(tokens.ends[word - 1], start));
    if (within || !isEveryday(stem)) names.add(at);
  }
}

/** A text that writes most longer words with a capital does not tell names from other words. */
function isTitleCase(text: string, { count, starts, ends }: Tokens): boolean {
  let [long, capital] = [0, 0];
  for (let word = 0; word < Math.min(TITLE_WORDS, count); word++) {
    const surface = text.slice(starts[word], ends[word]);
    if (surface.length < 5) continue;
    long += 1;
    if (surface.charAt(0) !== surface.charAt(0).toLowerCase()) capital += 1;
  }
  return capital > 0.7 * long;
}

/** The stem of each word met, by its surface; empty for one that carries no meaning. */
const stems = new Map<string, string>();

function stemOf(surface: string): string {
  const known = stems.get(surface);
  if (known !== undefined) return known;
  if (stems.size >= STEMS_KEPT) stems.clear();
  const folded = fold(surface.replace(/\./g, "").replace(/’/g, "'"));
  // "US" and "U.S." are a country, "us" is not.
  const common = folded.length < 2 || (COMMON.has(folded) && !/^U\.?S/.test(surface));
  const stemmed = common ? "" : stem(folded);
  stems.set(surface, stemmed);
  return stemmed;
}
