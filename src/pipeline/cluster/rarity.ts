import { everydayShare } from "./background.ts";

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
  /** The stem's number, or -1. */
  find(stem: string): number;
  stemOf(term: number): string;
  /** Valid until the next stem is taken. */
  table(): Table;
  /** Counts an article more under the stem; an article less. */
  take(stem: string): number;
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

  const count = (term: number, by: number): void => {
    counts[term]! += by;
    table.logs[2 * term] = Math.log(counts[term]! + priors[term]!);
  };

  return {
    table: () => table,
    wholeOf: (articles) => Math.log(articles + 2 + BACKGROUND),
    find: (stem) => numbers.get(stem) ?? -1,
    stemOf: (term) => stems[term]!,

    take(stem) {
      let term = numbers.get(stem);
      if (term === undefined) {
        term = free.pop() ?? stems.length;
        if (term === counts.length) {
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
      }
      count(term, 1);
      return term;
    },

    drop(term) {
      count(term, -1);
      if (counts[term]! > 0) return;
      numbers.delete(stems[term]!);
      free.push(term);
    },

    logWith: (term, stem) => Math.log(term < 0 ? 1 + priorOf(stem) : counts[term]! + 1 + priors[term]!),
  };
}

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
