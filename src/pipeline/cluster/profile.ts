import type { StoredArticle } from "#model/article.ts";
import { amountsIn } from "#text/amounts.ts";
import { bareTitle } from "#text/bare-title.ts";
import { type Frame, framesIn } from "#text/frames.ts";
import { identifiersIn } from "#text/identifiers.ts";
import { once } from "#text/once.ts";
import { OPENING, type Reading, readingOf, textSketch, titleFrames, within } from "#text/reading.ts";
import type { Sketch } from "#text/shingles.ts";
import { type Tokens, tokenize } from "#text/tokens.ts";
import { Meaning } from "#text/vectors.ts";
import { type Acts, actsOf, partiesOf } from "./acts.ts";
import { inOpening, KINDS, kindOf } from "./kinds.ts";
import { type Lexicon, lexiconInUse, NO_STEM, numberAt, numberOf, rankAt, stemAt } from "./known-words.ts";
import { isTitleCase, markActing, markNames, whole } from "./names.ts";
import { createTally, type Part } from "./tally.ts";
import { formOf, type TitleForm } from "./title-form.ts";

/** What the index reads of an article. */
export type Placeable = Pick<StoredArticle, "id" | "feedId" | "title" | "text" | "publishedAt" | "firstSeenAt"> &
  Partial<Pick<StoredArticle, "textHash" | "language">> & { readonly isGloss?: boolean };

/** Words of the text that make its lede: a report says what happened first; further down it retells the saga. */
export const LEDE_WORDS = 60;

/** Words of the text that are read at all. */
const BODY_WORDS = 300;

/** Words of a title that are read: some feeds put a paragraph there. */
const TITLE_WORDS = 80;

/** Words of the text that stand for a missing title. */
const UNTITLED_WORDS = 15;

/** Letters and space that a word takes at most on average, so that the rest is not even cut into words. */
const MOST_LETTERS = 12;

/** Fewer words of text than this are a byline or a "read more", not a lede. */
const FEWEST_WORDS = 5;

/** The stems of an article, each with its kind: those of title and lede come first, stems of one kind together. */
export type Profile = {
  /** By their numbers in the lexicon. */
  readonly stems: Int32Array;
  readonly lexicon: Lexicon;
  readonly kinds: Uint16Array;
  /** Stems of title and lede. */
  readonly opening: number;
  /** The feed it came from; empty when not known. */
  readonly outlet: string;
  readonly numbers: ReadonlySet<string>;
  /** Bills, cases and acts that title and lede name by their numbers. */
  readonly identifiers: ReadonlySet<string>;
  readonly sketch: Sketch;
  /** All that is read of the text, which is kept for as long as the index needs it. */
  readonly whole: Reading;
  readonly hasText: boolean;
  /** It was put into English word by word. */
  readonly isGloss: boolean;
  /** What title and lede mean on the whole, as a direction. */
  readonly meaning: Int8Array;
  readonly acts: Acts;
  readonly form: TitleForm;
  /** Stems of whom and what the title says is acted upon. */
  readonly actedOn: ReadonlySet<string>;
  /** Null when the article has no date of its own. */
  readonly at: number | null;
};

const NUMBER = /\d[\d.,]*\d/g;

/** An article is read once, though it is placed and then added. */
export const profileOf: (article: Placeable) => Profile = once(read);

/** The stems of the article that is being read. */
const tally = createTally(TITLE_WORDS + BODY_WORDS);

function read(article: Placeable): Profile {
  const { text, feedId, publishedAt } = article;
  const textTokens = tokenize(text.slice(0, OPENING));
  const lexicon = lexiconInUse();
  tally.begin();
  count(text, textTokens, 0, LEDE_WORDS, "lede");
  count(text, textTokens, LEDE_WORDS, BODY_WORDS, "further");
  markNames(text, textTokens, tally, whole(text));
  const title = article.title.trim() === "" ? openingOf(text, textTokens) : article.title;
  const titleTokens = tokenize(title.slice(0, TITLE_WORDS * MOST_LETTERS));
  // A label is a word of the title as any other, but it names nobody and does nothing.
  const bare = bareTitle(title, isTold);
  count(title, titleTokens, 0, TITLE_WORDS, "title");
  markNames(title, titleTokens, tally, bare);
  const frames = within(
    title === article.title ? titleFrames(article, titleTokens) : framesIn(title, [], titleTokens),
    bare,
  );
  if (!isTitleCase(title, titleTokens, bare)) markActing(title, titleTokens, frames, tally);
  const lede = text.slice(0, textTokens.count > LEDE_WORDS ? textTokens.ends[LEDE_WORDS - 1] : text.length);
  const identifiers = identifiersIn(`${title} ${lede}`);
  return {
    lexicon,
    ...sorted(identifiers),
    outlet: feedId,
    numbers: numbersIn(`${title} ${lede}`),
    identifiers,
    sketch: textSketch(article, textTokens),
    whole: readingOf(article),
    hasText: textTokens.count >= FEWEST_WORDS,
    isGloss: article.isGloss ?? false,
    meaning: meaningOf(title, titleTokens, text, textTokens),
    acts: actsOf(frames),
    form: formOf(title, titleTokens, bare, tally.isName),
    actedOn: actedOnIn(title, titleTokens, frames),
    at: publishedAt?.getTime() ?? null,
  };
}

/** The stems with their kinds, those of larger kinds first, and how many are of title and lede. */
function sorted(identifiers: ReadonlySet<string>): Pick<Profile, "stems" | "kinds" | "opening"> {
  // As a word of the lede, so that articles are found by it.
  const named = [...identifiers].map(numberOf);
  const count = tally.size + named.length;
  /** Kind and place in one number: no comparing function need be called. */
  const order = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    const kind = place < tally.size ? tally.kindIn(place) : kindOf(0, 1, 1, true);
    order[place] = ((KINDS - kind) << PLACE_BITS) | place;
  }
  order.sort();
  const stems = new Int32Array(count);
  const kinds = new Uint16Array(count);
  let opening = 0;
  for (let at = 0; at < count; at++) {
    const kind = KINDS - (order[at]! >>> PLACE_BITS);
    const place = order[at]! & (MOST_PLACES - 1);
    stems[at] = place < tally.size ? tally.stemIn(place) : named[place - tally.size]!;
    kinds[at] = kind;
    if (inOpening(kind)) opening++;
  }
  return { stems, kinds, opening };
}

/** More stems than title, text and identifiers can have. */
const PLACE_BITS = 16;
const MOST_PLACES = 1 << PLACE_BITS;

/** Stems of the title that stand in a party which the title's acts concern. */
function actedOnIn(title: string, tokens: Tokens, frames: readonly Frame[]): ReadonlySet<string> {
  const parties = partiesOf(frames);
  if (parties.length === 0) return NOBODY;
  const stems = new Set<string>();
  for (let word = 0; word < Math.min(TITLE_WORDS, tokens.count); word++) {
    const [start, end] = [tokens.starts[word]!, tokens.ends[word]!];
    if (parties.some((party) => start >= party.start && end <= party.end)) stems.add(stemAt(title, tokens, word));
  }
  return stems;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Whether words are the text's own: a name of it, or all of them words of it. */
function isTold(label: string): boolean {
  const tokens = tokenize(label);
  const told = Array.from({ length: tokens.count }, (_, word) => numberAt(label, tokens, word));
  return told.some(tally.isName) || told.every(tally.has);
}

/** What stands for the title of a text that has none. */
const openingOf = (text: string, { count, ends }: Tokens): string =>
  count === 0 ? "" : text.slice(0, ends[Math.min(count, UNTITLED_WORDS) - 1]);

/** The numbers of two digits or more, an amount by its value: `$250k` is 250,000. */
function numbersIn(opening: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  if (opening.search(NUMBER) < 0) return numbers;
  const amounts = amountsIn(opening);
  let at = 0;
  for (const { index, 0: digits } of opening.matchAll(NUMBER)) {
    while (at < amounts.length && amounts[at]!.end <= index) at++;
    const amount = amounts[at];
    numbers.add(amount !== undefined && amount.start <= index ? String(amount.value) : digits);
  }
  return numbers;
}

function count(text: string, tokens: Tokens, from: number, to: number, part: Part): void {
  const end = Math.min(to, tokens.count);
  for (let word = from; word < end; word++) {
    const stem = numberAt(text, tokens, word);
    if (stem !== NO_STEM) tally.count(stem, part);
  }
}

/** A word of the title says more of what an article is about than one of the lede. */
const TITLE_TIMES = 2;

/** The direction in which the words of title and lede point. */
function meaningOf(title: string, titleTokens: Tokens, text: string, textTokens: Tokens): Int8Array {
  const meaning = new Meaning();
  addWords(meaning, title, titleTokens, TITLE_WORDS, TITLE_TIMES);
  addWords(meaning, text, textTokens, LEDE_WORDS, 1);
  return meaning.direction();
}

function addWords(meaning: Meaning, text: string, tokens: Tokens, most: number, times: number): void {
  for (let word = 0; word < Math.min(most, tokens.count); word++) {
    meaning.add(rankAt(text, tokens, word), times);
  }
}
