import type { StoredArticle } from "#model/article.ts";
import type { Card, Digest } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Movement, Story } from "#model/story.ts";
import type { Filter, Manner } from "#model/subscription.ts";
import type { Db } from "#store/engine/database.ts";

/** A piece of news to be played: what one source publishes at one moment. */
export type Item = {
  /** What it is called where the play is written down. */
  readonly id: string;
  /** What its source calls it. A later item of the same source and key is the same one, edited. */
  readonly key: string;
  /** The id, name or host of the feed that it is from. */
  readonly source: string;
  readonly title: string;
  /** Its own text, in which offsets are counted. */
  readonly text: string;
  /** The same as its feed would give it. */
  readonly html: string;
  readonly url: string;
  /** When its feed lists it. */
  readonly at: Date;
  /** The date that it bears; null for none. */
  readonly dated: Date | null;
};

/** A state of a story as a channel is shown it. */
export type Shown = {
  readonly card: Card;
  readonly story: Story;
  readonly movements: readonly Movement[];
  /** The story's articles in order of arrival. */
  readonly articles: readonly StoredArticle[];
};

/** What a channel gets, or an edit of a card that it got. */
export type Told =
  | { readonly kind: "post" | "edit"; readonly at: Date; readonly shown: Shown }
  | { readonly kind: "digest"; readonly at: Date; readonly digest: Digest; readonly shown: readonly Shown[] };

/** How many articles rounds brought, and what they did. */
export type Heard = {
  readonly fresh: number;
  /** Known before, with another text. */
  readonly changed: number;
  readonly inStories: number;
  /** Moved their story. */
  readonly moved: number;
};

export const NOTHING: Heard = { fresh: 0, changed: 0, inStories: 0, moved: 0 };

export const addHeard = (a: Heard, b: Heard): Heard => ({
  fresh: a.fresh + b.fresh,
  changed: a.changed + b.changed,
  inStories: a.inStories + b.inStories,
  moved: a.moved + b.moved,
});

export type Played = { readonly heard: Heard; readonly told: readonly Told[] };

/** The worker on a clock and a store of its own, with one channel that follows it. */
export type Player = {
  readonly db: Db;
  /** With a feed for each source. */
  readonly pack: Pack;
  /**
   * Delivers what falls due before `at`, takes in items that have come by then, and delivers again. Rounds come in order of time.
   */
  round(at: Date, items: readonly Item[]): Promise<Played>;
  /** Delivers all that is still owed. */
  end(): Promise<readonly Told[]>;
  /** The item whose text an article has. */
  itemOf(article: StoredArticle): Item;
  /** Keeps the store in a folder that has none. Resolves to what is wrong with that, or null. */
  keep(dataDir: string): Promise<string | null>;
  close(): Promise<void>;
};

export type PlayerSetting = {
  readonly pack: Pack;
  /** Those of all items that will be played. */
  readonly sources: readonly string[];
  /** Nothing published before it is news. */
  readonly since: Date;
  readonly filter: Filter;
  readonly manner: Manner;
  readonly stop: AbortSignal;
};

export type OpenPlayer = (setting: PlayerSetting) => Promise<Player>;
