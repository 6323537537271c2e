import { type Article, dateOf } from "#model/article.ts";
import type { Span } from "#model/tag.ts";
import { type Amount, amountsIn } from "./amounts.ts";
import { type Day, dayOf, daysIn } from "./calendar.ts";
import { type Frame, framesIn } from "./frames.ts";
import { once } from "./once.ts";
import { sentences } from "./sentences.ts";
import { type Sketch, sketchOf } from "./shingles.ts";
import { type Tokens, tokenize } from "./tokens.ts";

/** A text to be read, and the hash under which its reading is found again when it comes from the store as another object. */
export type Readable = { readonly text: string } & Partial<Pick<Article, "textHash" | "language">>;

/**
 * What was read of a text, each part at its first use, as spans into it: the text itself is not kept. Beside it stands who
 * does what to what in its title: some 300 bytes an article.
 */
export type Reading = {
  sentences?: readonly Span[];
  amounts?: readonly Amount[];
  days?: { readonly written: number; readonly named: readonly Day[] };
  sketch?: Sketch;
  title?: { readonly words: string; readonly frames: readonly Frame[] };
};

/** The readings in use, by the hash of their text and its length: a text that is no longer kept has the hash that it had. */
const known = new Map<string, WeakRef<Reading>>();
const outOfUse = new FinalizationRegistry((key: string) => {
  if (known.get(key)?.deref() === undefined) known.delete(key);
});

/** The reading of a text: one, for as long as somebody holds it or an article with that text. */
export const readingOf = once(({ text, textHash }: Readable): Reading => {
  if (textHash === undefined) return {};
  const key = `${textHash} ${text.length}`;
  const found = known.get(key)?.deref();
  if (found !== undefined) return found;
  const reading: Reading = {};
  known.set(key, new WeakRef(reading));
  outOfUse.register(reading, key);
  return reading;
});

/** The sentences of a text, found once. */
export function sentencesOf(article: Readable): readonly Span[] {
  const reading = readingOf(article);
  reading.sentences ??= sentences(article.text, article.language);
  return reading.sentences;
}

/** The amounts of a text, by their places in it. */
export function amountsOf(article: Readable): readonly Amount[] {
  const reading = readingOf(article);
  reading.amounts ??= amountsIn(article.text, article.language);
  return reading.amounts;
}

/** The days that a text names, as they are on the day that it is from. */
export function daysOf(article: Readable & Pick<Article, "publishedAt" | "firstSeenAt">): readonly Day[] {
  const reading = readingOf(article);
  const written = dayOf(dateOf(article));
  if (reading.days?.written !== written) reading.days = { written, named: daysIn(article.text, { written }) };
  return reading.days.named;
}

/** Who does what to what in a title, where nobody is known beforehand; found once, whoever asks. `tokens` are the title's. */
export function titleFrames(article: Readable & Pick<Article, "title">, tokens?: Tokens): readonly Frame[] {
  const reading = readingOf(article);
  const words = article.title;
  if (reading.title?.words !== words) reading.title = { words, frames: framesIn(words, [], tokens) };
  return reading.title.frames;
}

/** Characters of a text that tell it from others. */
export const OPENING = 3_600;

/** The sketch of a text, drawn once; `tokens` are those of its opening. */
export function textSketch(article: Readable, tokens?: Tokens): Sketch {
  const reading = readingOf(article);
  reading.sketch ??= sketchOf(tokens ?? tokenize(article.text.slice(0, OPENING)));
  return reading.sketch;
}

/** What stands in a part of a text, of what was read of the whole in its order. */
export function within<T extends Span>(found: readonly T[], { start, end }: Span): readonly T[] {
  let low = 0;
  for (let high = found.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (found[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  let to = low;
  while (to < found.length && found[to]!.end <= end) to++;
  return found.slice(low, to);
}
