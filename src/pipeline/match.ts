import { type Article, dateOf } from "#model/article.ts";
import { type Destination, keyOf } from "#model/destination.ts";
import { dueAt } from "#model/due.ts";
import type { Movement, Revision, Story } from "#model/story.ts";
import { destinationOf, type Filter, type Subscription } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import type { Reach } from "#model/weights.ts";

/** A press item dated longer ago than this is stored, not posted: re-dated old stories are common. */
const TOO_OLD_MS = 72 * HOUR_MS;

/** Regulators, courts and legislatures publish late and re-date rarely: their items stay postable for a week. */
const TOO_OLD_PRIMARY_MS = 7 * DAY_MS;

/** As many stories as fill a screen or two: enough to see what a catalogue or a feed brings, and no backlog. */
export const PREVIEW_STORIES = 10;

/** Clocks of servers differ by minutes; a date further ahead than this is of a time to come. */
const AHEAD_MS = HOUR_MS;

/** The same on a first poll, where a site that writes its own time without a zone dates all of its day ahead. */
const AHEAD_AT_FIRST_MS = 5 * MINUTE_MS;

/** A stage that was shown within this time and comes back is a flip, not a movement. */
const FLIP_MS = DAY_MS;

/** A story as far as a filter looks at it. */
export type Matchable = {
  readonly story: Story;
  /** Feeds of the story's articles. */
  readonly feedIds: readonly string[];
  /** Keys of the matters that its articles are about. */
  readonly laws: readonly string[];
};

/** What decides whether a feed's articles are news: `firstPoll` while it was never read since it was listed, at its address. */
export type Arrival = { readonly primary: boolean; readonly addedAt: Date; readonly firstPoll: boolean };

/**
 * Whether an article is news at all, so that what it moves may be posted: published after its feed was added and not
 * too old when first seen. On a feed's first poll an article without a date counts as old, and so does one that is dated ahead:
 * it stood there before, whatever day it speaks of.
 */
export function isNews(article: Article, { primary, addedAt, firstPoll }: Arrival): boolean {
  const { publishedAt, firstSeenAt } = article;
  const ahead = publishedAt === null ? null : publishedAt.getTime() - firstSeenAt.getTime();
  if (firstPoll && (ahead === null || ahead > AHEAD_AT_FIRST_MS)) return false;
  return publishedAt === null || (publishedAt >= addedAt && isFresh(article, primary, firstSeenAt));
}

/**
 * Whether an article is no part of a flow of news, though it may be news: it came with all that its feed lists, or is of a time
 * to come.
 */
export const isBacklog = ({ publishedAt, firstSeenAt }: Article, { firstPoll }: Arrival): boolean =>
  firstPoll || (publishedAt !== null && publishedAt.getTime() - firstSeenAt.getTime() > AHEAD_MS);

/**
 * Whether a revision only takes a story back to a stage that readers were shown within a day: its card is edited, and nobody
 * hears of each turn.
 */
export function flipsBack(
  { at, movements }: Pick<Revision, "at" | "movements">,
  earlier: readonly Pick<Revision, "at" | "movements">[],
): boolean {
  const staged = (all: readonly Movement[]) => all.filter(({ kind }) => kind === "stage" || kind === "reversal");
  const to = staged(movements).map((movement) => movement.to);
  const recent = earlier.filter((each) => at.getTime() - each.at.getTime() <= FLIP_MS);
  const shown = recent.flatMap((each) => staged(each.movements).flatMap(({ from, to }) => [from, to]));
  return to.length > 0 && to.length === movements.length && to.every((stage) => shown.includes(stage));
}

/**
 * Whether an article was young enough to be posted at a given time: when it was first seen, or when it came to a story by hand.
 */
export function isFresh(article: Pick<Article, "publishedAt" | "firstSeenAt">, primary: boolean, at: Date): boolean {
  return at.getTime() - dateOf(article).getTime() <= (primary ? TOO_OLD_PRIMARY_MS : TOO_OLD_MS);
}

/** The subscriptions that want the revision which `article` has just opened: a channel gets nothing older than its request. */
export function subscribersOf(
  candidate: Matchable,
  article: Article,
  subscriptions: readonly Subscription[],
): readonly Subscription[] {
  const published = dateOf(article);
  const wanted = matcherOf(candidate);
  return subscriptions.filter(
    ({ pausedAt, createdAt, filter, manner }) =>
      pausedAt === null && manner.reminders !== "only" && published >= createdAt && wanted(filter),
  );
}

/** Whether a story is sure enough to be policy on the topic for what a subscriber asked for: single posts ask most. */
export const isReached = ({ manner }: Subscription, reach: Reach): boolean =>
  reach === "post" || (reach === "digest" && manner.mode !== "each");

/**
 * Where and when subscribers are served, each place once: single posts in their channel, the rest in their digest. What
 * a channel gets as a post of its own is not repeated in its digests.
 */
export function owedTo(
  subscribers: readonly Subscription[],
  now: Date,
): readonly { readonly destination: Destination; readonly dueAt: Date }[] {
  const single = new Set(
    subscribers.filter(({ manner }) => manner.mode === "each").map(({ destination }) => destination),
  );
  const served = subscribers.filter(({ manner, destination }) => manner.mode === "each" || !single.has(destination));
  const owed = new Map<string, { destination: Destination; dueAt: Date }>();
  for (const one of served) {
    const each = { destination: destinationOf(one), dueAt: dueAt(one.manner, now) };
    const earlier = owed.get(keyOf(each.destination));
    // Where one request of a channel waits for the end of its quiet hours and another does not, the news goes out now.
    if (earlier === undefined || each.dueAt < earlier.dueAt) owed.set(keyOf(each.destination), each);
  }
  return [...owed.values()];
}

/** Whether each list of the filter that is not empty shares something with the story, and `not` shares nothing. */
export const matches = (filter: Filter, candidate: Matchable): boolean => matcherOf(candidate)(filter);

/** The same for one story and many filters: what the story says is taken apart once. */
export function matcherOf({ story, feedIds, laws }: Matchable): (filter: Filter) => boolean {
  const stages = story.stage === null ? [] : [story.stage];
  let text: string | null = null;
  const ids = new Set([...story.points, ...story.places, ...story.actors, ...stages]);
  const holds = (words: string) => {
    text ??= searchable([story.title, ...story.summary.map((sentence) => sentence.text)].join(" "));
    return text.includes(searchable(words));
  };
  return (filter) =>
    shares(filter.points, story.points) &&
    shares(filter.places, story.places) &&
    shares(filter.stages, stages) &&
    shares(filter.actors, story.actors) &&
    shares(filter.laws, laws) &&
    shares(filter.sources, feedIds) &&
    (filter.stories.length === 0 || filter.stories.includes(story.id)) &&
    filter.words.every(holds) &&
    !(feedIds.length > 0 && feedIds.every((id) => filter.not.includes(id))) &&
    !filter.not.some((one) => (typeof one === "string" ? ids.has(one) || holds(one) : one.storyId === story.id));
}

const shares = (wanted: readonly string[], found: readonly string[]) =>
  wanted.length === 0 || wanted.some((id) => found.includes(id));

/** Lower-case words between single spaces, with one at either end, so that `includes` respects word boundaries. */
function searchable(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
}
