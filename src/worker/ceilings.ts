import { keyOf, overflowOf } from "#model/destination.ts";
import type { Feed } from "#model/feed.ts";
import { type Ceilings, TERMINAL } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { PREVIEW_STORIES } from "#pipeline/match.ts";
import type { Db } from "#store/engine/database.ts";
import type { Owed } from "#store/outbox/owed.ts";
import { freeTurns, takeFreeTurns } from "#store/turns.ts";

/** Of a channel's hour, this part is for primary sources alone: whatever press brings before, there is room for an act. */
const PRIMARY_PART = 1 / 3;

/**
 * What the document of one feed owes, oldest first, held to what readers can take: of a backlog no more than a preview, and of
 * the rest the newest, as many as a feed may bring to a channel and a channel may get within an hour. What is over that goes to
 * the channel's overflow, which is told in one line at the full hour.
 */
export async function withinCeilings(
  tx: Db,
  owed: readonly Owed[],
  feed: Pick<Feed, "id" | "primary">,
  ceilings: Ceilings | undefined,
  now: Date,
): Promise<readonly Owed[]> {
  const news = withoutBacklog(owed);
  if (ceilings === undefined) return news;
  const single = news.filter(isSingle);
  const over = new Set<Owed<string>>();
  // What waits for the end of quiet hours comes all at once, and is counted then.
  for (const [at, posts] of Map.groupBy(single, ({ dueAt }) => Math.max(dueAt.getTime(), now.getTime()))) {
    const room = roomAt(tx, feed, ceilings, new Date(at), at > now.getTime());
    for (const each of await room(posts)) over.add(each);
  }
  return news.map((each) => (isSingle(each) && over.has(each) ? overflowing(each, now) : each));
}

const isSingle = (owed: Owed): owed is Owed<string> =>
  typeof owed.destination === "string" && owed.destination !== TERMINAL;

/** What a first poll brought, and what is dated ahead, is no flow of news. */
export function withoutBacklog(owed: readonly Owed[]): readonly Owed[] {
  const backlog = owed.filter(({ backlog }) => backlog === true);
  const dropped = new Set(
    [...Map.groupBy(backlog, ({ destination }) => keyOf(destination)).values()].flatMap((each) =>
      each.slice(0, -PREVIEW_STORIES),
    ),
  );
  return owed.filter((each) => !dropped.has(each));
}

function overflowing(owed: Owed<string>, now: Date): Owed {
  const at = Math.max(owed.dueAt.getTime(), now.getTime());
  const fullHour = new Date((Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
  return { ...owed, destination: overflowOf(owed.destination), dueAt: fullHour };
}

/** Takes the room that there is at one time, and tells which posts have none. */
function roomAt(
  tx: Db,
  { id, primary }: Pick<Feed, "id" | "primary">,
  { perFeed, perChannel }: Ceilings,
  at: Date,
  isLater: boolean,
): (posts: readonly Owed<string>[]) => Promise<readonly Owed<string>[]> {
  const later = isLater ? ` at ${at.getTime()}` : "";
  const ofFeed = (channel: string) => `posts of ${id} to ${channel}${later}`;
  const ofAll = (channel: string) => `posts to ${channel}${later}`;
  const reserved = primary ? 0 : Math.floor(perChannel * PRIMARY_PART);
  return async (posts) => {
    const byChannel = Map.groupBy(posts, ({ destination }) => destination);
    const channels = [...byChannel.keys()];
    const freeOfFeed = await freeTurns(tx, channels.map(ofFeed), at, perFeed);
    const freeOfAll = await freeTurns(tx, channels.map(ofAll), at, perChannel);
    const room = ([channel, wanted]: readonly [string, readonly Owed<string>[]]) => {
      const free = Math.min(freeOfFeed.get(ofFeed(channel)) ?? 0, (freeOfAll.get(ofAll(channel)) ?? 0) - reserved);
      return Math.min(Math.max(0, free), wanted.length);
    };
    for (const [count, some] of Map.groupBy(byChannel, room)) {
      const taken = some.map(([channel]) => channel);
      await takeFreeTurns(tx, taken.map(ofFeed), at, count, perFeed);
      await takeFreeTurns(tx, taken.map(ofAll), at, count, perChannel);
    }
    return [...byChannel].flatMap((each) => each[1].slice(0, each[1].length - room(each)));
  };
}
