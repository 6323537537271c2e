import { everydayShare } from "./background.ts";

/** Articles' worth of everyday English that counts beside what was read: a day or two of policy news outweighs it. */
const BACKGROUND = 500;

/** A stem that stands in every article still counts a little. */
const LEAST_RARITY = 0.05;

/** What an article counts for beside the share that everyday English gives. */
const SMOOTHING = 0.5;

const FIRST_ROOM = 1 << 12;

/**
 * The stems of the articles in the window, each under a small number, and how many articles have it. Numbers of stems
 * that left the window are used again. Kept in flat arrays, because every comparison looks up every stem of two articles.
 */
export type Vocabulary = {
  /** The stem's number, or -1. */
  find(stem: string): number;
  stemOf(term: number): string;
  /** Counts an article more under the stem; an article less. */
  take(stem: string): number;
  drop(term: number): void;
  /** Articles in the window, from which on rarity is told. */
  setSize(articles: number): void;
  /** Rarity of a stem in the window, in nats. */
  rarityOf(term: number): number;
  /** The same for a stem of an article that is not in the window yet, counting that article. */
  rarityWith(stem: string): number;
};

export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const stems: string[] = [];
  const free: number[] = [];
  let counts = new Int32Array(FIRST_ROOM);
  let priors = new Float64Array(FIRST_ROOM);
  /** Logarithm of count and prior together: what rarity subtracts. */
  let logs = new Float64Array(FIRST_ROOM);

  const count = (term: number, by: number): void => {
    counts[term]! += by;
    logs[term] = Math.log(counts[term]! + priors[term]!);
  };
  let whole = 0;
  const rarity = (log: number): number => Math.max(LEAST_RARITY, whole - log);

  return {
    setSize(articles) {
      whole = Math.log(articles + 2 + BACKGROUND);
    },

    find: (stem) => numbers.get(stem) ?? -1,
    stemOf: (term) => stems[term]!,

    take(stem) {
      let term = numbers.get(stem);
      if (term === undefined) {
        term = free.pop() ?? stems.length;
        if (term === counts.length) {
          counts = grown(counts, new Int32Array(2 * term));
          priors = grown(priors, new Float64Array(2 * term));
          logs = grown(logs, new Float64Array(2 * term));
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

    rarityOf: (term) => rarity(logs[term]!),

    rarityWith(stem) {
      const term = numbers.get(stem);
      return rarity(Math.log(term === undefined ? 1 + priorOf(stem) : counts[term]! + 1 + priors[term]!));
    },
  };
}

const priorOf = (stem: string): number => BACKGROUND * everydayShare(stem) + SMOOTHING;

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
