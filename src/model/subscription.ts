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
  /** Numbers of stories, for those who follow one development. */
  readonly stories: readonly number[];
  /** Point, place or actor ids, words, feed ids (when no other feed has the story) or `story:7`, that drop a story. */
  readonly not: readonly string[];
};

export const EVERYTHING: Filter = {
  points: [],
  places: [],
  stages: [],
  actors: [],
  sources: [],
  words: [],
  stories: [],
  not: [],
};

export const MODES = ["each", "hourly", "daily", "weekly"] as const;

/** When and how a channel wants its posts. */
export type Manner = {
  /** One message for each movement, or a digest. */
  readonly mode: (typeof MODES)[number];
  /** Wall-clock time of a daily or weekly digest: `08:00`. */
  readonly at: string;
  /** Day of a weekly digest, Monday 1 to Sunday 7. */
  readonly weekday: number;
  /** IANA name: `Europe/Paris`. */
  readonly timeZone: string;
  /** Wall-clock times between which single posts wait. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
  /** Discord's snowflake of the role to mention, at most once an hour. */
  readonly mention: string | null;
  /** Later movements of a story go to a thread under its first card. */
  readonly threads: boolean;
};

export const AT_ONCE: Manner = {
  mode: "each",
  at: "08:00",
  weekday: 1,
  timeZone: "UTC",
  quiet: null,
  mention: null,
  threads: false,
};

/** A channel's standing request. */
export type Subscription = {
  readonly id: number;
  /** Discord's snowflake of the server; null for the terminal. */
  readonly guildId: string | null;
  /** Discord's snowflake of the channel, or `terminal`. */
  readonly destination: string;
  readonly filter: Filter;
  readonly manner: Manner;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly pausedAt: Date | null;
  /** Why it is paused, in a sentence for the guild. */
  readonly pauseReason: string | null;
};

/** Whether it is a reader's own, of one story, and not what those who manage a server have it follow. */
export const isReaders = ({ filter }: Pick<Subscription, "filter">): boolean => filter.stories.length > 0;

/** Stories that one person follows: more are not followed but collected, and each is a thread or a stream of direct messages. */
export const MOST_OF_PERSON = 25;

/** What a server follows: every new story is matched against all of it. A channel for each friction point of the largest pack needs a third. */
export const MOST_OF_SERVER = 100;

/** Readers' own threads of a server: Discord keeps 1,000 of its threads open, of which half are left to other things. */
export const MOST_READERS_OF_SERVER = 500;

export const TERMINAL = "terminal";

const DIGEST = "digest:";

/** Under which destination the outbox keeps what is owed: single posts under the channel, a digest's under the subscription. */
export const outboxKey = ({ id, destination, manner }: Pick<Subscription, "id" | "destination" | "manner">): string =>
  manner.mode === "each" ? destination : `${DIGEST}${id}`;

/** The subscription whose digest a destination of the outbox is; null for a channel. */
export const digestOf = (outboxDestination: string): number | null =>
  outboxDestination.startsWith(DIGEST) ? Number(outboxDestination.slice(DIGEST.length)) : null;

/** Mutes of a channel: as many as can be lifted from one answer, which holds 25 buttons. */
export const MOST_MUTES = 25;

const OVERFLOW = "overflow:";

/** Under which destination the outbox keeps what a channel is not posted one by one, because it would be too much within an hour. */
export const overflowKey = (channel: string): string => `${OVERFLOW}${channel}`;

/** The channel whose overflow a destination of the outbox is; null for others. */
export const overflowOf = (outboxDestination: string): string | null =>
  outboxDestination.startsWith(OVERFLOW) ? outboxDestination.slice(OVERFLOW.length) : null;

/** How many posts may come within an hour, one feed's to one channel and all of one channel. */
export type Ceilings = { readonly perFeed: number; readonly perChannel: number };

/** What stops a channel from hearing of something, for a while. */
export type Mute = {
  readonly id: number;
  readonly destination: string;
  readonly kind: "story" | "source" | "word";
  /** A story's number, a feed id, or a word or phrase. */
  readonly value: string;
  /** Null: until it is lifted. */
  readonly until: Date | null;
  readonly createdBy: string | null;
};

/** A mute as `Filter.not` has it. */
export const asUnwanted = ({ kind, value }: Pick<Mute, "kind" | "value">): string =>
  kind === "story" ? `story:${value}` : value;
