import type { PostSilences, SilentPoint } from "#model/delivery.ts";
import { lastPeriod } from "#model/due.ts";
import { nameOn } from "#model/pack.ts";
import { isReaders, type Subscription } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { silenceIn } from "#pipeline/silence.ts";
import { feedStates } from "#store/feeds.ts";
import { feedsOnPoint, pointDays } from "#store/rhythm.ts";
import { isRunOpen, takeRun } from "#store/schedules.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import { readSince } from "#store/trend.ts";
import { isTimely } from "./quiet-days.ts";
import { recordOf, TOLD_AGAIN_MS } from "./rhythms.ts";
import type { World } from "./world.ts";

type Silencing = Pick<World, "db" | "pack" | "clock">;

/** A friction point that is silent, by its id, with what is said of it. */
type Silent = { readonly point: string; readonly said: SilentPoint };

/**
 * Says that friction points which usually move have long been silent, to the channels that follow them: looked at once a day at the
 * hour of the channel's digests, and said at most once a month of a point.
 */
export async function tellSilences(world: Silencing, post: PostSilences): Promise<void> {
  const { db, clock } = world;
  const now = clock();
  for (const subscription of await activeSubscriptions(db, now)) {
    const { id, destination, manner, createdAt } = subscription;
    const at = lastPeriod({ ...manner, mode: "daily" }, now)?.at;
    if (!manner.silences || isReaders(subscription) || at === undefined || createdAt > at) continue;
    if (!isTimely(at, now) || !(await isRunOpen(db, `silences ${id}`, at))) continue;
    const silent = await silentPoints(subscription, world);
    if (silent.length > 0) {
      const outcome = await post({ subscriptionId: id, destination, at, points: silent.map(({ said }) => said) });
      // What cannot be posted now is tried again within the hour; what Discord refuses is not.
      if (outcome.kind === "retry") continue;
    }
    for (const { point } of silent) await takeRun(db, runOf(id, point), at);
    await takeRun(db, `silences ${id}`, at);
  }
}

const runOf = (subscriptionId: number, point: string) => `silence ${subscriptionId} ${point}`;

/** What has become silent of what the subscription follows, by its points and places, and was not said within the month. */
async function silentPoints(subscription: Subscription, { db, pack, clock }: Silencing): Promise<readonly Silent[]> {
  const { id, filter } = subscription;
  const now = clock();
  const record = recordOf(await readSince(db), now);
  if (record === null) return [];
  const daily = await pointDays(db, filter.places, record.since);
  const all = record.allOf(daily);
  const followed = filter.points.length > 0 ? filter.points : pack.points.map((point) => point.id);
  const silent: Silent[] = [];
  for (const point of followed) {
    const silence = silenceIn(record.countsOf(daily.get(point)), all);
    if (silence === null || !(await isRunOpen(db, runOf(id, point), new Date(now.getTime() - TOLD_AGAIN_MS)))) continue;
    const feeds = await feedsRead(point, subscription, record.since, { db, now });
    // Where none was read nobody knows whether anything moved.
    if (feeds.read === 0) continue;
    const since = new Date(record.until.getTime() - (silence.days + 1) * DAY_MS);
    silent.push({ point, said: { name: nameOn("point", point, pack), since, ...silence, ...feeds } });
  }
  return silent;
}

/** How many of the feeds that told of a point were read within the last day. */
async function feedsRead(
  point: string,
  { filter }: Subscription,
  since: Date,
  { db, now }: { readonly db: World["db"]; readonly now: Date },
): Promise<Pick<SilentPoint, "read" | "feeds">> {
  const feeds = await feedsOnPoint(db, { point, places: filter.places, since });
  const yesterday = new Date(now.getTime() - DAY_MS);
  const states = (await feedStates(db)).filter(({ feedId }) => feeds.has(feedId));
  const read = states.filter(({ lastSuccessAt }) => lastSuccessAt !== null && lastSuccessAt > yesterday).length;
  return { read, feeds: states.length };
}
