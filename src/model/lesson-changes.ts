/** What other weights would make of the articles of a store. */
export type LessonChanges = {
  readonly articles: number;
  /** Titles of stories that would be sure enough to be posted, and of those that would not be any more. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** By id of a point: articles that would be said to be about it, and that would not be any more. */
  readonly points: ReadonlyMap<string, { readonly gained: number; readonly lost: number }>;
};

/** The time by whose articles people can judge what other weights would change. */
export const LOOK_BACK_DAYS = 30;
