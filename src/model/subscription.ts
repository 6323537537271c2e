/** What a channel wants: a story matches when each list that is not empty shares an id with it, and `not` shares none. */
export type Filter = {
  readonly points: readonly string[];
  readonly places: readonly string[];
  readonly stages: readonly string[];
  readonly actors: readonly string[];
  /** Feed ids. */
  readonly sources: readonly string[];
  /** Words or phrases, all of which must stand in the title or summary. */
  readonly words: readonly string[];
  /** Point, place or actor ids, or words, that drop a story. */
  readonly not: readonly string[];
};

export const EVERYTHING: Filter = { points: [], places: [], stages: [], actors: [], sources: [], words: [], not: [] };

/** A channel's standing request. */
export type Subscription = {
  readonly id: number;
  /** Discord's snowflake of the server; null for the terminal. */
  readonly guildId: string | null;
  /** Discord's snowflake of the channel, or `terminal`. */
  readonly destination: string;
  readonly filter: Filter;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly pausedAt: Date | null;
  /** Why it is paused, in a sentence for the guild. */
  readonly pauseReason: string | null;
};

export const TERMINAL = "terminal";
