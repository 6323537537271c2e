/**
 * How often a stem stands in an article's title, lede and body, and whether it is a name, in one number of 14 bits: most stems of an
 * article are of a few kinds, so that what they weigh is looked up, or counted once for all of a kind. Higher counts than fit are
 * taken for the highest. Kinds of stems in title or lede are larger than those of the body alone.
 */
export const kindOf = (title: number, lede: number, body: number, name: boolean): number =>
  (Math.min(title, MOST_IN_TITLE) << 11) |
  (Math.min(lede, MOST_IN_LEDE) << 7) |
  (Math.min(body, MOST_IN_BODY) << 1) |
  Number(name);

const MOST_IN_TITLE = 7;
const MOST_IN_LEDE = 15;
const MOST_IN_BODY = 63;
export const KINDS = 1 << 14;

const titleOf = (kind: number): number => kind >> 11;
const ledeOf = (kind: number): number => (kind >> 7) & MOST_IN_LEDE;
const bodyOf = (kind: number): number => (kind >> 1) & MOST_IN_BODY;

/** A stem of the title counts as much as so many in the lede. */
const TITLE_WEIGHT = 3;

/** `1 + ln(count)`, 0 for none. */
const damped = (count: number): number => (count === 0 ? 0 : 1 + Math.log(count));

const tableOf = (weigh: (kind: number) => number): Float64Array =>
  Float64Array.from({ length: KINDS }, (_, kind) => weigh(kind));
const squared = (table: Float64Array): Float64Array => table.map((weight) => weight * weight);

/** By kind: what a stem weighs in each part of an article, damped; and the squares of it. */
export const TITLE = tableOf((kind) => damped(titleOf(kind)));
export const LEDE = tableOf((kind) => damped(ledeOf(kind)));
export const BODY = tableOf((kind) => damped(bodyOf(kind)));
export const OPENING = tableOf((kind) => damped(TITLE_WEIGHT * titleOf(kind) + ledeOf(kind)));
export const TITLE_SQUARED = squared(TITLE);
export const LEDE_SQUARED = squared(LEDE);
export const BODY_SQUARED = squared(BODY);
export const OPENING_SQUARED = squared(OPENING);

export const inTitle = (kind: number): boolean => kind >= 1 << 11;
export const inOpening = (kind: number): boolean => kind >= 1 << 7;
export const isName = (kind: number): boolean => (kind & 1) === 1;
/** A name that the title names. */
export const namedInTitle = (kind: number): boolean => inTitle(kind) && isName(kind);
