import { kindOf } from "./kinds.ts";

/** The parts of an article; `further` is its text beyond the lede. */
export type Part = "title" | "lede" | "further";

/** How often each stem was met, by its number in the lexicon, and which of them are names. */
export type Marked = {
  has(stem: number): boolean;
  isName(stem: number): boolean;
  /** Notes that a stem that was met is a name; of others nothing. */
  name(stem: number): void;
};

/** The stems of one article, each in the place in which it was met first. */
export type Tally = Marked & {
  /** Forgets the article before. */
  begin(): void;
  count(stem: number, part: Part): void;
  /** Stems met, and which one, and of what kind, is in a place. */
  readonly size: number;
  stemIn(place: number): number;
  kindIn(place: number): number;
};

const FIRST_ROOM = 1 << 12;

/** Counts the stems of at most `most` words, of article after article in the same memory: nothing is made for a stem. */
export function createTally(most: number): Tally {
  /** By stem, its place counted from 1. */
  let places = new Int32Array(FIRST_ROOM);
  const met = new Int32Array(most);
  const counts = { title: new Uint16Array(most), lede: new Uint16Array(most), further: new Uint16Array(most) };
  const names = new Uint8Array(most);
  let size = 0;

  const placeOf = (stem: number): number => (stem < places.length ? places[stem]! - 1 : -1);

  function take(stem: number): number {
    if (stem >= places.length) {
      const larger = new Int32Array(2 * stem);
      larger.set(places);
      places = larger;
    }
    const place = size++;
    places[stem] = size;
    met[place] = stem;
    counts.title[place] = counts.lede[place] = counts.further[place] = names[place] = 0;
    return place;
  }

  return {
    begin() {
      for (let place = 0; place < size; place++) places[met[place]!] = 0;
      size = 0;
    },
    count(stem, part) {
      const known = placeOf(stem);
      counts[part][known < 0 ? take(stem) : known]!++;
    },
    has: (stem) => placeOf(stem) >= 0,
    isName: (stem) => placeOf(stem) >= 0 && names[placeOf(stem)] === 1,
    name(stem) {
      const place = placeOf(stem);
      if (place >= 0) names[place] = 1;
    },
    get size() {
      return size;
    },
    stemIn: (place) => met[place]!,
    kindIn(place) {
      const lede = counts.lede[place]!;
      return kindOf(counts.title[place]!, lede, lede + counts.further[place]!, names[place] === 1);
    },
  };
}
