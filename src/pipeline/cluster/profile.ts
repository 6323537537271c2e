import type { StoredArticle } from "#model/article.ts";
import { amountsIn } from "#text/amounts.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import { once } from "#text/once.ts";
import { OPENING, type Reading, readingOf, textSketch } from "#text/reading.ts";
import type { Sketch } from "#text/shingles.ts";
import { fold, stem, type Tokens, tokenize } from "#text/tokens.ts";
import { Meaning, wordVectors } from "#text/vectors.ts";
import { type Acts, actsOf } from "./acts.ts";
import { isEveryday } from "./background.ts";
import { inOpening, kindOf } from "./kinds.ts";

/** What the index reads of an article. */
export type Placeable = Pick<StoredArticle, "id" | "feedId" | "title" | "text" | "publishedAt" | "firstSeenAt"> &
  Partial<Pick<StoredArticle, "textHash">>;

/** Words of the text that make its lede: a report says what happened first; further down it retells the saga. */
const LEDE_WORDS = 60;

/** Words of the text that are read at all. */
const BODY_WORDS = 300;

/** Words of a title that are read: some feeds put a paragraph there. */
const TITLE_WORDS = 80;

/** Words of the text that stand for a missing title. */
const UNTITLED_WORDS = Number(process.env.UW ?? 15);

/** Letters and space that a word takes at most on average, so that the rest is not even cut into words. */
const MOST_LETTERS = 12;

/** Fewer words of text than this are a byline or a "read more", not a lede. */
const FEWEST_WORDS = 5;

/** The stems of an article, each with its kind: those of title and lede come first, stems of one kind together. */
export type Profile = {
  readonly stems: readonly string[];
  readonly kinds: Uint16Array;
  /** Stems of title and lede. */
  readonly opening: number;
  /** The feed it came from; empty when not known. */
  readonly outlet: string;
  readonly numbers: ReadonlySet<string>;
  readonly sketch: Sketch;
  /** All that is read of the text, which is kept for as long as the index needs it. */
  readonly whole: Reading;
  readonly hasText: boolean;
  /** What title and lede mean on the whole, as a direction. */
  readonly meaning: Int8Array;
  readonly acts: Acts;
  /** Null when the article has no date of its own. */
  readonly at: number | null;
};

const NUMBER = /\d[\d.,]*\d/g;

/** An article is read once, though it is placed and then added. */
export const profileOf: (article: Placeable) => Profile = once(read);

function read(article: Placeable): Profile {
  const { text, feedId, publishedAt } = article;
  const textTokens = tokenize(text.slice(0, OPENING));
  const title = article.title.trim() === "" ? openingOf(text, textTokens) : article.title;
  const titleTokens = tokenize(title.slice(0, TITLE_WORDS * MOST_LETTERS));
  const counted = new Map<string, Counted>();
  count(title, titleTokens, 0, TITLE_WORDS, counted, "title");
  count(text, textTokens, 0, LEDE_WORDS, counted, "lede");
  count(text, textTokens, LEDE_WORDS, BODY_WORDS, counted, "further");
  markNames(title, titleTokens, counted);
  markNames(text, textTokens, counted);
  const stems: { stem: string; kind: number }[] = [];
  for (const [stem, { title, lede, further, name }] of counted) {
    stems.push({ stem, kind: kindOf(title, lede, lede + further, name) });
  }
  stems.sort((a, b) => b.kind - a.kind);
  const body = stems.findIndex(({ kind }) => !inOpening(kind));
  const ledeEnd = textTokens.count > LEDE_WORDS ? textTokens.ends[LEDE_WORDS - 1] : text.length;
  return {
    stems: stems.map(({ stem }) => stem),
    kinds: Uint16Array.from(stems, ({ kind }) => kind),
    opening: body < 0 ? stems.length : body,
    outlet: feedId,
    numbers: numbersIn(`${title} ${text.slice(0, ledeEnd)}`),
    sketch: textSketch(article, textTokens),
    whole: readingOf(article),
    hasText: textTokens.count >= FEWEST_WORDS,
    meaning: meaningOf(title, titleTokens, text, textTokens),
    acts: actsOf(title, text.slice(0, ledeEnd)),
    at: publishedAt?.getTime() ?? null,
  };
}

/** What stands for the title of a text that has none. */
const openingOf = (text: string, { count, ends }: Tokens): string =>
  count === 0 ? "" : text.slice(0, ends[Math.min(count, UNTITLED_WORDS) - 1]);

/** The numbers of two digits or more, an amount by its value: `$250k` is 250,000. */
function numbersIn(opening: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  const amounts = amountsIn(opening);
  let at = 0;
  for (const { index, 0: digits } of opening.matchAll(NUMBER)) {
    while (at < amounts.length && amounts[at]!.end <= index) at++;
    const amount = amounts[at];
    numbers.add(amount !== undefined && amount.start <= index ? String(amount.value) : digits);
  }
  return numbers;
}

/** How often a stem was met, by part; `further` is the text beyond the lede. */
type Counted = { title: number; lede: number; further: number; name: boolean };

function count(
  text: string,
  tokens: Tokens,
  from: number,
  to: number,
  counted: Map<string, Counted>,
  part: "title" | "lede" | "further",
): void {
  for (let word = from; word < Math.min(to, tokens.count); word++) {
    const stem = stemAt(text, tokens, word);
    if (stem === "") continue;
    const known = counted.get(stem);
    if (known !== undefined) known[part]++;
    else counted.set(stem, { title: 0, lede: 0, further: 0, name: false, [part]: 1 });
  }
}

/** What ends a sentence or begins a quotation: the word behind it has a capital anyway. */
const BEGINS = /[.!?:;"“”‘«»\n–—•(]/;

/** Notes the stems that are names: written with a capital within a sentence, or with a capital and no word of everyday English. */
function markNames(text: string, tokens: Tokens, counted: ReadonlyMap<string, Counted>): void {
  const telling = !isTitleCase(text, tokens);
  for (let word = 0; word < Math.min(BODY_WORDS, tokens.count); word++) {
    const start = tokens.starts[word]!;
    const first = text.charAt(start);
    if (first === first.toLowerCase()) continue;
    const stem = stemAt(text, tokens, word);
    const known = counted.get(stem);
    if (known === undefined || known.name) continue;
    const within = telling && word > 0 && !BEGINS.test(text.slice(tokens.ends[word - 1], start));
    known.name = within || !isEveryday(stem);
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

/** A word of the title says more of what an article is about than one of the lede. */
const TITLE_TWICE = 2;

/** The direction in which the words of title and lede point, a byte a dimension: the product of two is a cosine in 127ths of 127ths. */
function meaningOf(title: string, titleTokens: Tokens, text: string, textTokens: Tokens): Int8Array {
  const meaning = new Meaning();
  for (let time = 0; time < TITLE_TWICE; time++) addWords(meaning, title, titleTokens, TITLE_WORDS);
  addWords(meaning, text, textTokens, LEDE_WORDS);
  const mean = meaning.mean();
  const length = Math.hypot(...mean);
  return Int8Array.from(mean, (value) => (length === 0 ? 0 : Math.round((127 * value) / length)));
}

function addWords(meaning: Meaning, text: string, tokens: Tokens, most: number): void {
  const { rank } = wordVectors();
  for (let word = 0; word < Math.min(most, tokens.count); word++) {
    if (stemAt(text, tokens, word) === "") continue;
    meaning.add(rank.get(text.slice(tokens.starts[word], tokens.ends[word]).toLowerCase()) ?? -1);
  }
}

/** Stems remembered; news in English uses fewer, and a full memory starts again. */
const STEMS_KEPT = 1 << 16;
const SLOTS = 4 * STEMS_KEPT;

/** The stem of each word met, under the two hashes of the word, so that no word need be cut out of its text again. */
const known = { keys: new Int32Array(SLOTS), checks: new Int32Array(SLOTS), stems: new Array<string>(SLOTS), count: 0 };

/** The stem of a word; empty for one that carries no meaning. */
function stemAt(text: string, { starts, ends, keys, checks }: Tokens, word: number): string {
  const key = keys[word]!;
  const check = checks[word]!;
  let slot = key & (SLOTS - 1);
  for (; known.stems[slot] !== undefined; slot = (slot + 1) & (SLOTS - 1)) {
    if (known.keys[slot] === key && known.checks[slot] === check) return known.stems[slot]!;
  }
  if (known.count === STEMS_KEPT) {
    known.stems = new Array<string>(SLOTS);
    known.count = 0;
    slot = key & (SLOTS - 1);
  }
  const stem = stemOf(text.slice(starts[word], ends[word]));
  known.count++;
  known.keys[slot] = key;
  known.checks[slot] = check;
  known.stems[slot] = stem;
  return stem;
}

function stemOf(surface: string): string {
  const folded = fold(surface.replace(/\./g, "").replace(/’/g, "'"));
  // "US" and "U.S." are a country, "us" is not.
  const common = folded.length < 2 || (FUNCTION_WORDS.has(folded) && !/^U\.?S/.test(surface));
  return common ? "" : stem(folded);
}
