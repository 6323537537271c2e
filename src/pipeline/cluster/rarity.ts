import { everydayShare } from "./background.ts";
import { type Lexicon, NO_STEM } from "./known-words.ts";

/** Articles' worth of everyday English that counts beside what was read: a day or two of policy news outweighs it. */
const BACKGROUND = 500;

/** A stem that stands in every article still counts a little. */
const LEAST_RARITY = 0.05;

/** Rarity of a stem, in nats. */
export const rarity = (whole: number, log: number): number => Math.max(LEAST_RARITY, whole - log);

/** What an article counts for beside the share that everyday English gives. */
const SMOOTHING = 0.5;

const FIRST_ROOM = 1 << 12;

/**
 * For stem `term` two numbers side by side, because every comparison looks both up for every stem of an article: at `2 * term` of
 * `logs` the logarithm that rarity subtracts, behind it in `marks` a mark that is the reader's to set. Both are views of one memory.
 */
export type Table = { readonly logs: Float32Array; readonly marks: Int32Array };

function tableFor(stems: number): Table {
  const logs = new Float32Array(2 * stems);
  return { logs, marks: new Int32Array(logs.buffer) };
}

/**
 * The stems of the articles in the window, each under a small number, and how many articles have it. Numbers of stems
 * that left the window are used again.
 */
export type Vocabulary = {
  /** The number here of a stem of a lexicon, or -1. */
  find(lexicon: Lexicon, stem: number): number;
  stemOf(term: number): string;
  /** Valid until the next stem is taken. */
  table(): Table;
  /** Counts an article more under the stem; an article less. */
  take(lexicon: Lexicon, stem: number): number;
  drop(term: number): void;
  /** The logarithm of all of `articles` in the window, from which rarity is told. */
  wholeOf(articles: number): number;
  /** The logarithm of a stem of an article that is not in the window yet, counting that article; its number is `term`. */
  logWith(term: number, stem: string): number;
};

/** `words` are shares of articles of the topic at hand, by stem: what is common in it is rare in none of its articles. */
export function createVocabulary(words: ReadonlyMap<string, number>): Vocabulary {
  const priorOf = (stem: string): number =>
    BACKGROUND * Math.max(everydayShare(stem), words.get(stem) ?? 0) + SMOOTHING;
  const numbers = new Map<string, number>();
  const stems: string[] = [];
  const free: number[] = [];
  let counts = new Int32Array(FIRST_ROOM);
  let priors = new Float64Array(FIRST_ROOM);
  let table = tableFor(FIRST_ROOM);
  /** The lexicon asked in last; of its stems the number here, and of a number here that there. Both must say so, as one here is used again. */
  let lexicon: Lexicon = [];
  let here = new Int32Array(FIRST_ROOM);
  let there = new Int32Array(FIRST_ROOM);

  const note = (number: number, term: number): void => {
    if (number >= here.length) here = grown(here, new Int32Array(2 * number));
    here[number] = term;
    there[term] = number;
  };

  function find(asked: Lexicon, number: number): number {
    if (asked !== lexicon) {
      lexicon = asked;
      there.fill(NO_STEM);
    }
    const noted = number < here.length ? here[number]! : 0;
    if (there[noted] === number) return noted;
    const term = numbers.get(asked[number]!) ?? -1;
    if (term >= 0) note(number, term);
    return term;
  }

  const count = (term: number, by: number): void => {
    counts[term]! += by;
    table.logs[2 * term] = Math.log(counts[term]! + priors[term]!);
  };

  return {
    table: () => table,
    wholeOf: (articles) => Math.log(articles + 2 + BACKGROUND),
    find,
    stemOf: (term) => stems[term]!,

    take(asked, number) {
      let term = find(asked, number);
      if (term < 0) {
        const stem = asked[number]!;
        term = free.pop() ?? stems.length;
        if (term === counts.length) {
          there = grown(there, new Int32Array(2 * term));
          counts = grown(counts, new Int32Array(2 * term));
          priors = grown(priors, new Float64Array(2 * term));
          const larger = tableFor(2 * term);
          larger.marks.set(table.marks);
          table = larger;
        }
        numbers.set(stem, term);
        stems[term] = stem;
        counts[term] = 0;
        priors[term] = priorOf(stem);
        note(number, term);
      }
      count(term, 1);
      return term;
    },

    drop(term) {
      count(term, -1);
      if (counts[term]! > 0) return;
      numbers.delete(stems[term]!);
      there[term] = NO_STEM;
      free.push(term);
    },

    logWith: (term, stem) => Math.log(term < 0 ? 1 + priorOf(stem) : counts[term]! + 1 + priors[term]!),
  };
}

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
