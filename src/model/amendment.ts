/**
 * What people may decide about a story: several ids on the first two axes, one or none on the next two; on the last, whether it is news
 * on the topic at all, `yes` or `no`.
 */
export const AMENDED_AXES = ["point", "place", "stage", "certainty", "relevance"] as const;

/** What somebody who may has decided about a story, in place of what its articles were tagged with. */
export type Amendment = {
  readonly storyId: number;
  /** The revision that they had before them. */
  readonly revision: number;
  readonly axis: (typeof AMENDED_AXES)[number];
  /** All ids that are to stand on the axis. */
  readonly ids: readonly string[];
  readonly guildId: string | null;
  readonly createdBy: string;
};

/** All that people have decided about an article: the ids that may stand on each axis, whatever its words become. */
export type Amendments = Partial<Readonly<Record<Amendment["axis"], readonly string[]>>>;

/** What stood on an axis, and what stands there now. */
export type Amended = {
  readonly axis: Amendment["axis"];
  readonly from: readonly string[];
  readonly to: readonly string[];
};

/** Resolves to null when there is no such story any more. */
export type Amend = (amendment: Amendment) => Promise<Amended | null>;
