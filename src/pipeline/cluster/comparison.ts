import { DAY_MS } from "#model/time.ts";
import { isCopy } from "#text/shingles.ts";
import { cosineOf } from "#text/vectors.ts";
import {
  BODY,
  BODY_SQUARED,
  inOpening,
  inTitle,
  isName,
  LEDE,
  LEDE_SQUARED,
  namedInTitle,
  OPENING,
  OPENING_SQUARED,
  TITLE,
  TITLE_SQUARED,
} from "./kinds.ts";
import { rarity } from "./rarity.ts";
import { isOneForm } from "./title-form.ts";
import type { Entry, Query, Window } from "./window.ts";

/** What speaks for and against two articles telling of one development. A comparison gives one number for each, in this order. */
export const EVIDENCE = [
  "title",
  "text",
  "title in lede",
  "title inside title",
  "opening inside opening",
  "rare words",
  "numbers clash",
  "same words, other names",
  "same title, other names",
  "same outlet, other title",
  "word by word, nobody in common",
  "headline only",
  "both dated",
  "first day apart",
  "first three days apart",
  "first ten days apart",
  "meaning",
  "other act",
  "crowd",
] as const;

const TEXT = EVIDENCE.indexOf("text");
const NAMES = EVIDENCE.indexOf("same words, other names");
const FORM = EVIDENCE.indexOf("same title, other names");
const OUTLET = EVIDENCE.indexOf("same outlet, other title");
const CROWD = EVIDENCE.indexOf("crowd");

/** Two articles compared. `likeness` is the cosine of title and lede, by which the crowd is measured. */
export type Comparison = {
  readonly entry: Entry;
  /** One number for each of EVIDENCE. */
  readonly evidence: number[];
  readonly likeness: number;
};

/** Likeness from which two texts use the same words, so that other names mean another matter. */
const SAME_WORDS = 0.3;
/** The cosine of what two articles of one beat mean. */
const USUAL_COSINE = 0.85;
/** Likeness of two titles under which they say different things. */
const OTHER_TITLE = 0.25;
/** Squared rarity of a name of which an article knows nothing, at least: what is less is left of a sum. */
const LEAST_NAME = 1e-3;
/** Nats of a name that at most a fifth of all articles have: the topic's own tells nobody. */
const RARE_NAME = Math.log(5);
/** Likeness of two texts under which neither can be a copy of the other. */
const COPY_LIKENESS = 0.3;
/** Stories beside the two nearest that make the crowd. */
const CROWD_STORIES = 10;

/** Weighs the query against each candidate, then adds how crowded the neighbourhood is, which they share. */
export function compareAll(query: Query, candidates: readonly Entry[]): Comparison[] {
  const own = ownSums(query);
  const comparisons = candidates.map((entry) => compare(query, own, entry));
  const crowd = crowdOf(comparisons);
  for (const { evidence } of comparisons) evidence[CROWD] = crowd;
  return comparisons;
}

type Sums = {
  title: number;
  lede: number;
  body: number;
  opening: number;
  inTitle: number;
  inOpening: number;
  /** Squared rarity of the names in the title: the rarest says who is meant. */
  names: number;
};

/** The query's norms, and the rarity that it could share at most. */
function ownSums(query: Query): Sums {
  const { kinds } = query.profile;
  const sums = noSums();
  for (let at = 0; at < kinds.length; at++) {
    const rare = query.rarity[at]!;
    addTo(sums, kinds[at]!, rare, rare * rare);
  }
  return sums;
}

const noSums = (): Sums => ({ title: 0, lede: 0, body: 0, opening: 0, inTitle: 0, inOpening: 0, names: 0 });

/** Adds stems of one kind: the sum of their rarities and that of the squares. */
function addTo(sums: Sums, kind: number, rare: number, square: number): void {
  sums.body += BODY_SQUARED[kind]! * square;
  if (!inOpening(kind)) return;
  sums.lede += LEDE_SQUARED[kind]! * square;
  sums.opening += OPENING_SQUARED[kind]! * square;
  sums.inOpening += rare;
  if (!inTitle(kind)) return;
  sums.title += TITLE_SQUARED[kind]! * square;
  sums.inTitle += rare;
  if (namedInTitle(kind)) sums.names += square;
}

const cosine = (dot: number, a: number, b: number): number => (dot === 0 ? 0 : dot / Math.sqrt(a * b));
const inside = (shared: number, a: number, b: number): number => (shared === 0 ? 0 : shared / Math.min(a, b));

function compare(query: Query, own: Sums, entry: Entry): Comparison {
  const mine = query.profile;
  const other = entry.profile;
  const theirs = noSums();
  let titles = 0;
  let bodies = 0;
  let openings = 0;
  let titleLede = 0;
  let ledeTitle = 0;
  let sharedTitle = 0;
  let sharedOpening = 0;
  let ownNames = 0;
  let theirNames = 0;
  const { whole } = query;
  const { logs, marks } = query.table;
  const { terms } = entry;
  const { kinds } = other;
  for (let i = 0; i < terms.length; ) {
    const kind = kinds[i]!;
    let rares = 0;
    let squares = 0;
    // Stems of one kind lie together.
    for (; i < terms.length && kinds[i] === kind; i++) {
      const term = terms[i]!;
      const at = marks[2 * term + 1]! - 1;
      const rare = at < 0 ? rarity(whole, logs[2 * term]!) : query.rarity[at]!;
      const square = rare * rare;
      rares += rare;
      squares += square;
      if (at < 0) continue;
      const ownKind = mine.kinds[at]!;
      bodies += BODY[kind]! * BODY[ownKind]! * square;
      openings += OPENING[kind]! * OPENING[ownKind]! * square;
      titles += TITLE[kind]! * TITLE[ownKind]! * square;
      titleLede += LEDE[kind]! * TITLE[ownKind]! * square;
      ledeTitle += TITLE[kind]! * LEDE[ownKind]! * square;
      if (inOpening(kind) && inOpening(ownKind)) sharedOpening += rare;
      if (inTitle(kind) && inTitle(ownKind)) sharedTitle += rare;
      if (namedInTitle(ownKind)) ownNames += square;
      if (namedInTitle(kind)) theirNames += square;
    }
    addTo(theirs, kind, rares, squares);
  }
  const ownUnknown = own.names - ownNames;
  const theirUnknown = theirs.names - theirNames;
  const unknownNames = Math.sqrt(Math.max(0, Math.min(ownUnknown, theirUnknown)));
  const dated = mine.at !== null && other.at !== null;
  const apart = dated ? Math.abs(mine.at! - other.at!) / DAY_MS : 0;
  const likeness = cosine(openings, own.opening, theirs.opening);
  const titleCosine = cosine(titles, own.title, theirs.title);
  const evidence = [
    titleCosine,
    cosine(bodies, own.body, theirs.body),
    Math.max(cosine(titleLede, own.title, theirs.lede), cosine(ledeTitle, own.lede, theirs.title)),
    inside(sharedTitle, own.inTitle, theirs.inTitle),
    inside(sharedOpening, own.inOpening, theirs.inOpening),
    Math.log1p(sharedOpening),
    Number(mine.numbers.size > 0 && other.numbers.size > 0 && mine.numbers.isDisjointFrom(other.numbers)),
    // Each title names somebody of whom the other article knows nothing: the next one fined, not the same one.
    unknownNames * alikeBeyond(likeness, mine, other),
    // A headline in the same form about somebody else: an office's next notice, though its text may name the one before.
    Number(
      sharedTitle > 0 &&
        isOneForm(mine.form, other.form) &&
        Math.max(ownUnknown, theirUnknown) > LEAST_NAME &&
        nameOthers(query, entry),
    ),
    // An outlet that repeats itself under a new title has a footer in its feed, not two reports of one event.
    Number(mine.outlet !== "" && mine.outlet === other.outlet && titleCosine < OTHER_TITLE),
    // A glossary has few words, so that its texts are alike: who and how much must be the same.
    Number((mine.isGloss || other.isGloss) && !sharesName(query, entry) && !sharesNumber(query, entry)),
    Number(!mine.hasText || !other.hasText),
    Number(dated),
    Math.min(1, apart),
    Math.min(3, apart),
    Math.min(10, apart),
    mine.hasText && other.hasText ? cosineOf(mine.meaning, other.meaning) - USUAL_COSINE : 0,
    Number(mine.acts !== 0 && other.acts !== 0 && (mine.acts & other.acts) === 0),
    0,
  ];
  return { entry, evidence, likeness };
}

/** Whether each of two titles has a name that the other one has not. */
function nameOthers({ profile, terms, table }: Query, { terms: others, profile: { kinds } }: Entry): boolean {
  let [own, theirs] = [0, 0];
  for (let at = 0; at < terms.length && inTitle(profile.kinds[at]!); at++) own += Number(isName(profile.kinds[at]!));
  for (let i = 0; i < others.length && inTitle(kinds[i]!); i++) {
    const at = table.marks[2 * others[i]! + 1]! - 1;
    if (at < 0 || !inTitle(profile.kinds[at]!)) theirs += Number(isName(kinds[i]!));
    else own -= Number(isName(profile.kinds[at]!));
  }
  return own > 0 && theirs > 0;
}

/** Whether both name somebody in title or lede whom few articles name. */
function sharesName(
  { profile, rarity: rarities, table }: Query,
  { terms, profile: { kinds, opening } }: Entry,
): boolean {
  for (let i = 0; i < opening; i++) {
    const at = table.marks[2 * terms[i]! + 1]! - 1;
    if (at < 0 || at >= profile.opening || !isName(kinds[i]!) || !isName(profile.kinds[at]!)) continue;
    if (rarities[at]! > RARE_NAME) return true;
  }
  return false;
}

/** Whether both give a number, and their titles do not name different people. */
const sharesNumber = (query: Query, entry: Entry): boolean =>
  !query.profile.numbers.isDisjointFrom(entry.profile.numbers) && !nameOthers(query, entry);

/** How far two texts use the same words. A headline alone seldom names everyone, so it cannot tell. */
const alikeBeyond = (likeness: number, a: Entry["profile"], b: Entry["profile"]): number =>
  a.hasText && b.hasText ? Math.max(0, likeness - SAME_WORDS) : 0;

/** How alike the article is to stories that are not its own: where many are, it takes more to join one. */
function crowdOf(comparisons: readonly Comparison[]): number {
  const nearest = new Map<number, number>();
  for (const { entry, likeness } of comparisons) {
    nearest.set(entry.storyId, Math.max(likeness, nearest.get(entry.storyId) ?? 0));
  }
  const others = [...nearest.values()].sort((a, b) => b - a).slice(2, 2 + CROWD_STORIES);
  return others.reduce((sum, likeness) => sum + likeness, 0) / CROWD_STORIES;
}

/** Whether the query's text is the entry's: a notice that names somebody else in the same words is another notice. */
export const isCopyOf = ({ profile }: Query, { entry, evidence }: Comparison): boolean =>
  evidence[TEXT]! >= COPY_LIKENESS &&
  evidence[NAMES]! === 0 &&
  evidence[FORM]! === 0 &&
  evidence[OUTLET]! === 0 &&
  isCopy(entry.profile.sketch, profile.sketch);

/** The stems that the query shares with an entry in title and lede, rarest first. */
export function sharedStems(window: Window, query: Query, entry: Entry, limit: number): string[] {
  const placeOf = (term: number) => query.table.marks[2 * term + 1]! - 1;
  return [...entry.terms.subarray(0, entry.profile.opening)]
    .filter((term) => placeOf(term) >= 0 && placeOf(term) < query.profile.opening)
    .sort((a, b) => query.rarity[placeOf(b)]! - query.rarity[placeOf(a)]!)
    .slice(0, limit)
    .map(window.stemOf);
}
