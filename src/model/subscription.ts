import { type Destination, digestOf } from "./destination.ts";

/** What a channel wants: a story matches when each list that is not empty shares an id with it, and `not` shares none. */
export type Filter = {
  readonly points: readonly string[];
  readonly places: readonly string[];
  readonly stages: readonly string[];
  readonly actors: readonly string[];
  /** Keys of matters: laws of the pack by their ids, bills, acts and cases by their numbers. */
  readonly laws: readonly string[];
  /** Feed ids. */
  readonly sources: readonly string[];
  /** Words or phrases, all of which must stand in the title or summary. */
  readonly words: readonly string[];
  /** Numbers of stories, for those who follow one development. */
  readonly stories: readonly number[];
  readonly not: readonly Unwanted[];
};

/**
 * What drops a story: the id of a point, place or actor, that of a feed (when no other has the story), or words; or its number.
 */
export type Unwanted = string | { readonly storyId: number };

export const EVERYTHING: Filter = {
  points: [],
  places: [],
  stages: [],
  actors: [],
  laws: [],
  sources: [],
  words: [],
  stories: [],
  not: [],
};

export const MODES = ["each", "hourly", "daily", "weekly"] as const;

/** Whether reminders of deadlines come beside what moves, without it, or not at all. */
export const REMINDING = ["on", "only", "off"] as const;

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
  /** A daily or weekly digest says so when nothing moved. */
  readonly quietDays: boolean;
  readonly reminders: (typeof REMINDING)[number];
  /** A memo comes every Friday: see `MEMO_TIME`. */
  readonly memo: boolean;
  /** It is said when a point that usually moves has long been silent. */
  readonly silences: boolean;
};

export const AT_ONCE: Manner = {
  mode: "each",
  at: "08:00",
  weekday: 1,
  timeZone: "UTC",
  quiet: null,
  mention: null,
  threads: false,
  quietDays: false,
  // Who follows a matter must not miss its dates, and one that is set months ahead is forgotten by then.
  reminders: "on",
  memo: false,
  silences: true,
};

/** What is asked of a destination beside Discord that its kind does not hold, a sentence each. */
export const unheld = ({ memo, reminders }: Manner, holds: readonly string[]): readonly string[] => [
  ...(memo && !holds.includes("memo") ? ["A destination of this kind takes no memos."] : []),
  ...(reminders === "only" && !holds.includes("reminders") ? ["A destination of this kind takes no reminders."] : []),
];

/** Whether a digest comes at a time of the reader's choosing. */
export const isTimed = (mode: Manner["mode"]): boolean => mode === "daily" || mode === "weekly";

/**
 * The same in another mode. Who looks at a time of their own choosing wants to know that nothing moved; who is told at once is told by
 * silence.
 */
export const inMode = (manner: Manner, mode: Manner["mode"]): Manner =>
  manner.mode === mode ? manner : { ...manner, mode, quietDays: isTimed(mode) };

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

/** Whether it asks for points, places and stories alone, for which the articles of a story need not be looked at. */
export const isOfTags = ({ points: _, places: __, stories: ___, ...rest }: Filter): boolean =>
  Object.values(rest).every((list) => list.length === 0);

/** Whether it is one person's own: a reader's, or what somebody is sent in direct messages. */
export const isPersons = (one: Pick<Subscription, "filter" | "guildId">): boolean =>
  isReaders(one) || one.guildId === null;

/**
 * What one person follows, stories and requests: more are not followed but collected, and each is a thread or a stream of direct
 * messages.
 */
export const MOST_OF_PERSON = 25;

/**
 * What a server follows: every new story is matched against all of it. A channel for each friction point of the largest pack
 * needs a third.
 */
export const MOST_OF_SERVER = 100;

/** Readers' own threads of a server: Discord keeps 1,000 of its threads open, of which half are left to other things. */
export const MOST_READERS_OF_SERVER = 500;

export const TERMINAL = "terminal";

/** What the outbox owes it to: single posts to the channel, the rest to its digest. */
export const destinationOf = ({
  id,
  destination,
  manner,
}: Pick<Subscription, "id" | "destination" | "manner">): Destination =>
  manner.mode === "each" ? destination : digestOf(id);

/** Mutes of a channel: as many as can be lifted from one answer, which holds 25 buttons. */
export const MOST_MUTES = 25;

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

/** A filter, and what is muted where its stories would be posted. */
export const without = (filter: Filter, mutes: readonly Pick<Mute, "kind" | "value">[]): Filter => ({
  ...filter,
  not: [...filter.not, ...mutes.map(({ kind, value }) => (kind === "story" ? { storyId: Number(value) } : value))],
});
