import { dateOf, type StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { LEDE_WORDS, stemsIn } from "./words.ts";

/** What the index reads of an article. */
export type Placeable = Pick<StoredArticle, "id" | "feedId" | "title" | "text" | "publishedAt" | "firstSeenAt">;

/** Why an article joined: its nearest article in the story, how alike the two are, and the words they share, rarest first. */
export type Because = { readonly articleId: number; readonly likeness: number; readonly shared: readonly string[] };

/** Where an article belongs. Without a `storyId` it opens a story, in the saga if there is one. */
export type Placement = {
  readonly storyId: number | null;
  readonly sagaId: number | null;
  readonly because: Because | null;
};

/**
 * Decides which story an article joins, in memory. Its state is a function of the articles of the last WINDOW_DAYS and
 * of the stories they were given, in order of arrival: replaying those rebuilds it, whichever worker does so.
 */
export type StoryIndex = {
  /** Where `article` belongs; changes nothing. */
  place(article: Placeable, tagging: Tagging): Placement;
  /** Remembers an article and its story. An article that is known already is filed anew (moved or edited). */
  add(article: Placeable, tagging: Tagging, storyId: number, sagaId: number): void;
  /** Articles remembered. */
  size(): number;
};

/** Days for which articles are remembered, and counted for the rarity of words. */
export const WINDOW_DAYS = 30;
const DAY_MS = 86_400_000;
/** A word of the title counts as much as so many of the lede. */
const TITLE_WEIGHT = 3;
/** Likeness at which two articles tell of one development, and of one saga. */
const STORY_LIKENESS = 0.22;
const SAGA_LIKENESS = 0.12;
/** Days after which likeness has lost about two fifths: the next chapter of a saga reads like the last one. */
const DECAY_DAYS = 3;
/** Articles compared in full. */
const SHORTLIST = 40;

type Term = { readonly stem: string; readonly postings: Entry[]; weight: number; stamp: number };
type Entry = {
  readonly id: number;
  readonly day: number;
  readonly at: number | null;
  readonly storyId: number;
  readonly sagaId: number;
  readonly terms: readonly (readonly [Term, number])[];
  dot: number;
  stamp: number;
};

export function createStoryIndex(): StoryIndex {
  const terms = new Map<string, Term>();
  const entries = new Map<number, Entry>();
  const days = new Map<number, Entry[]>();
  let latestDay = Number.NEGATIVE_INFINITY;
  let stamp = 0;

  function countsOf(article: Placeable): Map<string, number> {
    const counts = new Map<string, number>();
    for (const stem of stemsIn(article.title, LEDE_WORDS)) counts.set(stem, (counts.get(stem) ?? 0) + TITLE_WEIGHT);
    for (const stem of stemsIn(article.text, LEDE_WORDS)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    return counts;
  }

  const rarity = (term: Term): number => Math.log((entries.size + 2) / (term.postings.length + 0.5));

  function norm(entry: Entry): number {
    let square = 0;
    for (const [term, count] of entry.terms) square += ((1 + Math.log(count)) * rarity(term)) ** 2;
    return Math.sqrt(square);
  }

  function nearest(article: Placeable): { entry: Entry; likeness: number; shared: string[] }[] {
    stamp++;
    const met: Entry[] = [];
    const known: Term[] = [];
    let square = 0;
    for (const [stem, count] of countsOf(article)) {
      const term = terms.get(stem);
      const rare = term ? rarity(term) : Math.log((entries.size + 2) / 0.5);
      const weight = (1 + Math.log(count)) * rare;
      square += weight * weight;
      if (!term) continue;
      term.weight = weight;
      term.stamp = stamp;
      known.push(term);
      for (const entry of term.postings) {
        if (entry.stamp !== stamp) {
          entry.stamp = stamp;
          entry.dot = 0;
          met.push(entry);
        }
        entry.dot += weight * rare;
      }
    }
    met.sort((a, b) => b.dot - a.dot || a.id - b.id);
    const at = article.publishedAt?.getTime() ?? null;
    return met.slice(0, SHORTLIST).map((entry) => {
      let dot = 0;
      const shared: Term[] = [];
      for (const [term, count] of entry.terms) {
        if (term.stamp !== stamp) continue;
        dot += term.weight * (1 + Math.log(count)) * rarity(term);
        shared.push(term);
      }
      const apart = at === null || entry.at === null ? 0 : (at - entry.at) / DAY_MS;
      const likeness =
        (dot / (Math.sqrt(square) * norm(entry) || 1)) * Math.exp(-(apart * apart) / (2 * DECAY_DAYS ** 2));
      shared.sort((a, b) => b.weight - a.weight);
      return { entry, likeness, shared: shared.slice(0, 5).map((term) => term.stem) };
    });
  }

  function forget(entry: Entry): void {
    entries.delete(entry.id);
    for (const [term] of entry.terms) {
      term.postings.splice(term.postings.indexOf(entry), 1);
      if (term.postings.length === 0) terms.delete(term.stem);
    }
  }

  function advance(day: number): void {
    if (day <= latestDay) return;
    latestDay = day;
    for (const [old, list] of days) {
      if (old > latestDay - WINDOW_DAYS) continue;
      for (const entry of list) if (entries.get(entry.id) === entry) forget(entry);
      days.delete(old);
    }
  }

  return {
    place(article) {
      let best: { likeness: number; entry: Entry; shared: string[] } | null = null;
      for (const found of nearest(article)) if (best === null || found.likeness > best.likeness) best = found;
      if (best === null || best.likeness < SAGA_LIKENESS) return { storyId: null, sagaId: null, because: null };
      const because = { articleId: best.entry.id, likeness: best.likeness, shared: best.shared };
      return {
        storyId: best.likeness >= STORY_LIKENESS ? best.entry.storyId : null,
        sagaId: best.entry.sagaId,
        because,
      };
    },

    add(article, _tagging, storyId, sagaId) {
      const known = entries.get(article.id);
      if (known) forget(known);
      const day = Math.floor(dateOf(article).getTime() / DAY_MS);
      advance(day);
      if (day <= latestDay - WINDOW_DAYS) return;
      const held: [Term, number][] = [];
      for (const [stem, count] of countsOf(article)) {
        let term = terms.get(stem);
        if (!term) {
          term = { stem, postings: [], weight: 0, stamp: 0 };
          terms.set(stem, term);
        }
        held.push([term, count]);
      }
      const at = article.publishedAt?.getTime() ?? null;
      const entry: Entry = { id: article.id, day, at, storyId, sagaId, terms: held, dot: 0, stamp: 0 };
      for (const [term] of held) term.postings.push(entry);
      entries.set(entry.id, entry);
      const list = days.get(day);
      if (list) list.push(entry);
      else days.set(day, [entry]);
    },

    size: () => entries.size,
  };
}
