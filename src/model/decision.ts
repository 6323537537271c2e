/** What a person decides about stories; the machine never undoes it. */
export type Decision =
  /** The articles of `from` are about the same development as `into`. */
  | { readonly kind: "merge"; readonly into: number; readonly from: readonly number[] }
  /** These articles of a story are about another development. */
  | { readonly kind: "split"; readonly storyId: number; readonly articleIds: readonly number[] }
  /** One article belongs to another story, or (null) to one of its own. */
  | { readonly kind: "move"; readonly articleId: number; readonly storyId: number | null }
  /** A running dispute is over: its stories are joined no more, and none is opened in it. */
  | { readonly kind: "close"; readonly sagaId: number }
  /** A dispute that was called over goes on. */
  | { readonly kind: "reopen"; readonly sagaId: number }
  /** A dispute is called so, or (null) by the name that its articles give it. */
  | { readonly kind: "name"; readonly sagaId: number; readonly name: string | null };

/** What came of a decision: the stories as they stand now, the one that was kept first, or a sentence on why not. */
export type Decided =
  | { readonly kind: "decided"; readonly storyIds: readonly number[] }
  | { readonly kind: "refused"; readonly reason: string };

/** Carries a decision out. `by` is who took it: a Discord user's snowflake, or null on the command line. */
export type Decide = (decision: Decision, by: string | null) => Promise<Decided>;
