import { MOST_COUNTED, type Reading } from "./reading.ts";
import { createVocabulary } from "./vocabulary.ts";

/** A stem of the title counts as much as so many in the lede. */
const TITLE_WEIGHT = 3;

/** Articles compared in full: the most alike by rare stems. */
const SHORTLIST = 24;

/** Articles looked at under the stems of one, rarest stems first, so that a word in every article costs nothing. */
const MOST_POSTINGS = 1_500;

/** `1 + ln(count)`, 0 for none. */
export const DAMPED = Float64Array.from({ length: MOST_COUNTED + 1 }, (_, count) =>
  count === 0 ? 0 : 1 + Math.log(count),
);

/** Count of a stem in title and lede together. */
export const openingCount = (title: number, lede: number): number =>
  Math.min(MOST_COUNTED, TITLE_WEIGHT * title + lede);

/** An article in the window: its stem `i` has the number `terms[i]`. */
export type Entry = {
  readonly id: number;
  readonly storyId: number;
  readonly sagaId: number;
  readonly terms: Int32Array;
  readonly reading: Omit<Reading, "stems">;
};

/** An article to be placed. `places[term]` is the stem's place in it counted from 1, or 0. */
export type Query = {
  readonly reading: Reading;
  readonly rarity: Float64Array;
  readonly places: Int32Array;
};

/** Articles under their stems: finds those that may tell of the same thing, rarest stems first. */
export type Window = {
  add(id: number, reading: Reading, storyId: number, sagaId: number): void;
  /** Forgets articles; many at once cost little more than one. */
  forget(ids: readonly number[]): void;
  /** Prepares a comparison; the next call ends it. */
  ask(reading: Reading): Query;
  /** The most alike by rare stems, oldest first. */
  candidates(query: Query): Entry[];
  /** How rare a stem of an entry is, the asked article not counted. */
  rarityOf(term: number): number;
  stemOf(term: number): string;
  readonly size: number;
};

export function createWindow(): Window {
  const vocabulary = createVocabulary();
  const entries = new Map<number, Entry>();
  /** Under each stem's number, the slots of the articles that have it in title or lede. */
  const postings: number[][] = [];
  const slots: (Entry | null)[] = [];
  const freeSlots: number[] = [];
  const slotOf = new Map<number, number>();
  /** By slot, so that most candidates are passed over without touching their entries: scratch, and 1/√ of the stems. */
  let scores = new Float64Array(1 << 10);
  let scales = new Float64Array(1 << 10);
  let places = new Int32Array(1 << 12);
  let asked: number[] = [];

  /** Room in `places` for every stem of every entry. */
  function makeRoom(terms: Int32Array): void {
    const largest = terms.reduce((a, b) => Math.max(a, b), 0);
    if (largest < places.length) return;
    const larger = new Int32Array(2 * largest);
    larger.set(places);
    places = larger;
  }

  return {
    stemOf: vocabulary.stemOf,
    rarityOf: vocabulary.rarityOf,
    get size() {
      return entries.size;
    },

    add(id, reading, storyId, sagaId) {
      const { stems, ...rest } = reading;
      const terms = Int32Array.from(stems, vocabulary.take);
      makeRoom(terms);
      const entry = { id, storyId, sagaId, terms, reading: rest };
      const slot = freeSlots.pop() ?? slots.length;
      slots[slot] = entry;
      slotOf.set(id, slot);
      entries.set(id, entry);
      for (const term of terms.subarray(0, reading.opening)) {
        const under = postings[term] ?? [];
        under.push(slot);
        postings[term] = under;
      }
      if (slot >= scores.length) {
        scores = new Float64Array(2 * slot);
        const larger = new Float64Array(2 * slot);
        larger.set(scales);
        scales = larger;
      }
      scales[slot] = 1 / Math.sqrt(Math.max(1, reading.opening));
    },

    forget(ids) {
      const touched = new Set<number>();
      for (const id of ids) {
        const entry = entries.get(id);
        if (!entry) continue;
        entries.delete(id);
        const slot = slotOf.get(id)!;
        slotOf.delete(id);
        slots[slot] = null;
        freeSlots.push(slot);
        for (const term of entry.terms.subarray(0, entry.reading.opening)) touched.add(term);
        for (const term of entry.terms) vocabulary.drop(term);
      }
      for (const term of touched) postings[term] = postings[term]!.filter((slot) => slots[slot] !== null);
    },

    ask(reading) {
      vocabulary.setSize(entries.size);
      for (const term of asked) places[term] = 0;
      asked = [];
      const rarity = Float64Array.from(reading.stems, (stem) => vocabulary.rarityWith(stem));
      for (const [at, stem] of reading.stems.entries()) {
        const term = vocabulary.find(stem);
        if (term < 0) continue;
        places[term] = at + 1;
        asked.push(term);
      }
      return { reading, rarity, places };
    },

    candidates({ reading: { stems, opening, title, lede }, rarity }) {
      const rarestFirst = Array.from({ length: opening }, (_, at) => at).sort(
        (a, b) => rarity[b]! - rarity[a]! || a - b,
      );
      const met: number[] = [];
      let visits = 0;
      for (const at of rarestFirst) {
        const term = vocabulary.find(stems[at]!);
        const under = term < 0 ? [] : (postings[term] ?? []);
        visits += under.length;
        if (visits > MOST_POSTINGS) break;
        const weight = DAMPED[openingCount(title[at]!, lede[at]!)]! * rarity[at]! * rarity[at]!;
        for (const slot of under) {
          if (scores[slot] === 0) met.push(slot);
          scores[slot]! += weight;
        }
      }
      for (const slot of met) scores[slot]! *= scales[slot]!;
      const best = largest(met, scores, SHORTLIST, (slot) => slots[slot]!.id);
      for (const slot of met) scores[slot] = 0;
      return best.map((slot) => slots[slot]!).sort((a, b) => a.id - b.id);
    },
  };
}

/** The `limit` slots of the largest score, the lower id first among equals. */
function largest(
  met: readonly number[],
  scores: Float64Array,
  limit: number,
  idOf: (slot: number) => number,
): number[] {
  const kept: number[] = [];
  for (const slot of met) {
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
