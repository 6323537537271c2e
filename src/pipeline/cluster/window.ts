import { OPENING } from "./kinds.ts";
import type { Lexicon } from "./known-words.ts";
import type { Profile } from "./profile.ts";
import { createVocabulary, rarity as rarityOf, type Table } from "./rarity.ts";

/** Articles compared in full: the most alike by rare stems. */
const SHORTLIST = 24;

/** Articles looked at under the stems of one, rarest stems first, so that a word in every article costs nothing. */
const MOST_POSTINGS = 1_000;

/** An article in the window: its stem `i` has the number `terms[i]`. */
export type Entry = {
  readonly id: number;
  readonly storyId: number;
  readonly sagaId: number;
  readonly terms: Int32Array;
  readonly profile: Profile;
};

/** An article to be placed: its stem `i` has the number `terms[i]`, or -1, and a rarity in nats. */
export type Query = {
  readonly profile: Profile;
  readonly terms: Int32Array;
  readonly rarity: Float64Array;
  /** The vocabulary's: the mark of a stem is its place in the article, counted from 1, or 0. */
  readonly table: Table;
  readonly whole: number;
};

/** Articles under their stems: finds those that may tell of the same thing, rarest stems first. */
export type Window = {
  add(id: number, profile: Profile, storyId: number, sagaId: number): void;
  /** Forgets articles; many at once cost little more than one. */
  forget(ids: readonly number[]): void;
  /** Prepares a comparison; the next call ends it. */
  ask(profile: Profile): Query;
  /** The most alike by rare stems, oldest first. */
  candidates(query: Query): Entry[];
  stemOf(term: number): string;
  /** Whether at most such a share of the sagas, or one of them, has the stem in title or lede, apart from one saga. */
  isInFewSagas(term: number, except: number, share: number): boolean;
  readonly size: number;
};

const NONE: readonly number[] = [];
const NO_STEMS = new Int32Array();
const NO_LEXICON: Lexicon = [];
const NO_WORDS: ReadonlyMap<string, number> = new Map();

export function createWindow(words: ReadonlyMap<string, number> = NO_WORDS): Window {
  const vocabulary = createVocabulary(words);
  const entries = new Map<number, Entry>();
  /** How many articles each saga has here. */
  const sagas = new Map<number, number>();
  /** Under each stem's number, the slots of the articles that have it in title or lede. */
  const postings: number[][] = [];
  const slots: (Entry | null)[] = [];
  const freeSlots: number[] = [];
  const slotOf = new Map<number, number>();
  /** By slot, so that most candidates are passed over without touching their entries: scratch, and 1/√ of the stems. */
  let scores = new Float32Array(1 << 10);
  let scales = new Float32Array(1 << 10);
  /** The slots that have a score: scratch. */
  let met = new Int32Array(1 << 10);
  let asked = new Int32Array();

  return {
    stemOf: vocabulary.stemOf,
    isInFewSagas(term, except, share) {
      const most = Math.max(1, share * sagas.size);
      const others = new Set<number>();
      for (const slot of postings[term] ?? NONE) {
        const { sagaId } = slots[slot]!;
        if (sagaId !== except && others.add(sagaId).size > most) return false;
      }
      return true;
    },

    get size() {
      return entries.size;
    },

    add(id, profile, storyId, sagaId) {
      const { lexicon, stems } = profile;
      const terms = new Int32Array(stems.length);
      for (let at = 0; at < terms.length; at++) terms[at] = vocabulary.take(lexicon, stems[at]!);
      // The stems are the vocabulary's to keep.
      const entry = { id, storyId, sagaId, terms, profile: { ...profile, stems: NO_STEMS, lexicon: NO_LEXICON } };
      const slot = freeSlots.pop() ?? slots.length;
      slots[slot] = entry;
      slotOf.set(id, slot);
      entries.set(id, entry);
      sagas.set(sagaId, (sagas.get(sagaId) ?? 0) + 1);
      for (let at = 0; at < profile.opening; at++) {
        const under = postings[terms[at]!];
        // A list that begins with its first takes no more room than one; one that begins empty makes room for many.
        if (under === undefined || under.length === 0) postings[terms[at]!] = [slot];
        else under.push(slot);
      }
      if (slot >= scores.length) {
        scores = new Float32Array(2 * slot);
        met = new Int32Array(2 * slot);
        const larger = new Float32Array(2 * slot);
        larger.set(scales);
        scales = larger;
      }
      scales[slot] = 1 / Math.sqrt(Math.max(1, profile.opening));
    },

    forget(ids) {
      const touched = new Set<number>();
      for (const id of ids) {
        const entry = entries.get(id);
        if (!entry) continue;
        entries.delete(id);
        const left = sagas.get(entry.sagaId)! - 1;
        if (left === 0) sagas.delete(entry.sagaId);
        else sagas.set(entry.sagaId, left);
        const slot = slotOf.get(id)!;
        slotOf.delete(id);
        slots[slot] = null;
        freeSlots.push(slot);
        for (const term of entry.terms.subarray(0, entry.profile.opening)) touched.add(term);
        for (const term of entry.terms) vocabulary.drop(term);
      }
      for (const term of touched) postings[term] = postings[term]!.filter((slot) => slots[slot] !== null);
    },

    ask(profile) {
      const table = vocabulary.table();
      for (const term of asked) if (term >= 0) table.marks[2 * term + 1] = 0;
      const whole = vocabulary.wholeOf(entries.size);
      const { lexicon, stems } = profile;
      const terms = new Int32Array(stems.length);
      const rarity = new Float64Array(terms.length);
      for (let at = 0; at < terms.length; at++) {
        const term = vocabulary.find(lexicon, stems[at]!);
        terms[at] = term;
        rarity[at] = rarityOf(whole, vocabulary.logWith(term, lexicon[stems[at]!]!));
        if (term >= 0) table.marks[2 * term + 1] = at + 1;
      }
      asked = terms;
      return { profile, terms, rarity, table, whole };
    },

    candidates({ profile: { kinds, opening }, terms, rarity }) {
      const rarestFirst = Uint16Array.from({ length: opening }, (_, at) => at).sort(
        (a, b) => rarity[b]! - rarity[a]! || a - b,
      );
      let count = 0;
      let visits = 0;
      for (const at of rarestFirst) {
        const term = terms[at]!;
        const under = term < 0 ? NONE : (postings[term] ?? NONE);
        visits += under.length;
        if (visits > MOST_POSTINGS && count > 0) break;
        const weight = OPENING[kinds[at]!]! * rarity[at]! * rarity[at]!;
        // Of a story that is told more often than that the newest will do: an article like all of them would otherwise find none.
        for (let next = Math.max(0, under.length - MOST_POSTINGS); next < under.length; next++) {
          const slot = under[next]!;
          if (scores[slot] === 0) met[count++] = slot;
          scores[slot]! += weight;
        }
      }
      for (let at = 0; at < count; at++) scores[met[at]!]! *= scales[met[at]!]!;
      const best = largest(met.subarray(0, count), scores, SHORTLIST, (slot) => slots[slot]!.id);
      for (let at = 0; at < count; at++) scores[met[at]!] = 0;
      return best.map((slot) => slots[slot]!).sort((a, b) => a.id - b.id);
    },
  };
}

/** The `limit` slots of the largest score, the lower id first among equals. */
function largest(met: Int32Array, scores: Float32Array, limit: number, idOf: (slot: number) => number): number[] {
  const kept: number[] = [];
  for (let next = 0; next < met.length; next++) {
    const slot = met[next]!;
    const score = scores[slot]!;
    if (kept.length === limit && score < scores[kept[limit - 1]!]!) continue;
    let at = kept.length;
    for (; at > 0; at--) {
      const before = kept[at - 1]!;
      if (score < scores[before]! || (score === scores[before] && idOf(slot) > idOf(before))) break;
    }
    kept.splice(at, 0, slot);
    if (kept.length > limit) kept.pop();
  }
  return kept;
}
