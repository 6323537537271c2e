import { everydayShare } from "./background.ts";
import type { Reading } from "./reading.ts";

/** Articles' worth of everyday English that counts beside what was read: a day or two of policy news outweighs it. */
const BACKGROUND = 500;

/** A stem that stands in every article still counts a little. */
const LEAST_RARITY = 0.05;

/** A stem of the title counts as much as so many in the lede, when candidates are looked for. */
const TITLE_WEIGHT = 3;

/** Articles compared in full: the most alike by rare stems. */
const SHORTLIST = 40;

/** Postings looked at for one article, rarest stems first, so that a word in every article costs nothing. */
const MOST_POSTINGS = 6_000;

/** A stem and the articles whose title or lede has it. */
export type Term = {
  readonly stem: string;
  readonly prior: number;
  /** Articles that have it, further down too. */
  articles: number;
  readonly postings: Entry[];
  /** Scratch of one comparison, valid while `stamp` is that comparison's. */
  stamp: number;
  rarity: number;
  /** Place of the stem in the article that is being placed, or -1. */
  at: number;
};

/** An article in the window. Counts of stem `i` stand in the arrays at `i`; those of title and lede come first. */
export type Entry = {
  readonly id: number;
  /** Day of its date, counted from 1970. */
  readonly day: number;
  readonly storyId: number;
  readonly sagaId: number;
  readonly terms: readonly Term[];
  readonly title: Uint8Array;
  readonly lede: Uint8Array;
  readonly body: Uint8Array;
  /** Stems of title and lede; the rest stand in the body alone. */
  readonly opening: number;
  readonly reading: Omit<Reading, "counts">;
  stamp: number;
  score: number;
};

/** `1 + ln(count)`, for counts that fit a byte. */
export const DAMPED = Float64Array.from({ length: 256 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

/** The stems of an article that is being placed, weighed by rarity. Rarity counts the article itself. */
export type Query = {
  readonly reading: Reading;
  readonly terms: readonly (Term | null)[];
  readonly rarity: Float64Array;
  readonly title: Uint8Array;
  readonly lede: Uint8Array;
  readonly body: Uint8Array;
};

/** Articles of the last days under their stems: finds those that may tell of the same thing, rarest stems first. */
export type Window = {
  add(id: number, day: number, reading: Reading, storyId: number, sagaId: number): void;
  has(id: number): boolean;
  forget(id: number): void;
  /** Prepares a comparison; the next call to it ends this one. */
  ask(reading: Reading): Query;
  /** The most alike by rare stems, at most SHORTLIST, oldest first. */
  candidates(query: Query): Entry[];
  /** How rare a stem is among the articles of the window, the one being placed included. */
  rarityOf(term: Term): number;
  readonly size: number;
};

export function createWindow(): Window {
  const terms = new Map<string, Term>();
  const entries = new Map<number, Entry>();
  let stamp = 0;

  const rarityAt = (articles: number, prior: number): number =>
    Math.max(LEAST_RARITY, Math.log((entries.size + 2 + BACKGROUND) / (articles + prior)));

  function rarityOf(term: Term): number {
    if (term.stamp !== stamp) {
      term.stamp = stamp;
      term.at = -1;
      term.rarity = rarityAt(term.articles, term.prior);
    }
    return term.rarity;
  }

  function termFor(stem: string): Term {
    let term = terms.get(stem);
    if (!term) {
      term = { stem, prior: priorOf(stem), articles: 0, postings: [], stamp: 0, rarity: 0, at: -1 };
      terms.set(stem, term);
    }
    return term;
  }

  function forget(id: number): void {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    for (const [at, term] of entry.terms.entries()) {
      if (at < entry.opening) term.postings.splice(term.postings.indexOf(entry), 1);
      if (--term.articles === 0) terms.delete(term.stem);
    }
  }

  return {
    rarityOf,
    forget,
    has: (id) => entries.has(id),
    get size() {
      return entries.size;
    },

    add(id, day, reading, storyId, sagaId) {
      const { counts, ...rest } = reading;
      const opening = [...counts].filter(([, count]) => count.title + count.lede > 0);
      const further = [...counts].filter(([, count]) => count.title + count.lede === 0);
      const all = [...opening, ...further];
      const bytes = (of: "title" | "lede" | "body") => Uint8Array.from(all, ([, count]) => Math.min(255, count[of]));
      const entry: Entry = {
        id,
        day,
        storyId,
        sagaId,
        terms: all.map(([stem]) => termFor(stem)),
        title: bytes("title"),
        lede: bytes("lede"),
        body: bytes("body"),
        opening: opening.length,
        reading: rest,
        stamp: 0,
        score: 0,
      };
      for (const [at, term] of entry.terms.entries()) {
        term.articles++;
        if (at < entry.opening) term.postings.push(entry);
      }
      entries.set(id, entry);
    },

    ask(reading) {
      stamp++;
      const all = [...reading.counts];
      const rarity = new Float64Array(all.length);
      const known = all.map(([stem], at) => {
        const term = terms.get(stem) ?? null;
        rarity[at] = rarityAt((term?.articles ?? 0) + 1, term?.prior ?? priorOf(stem));
        if (term) {
          term.stamp = stamp;
          term.rarity = rarity[at]!;
          term.at = at;
        }
        return term;
      });
      const bytes = (of: "title" | "lede" | "body") => Uint8Array.from(all, ([, count]) => Math.min(255, count[of]));
      return { reading, terms: known, rarity, title: bytes("title"), lede: bytes("lede"), body: bytes("body") };
    },

    candidates({ terms: asked, rarity, title, lede }) {
      const rarestFirst = [...asked.keys()]
        .filter((at) => asked[at] && title[at]! + lede[at]! > 0)
        .sort((a, b) => rarity[b]! - rarity[a]! || a - b);
      const met: Entry[] = [];
      let visits = 0;
      for (const at of rarestFirst) {
        const { postings } = asked[at]!;
        visits += postings.length;
        if (visits > MOST_POSTINGS) break;
        const weight = DAMPED[Math.min(255, TITLE_WEIGHT * title[at]! + lede[at]!)]! * rarity[at]! ** 2;
        for (const entry of postings) {
          if (entry.stamp !== stamp) {
            entry.stamp = stamp;
            entry.score = 0;
            met.push(entry);
          }
          entry.score += weight;
        }
      }
      for (const entry of met) entry.score /= Math.sqrt(entry.opening);
      return best(met, SHORTLIST);
    },
  };
}

const priorOf = (stem: string): number => BACKGROUND * everydayShare(stem) + 0.5;

/** The `limit` entries of highest score, by id. */
function best(met: readonly Entry[], limit: number): Entry[] {
  const kept: Entry[] = [];
  const before = (a: Entry, b: Entry) => a.score > b.score || (a.score === b.score && a.id < b.id);
  for (const entry of met) {
    if (kept.length === limit && !before(entry, kept[limit - 1]!)) continue;
    let at = kept.length;
    while (at > 0 && before(entry, kept[at - 1]!)) at--;
    kept.splice(at, 0, entry);
    if (kept.length > limit) kept.pop();
  }
  return kept.sort((a, b) => a.id - b.id);
}
