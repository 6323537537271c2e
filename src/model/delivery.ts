import { type CitedPages, pagesText } from "./citation.ts";
import type { ShownDay } from "./deadline.ts";
import type { Destination, Reach } from "./destination.ts";
import type { Memo } from "./memo.ts";
import type { Filter } from "./subscription.ts";
import { DAY_MS } from "./time.ts";

/** In the place of a story's number: a message that belongs to none. */
export const NO_STORY = 0;

/**
 * One story revision owed to one destination, claimed by this worker: a lease with a fencing number. Whatever posts is given the
 * channel.
 */
export type Claim<To extends Destination = string> = {
  readonly deliveryId: number;
  readonly storyId: number;
  readonly revision: number;
  readonly destination: To;
  /** The fencing number: only the holder of the latest attempt may settle. */
  readonly attempts: number;
  /**
   * Message of an earlier revision at the same destination, to reply to; null for the first. `thread/message` where it stands in
   * a thread.
   */
  readonly messageId: string | null;
  /**
   * The last message there about any development of its saga, which the first card of another one answers; null where there
   * is none.
   */
  readonly sagaMessageId: string | null;
};

/**
 * The life of a delivery: `due` until it is settled; `posted`; `held` while the bot may not post to its destination; `dropped`
 * when the destination is gone; `dead` when it can never be posted as it is (a dead letter for the operators).
 */
export const DELIVERY_STATES = ["due", "posted", "held", "dropped", "dead"] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How long something held back is still worth posting. */
const STILL_NEWS_MS = 3 * DAY_MS;

/** What is held from before has lost its news. */
export const stillNews = (now: Date): Date => new Date(now.getTime() - STILL_NEWS_MS);

/** What became of one try. */
export type PostOutcome =
  /** Where something is still to be done about the message, as publishing it, it is edited at `again`. */
  | { readonly kind: "posted"; readonly messageId: string; readonly again?: Date }
  /** Try again, not before `at`, with the same nonce. */
  | { readonly kind: "retry"; readonly at: Date; readonly reason: string }
  /** The bot may not post there now: the subscription is paused and kept, and its guild is told. */
  | { readonly kind: "forbidden"; readonly reason: string }
  /** The destination no longer exists. */
  | { readonly kind: "gone"; readonly reason: string }
  /** There is nothing to say any more: it is dropped, and nobody need hear of it. */
  | { readonly kind: "moot"; readonly reason: string }
  /** Our own bug: kept as a dead letter for the operators. */
  | { readonly kind: "rejected"; readonly reason: string };

/**
 * A text that stands in a source; `source` counts from 1 into the card's sources, and `pages` are those that it stands on where the
 * source is a document that has some.
 */
export type CitedText = { readonly text: string; readonly source: number; readonly pages?: CitedPages };

/** What a citation says within its brackets: `1`, and of a document with pages `1, p. 3`. */
export const citationText = ({ source, pages }: Omit<CitedText, "text">): string =>
  pages === undefined ? String(source) : `${source}, ${pagesText(pages)}`;

/** Where a cited text is read: a source's own address, of a document with pages at the page; null where no such source is listed. */
export const citationUrl = (
  sources: readonly { readonly url: string }[],
  { source, pages }: Omit<CitedText, "text">,
): string | null => pages?.url ?? sources[source - 1]?.url ?? null;

/** What one source says, and when it said it: that it is newer makes it no truer. */
export type DatedText = CitedText & { readonly at: Date };

/** Everything a message shows, whatever shows it: names are resolved, nothing is looked up any more. */
export type Card = {
  readonly storyId: number;
  readonly revision: number;
  readonly title: string;
  readonly url: string;
  /**
   * What a further development belongs to: `Lanternworks dispute · 4th development · before: interim stay granted`; null for the
   * first.
   */
  readonly saga: string | null;
  /**
   * Where the matter stands, what is not sure of it, where, and what it is about: `Threatened · reported, unconfirmed · US ·
   * audits, penalties`.
   */
  readonly headline: string;
  /** `Threatened`, or null where no source says. */
  readonly stage: string | null;
  /** `reported, unconfirmed`; null where readers may take it as known. */
  readonly certainty: string | null;
  readonly places: readonly string[];
  readonly points: readonly string[];
  /** `Threatened → Proposed`: what moved since the last revision; null for the first. The sentences begin with what shows it. */
  readonly change: string | null;
  /** Each sentence ends on the number of its source, counted from 1 into `sources`. */
  readonly sentences: readonly CitedText[];
  /**
   * Figures and days on which two sources differ, each as its source gives it: never averaged, never chosen between, and gone when a
   * primary source gives its own.
   */
  readonly conflicts: readonly { readonly figures: readonly [DatedText, DatedText] }[];
  /** Articles, those that are cited first, in that order; of other outlets one each. Outlets that copied another's text are none. */
  readonly sources: readonly { readonly name: string; readonly url: string; readonly primary: boolean }[];
  /** Sources beyond those listed. */
  readonly moreSources: number;
  readonly at: Date;
  /** A day to come stands in it. */
  readonly hasDays: boolean;
};

/** What a card says where its sources have no sentence to give. */
export const HEADLINE_ONLY = "Headline only.";

/** How many outlets report: two articles of one are one. */
export const outletsOf = ({ sources, moreSources }: Card): number =>
  new Set(sources.map(({ name }) => name)).size + moreSources;

/** `1 source`, `4 sources`. */
export function sourcesText(card: Card): string {
  const outlets = outletsOf(card);
  return outlets === 1 ? "1 source" : `${outlets} sources`;
}

/** How Discord shows cards: as embeds, or as components, a newer kind of message, which stays of its kind for good. */
export const CARD_STYLES = ["embeds", "components"] as const;

export type CardStyle = (typeof CARD_STYLES)[number];

export type Post = (claim: Claim, card: Card) => Promise<PostOutcome>;

/** What one digest shows. */
export type Digest = {
  readonly subscriptionId: number;
  readonly mode: "hourly" | "daily" | "weekly";
  /** Most important first. */
  readonly cards: readonly Card[];
  /** Articles that are not told one by one, because they stand behind one of the cards. */
  readonly folded: number;
};

export type PostDigest = (claim: Claim, digest: Digest) => Promise<PostOutcome>;

/** A memo, and the request that it is of. */
export type RequestedMemo = { readonly memo: Memo; readonly subscriptionId: number; readonly filter: Filter };

export type PostMemo = (claim: Claim, memo: RequestedMemo) => Promise<PostOutcome>;

/** Posts that so many stories moved, in one line. */
export type PostOverflow = (claim: Claim, stories: number) => Promise<PostOutcome>;

/** Posts the days of which a channel is reminded in one message, the nearest first. */
export type PostReminders = (claim: Claim, days: readonly ShownDay[]) => Promise<PostOutcome>;

/** That nothing was due for a digest at `at`, and how many of all feeds were read since the one before. */
export type QuietDay = {
  readonly subscriptionId: number;
  readonly destination: string;
  readonly at: Date;
  readonly read: number;
  readonly feeds: number;
};

export type PostQuietDay = (quiet: QuietDay) => Promise<PostOutcome>;

/** A friction point that usually moves and has not for long. */
export type SilentPoint = {
  readonly name: string;
  /** The last day on which it moved, and how many whole days were silent since. */
  readonly since: Date;
  readonly days: number;
  /** How often it moved in a week before. */
  readonly perWeek: number;
  /** How many of the feeds that told of it were read within the last day. */
  readonly read: number;
  readonly feeds: number;
};

/** What is silent of all that a subscription follows, as seen at `at`. */
export type Silences = {
  readonly subscriptionId: number;
  readonly destination: string;
  readonly at: Date;
  readonly points: readonly SilentPoint[];
};

export type PostSilences = (silences: Silences) => Promise<PostOutcome>;

/** A card that stands in a channel and has grown since. */
export type GrownCard = {
  readonly deliveryId: number;
  readonly storyId: number;
  readonly revision: number;
  readonly destination: string;
  readonly messageId: string;
  /** The claim on it: what grew while it was edited is edited again. */
  readonly editDueAt: Date;
};

/** `posted`, and what cannot be edited any more, end it; `retry` comes back. */
export type Edit = (grown: GrownCard, card: Card) => Promise<PostOutcome>;

/**
 * How often may be posted, whoever posts, times in milliseconds: a destination takes `burst` posts at once and then one every
 * `everyMs`, all destinations together take one every `allEveryMs`.
 */
export type Pace = { readonly burst: number; readonly everyMs: number; readonly allEveryMs: number };

/**
 * What takes deliveries. One that keeps no messages, such as a terminal, has no digests, memos, overflow and reminders, and edits nothing.
 */
export type Poster = {
  readonly post: Post;
  readonly postDigest?: PostDigest;
  readonly postMemo?: PostMemo;
  readonly postOverflow?: PostOverflow;
  readonly postReminders?: PostReminders;
  readonly postQuietDay?: PostQuietDay;
  readonly postSilences?: PostSilences;
  readonly edit?: Edit;
  /** The destinations that it can reach; all when left out. What is owed to others waits for a poster that serves them. */
  readonly serves?: Reach;
  /** Kept by all workers of a store together; as fast as it goes when left out. */
  readonly pace?: Pace;
};
