/** A bill, act, case or docket that articles are about, or a law of the pack. */
export type Matter = {
  /** The id of a law of the pack; else what its number is filed under: `US-CA bill SB53`. Only the latter has a space. */
  readonly key: string;
  readonly kind: string;
  /** Its number as it was first written; of a law of the pack that has none, its name. */
  readonly written: string;
  /** Its page at its source, where the number alone names it. */
  readonly page: string | null;
};

/** A key as people read it: `SB53 (US-CA)`, `HR1234`, `act 2024/1689`. */
export function labelOfKey(key: string): string {
  const [, place, bill, rest = key] = /^(?:([A-Z]{2}(?:-[A-Z]{2})?) )?(bill )?(.+)$/.exec(key) ?? [];
  const number = bill === undefined ? rest : rest.replace(/ of \d+$/, "");
  return place === undefined ? number : `${number} (${place})`;
}

/** What can be so of a law at once: it is in force, its enforcement is stayed, and another replaces it from a day. */
export const PARTS = ["force", "enforcement", "replacement"] as const;

/** What is said of how a law stands, with the sentence that says so. `day`, counted from 1970, is that from which it is so. */
export type StandingPart = {
  readonly part: (typeof PARTS)[number];
  readonly says: string;
  readonly day: number | null;
  readonly sentence: string;
};

/** What one article says of a matter that it names. */
export type Sighting = Matter & {
  /** What the article calls it beside its number: `Transparency in Frontier AI Act`. */
  readonly names: readonly string[];
  /** Where it says that the matter stands: a stage of the pack, and the sentence that says so. */
  readonly step: { readonly stage: string; readonly sentence: string } | null;
  readonly parts: readonly StandingPart[];
};

/** The first article of a stage that is told of a matter. */
export type MatterStep = {
  readonly at: Date;
  readonly stage: string;
  readonly sentence: string;
  readonly articleId: number;
  readonly url: string;
};

/** How matters are listed: those of most articles first, or those that were first met lately. */
export const MATTER_ORDERS = ["busiest", "newest"] as const;

export type MatterOrder = (typeof MATTER_ORDERS)[number];
