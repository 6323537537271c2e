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

/** What one article says of a matter that it names. */
export type Sighting = Matter & {
  /** What the article calls it beside its number: `Transparency in Frontier AI Act`. */
  readonly names: readonly string[];
  /** Where it says that the matter stands: a stage of the pack, and the sentence that says so. */
  readonly step: { readonly stage: string; readonly sentence: string } | null;
};

/** The first article of a stage that is told of a matter. */
export type MatterStep = {
  readonly at: Date;
  readonly stage: string;
  readonly sentence: string;
  readonly articleId: number;
  readonly url: string;
};
