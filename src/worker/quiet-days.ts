import type { PostQuietDay } from "#model/delivery.ts";
import { newsDestinationsOf } from "#model/destination.ts";
import { lastPeriod } from "#model/due.ts";
import type { Subscription } from "#model/subscription.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { feedStates } from "#store/feeds.ts";
import { anyDueBetween } from "#store/outbox/deliveries.ts";
import { isRunOpen, takeRun } from "#store/schedules.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import type { World } from "./world.ts";

/** What was filed as the clock struck is committed by then. */
const AFTER_MS = 2 * MINUTE_MS;

/** Later than this nobody waits for the word any more. */
const LATEST_MS = HOUR_MS;

/** Says that nothing moved where a digest was due and has nothing to tell, to those who want to know; once for each time. */
export async function tellQuietDays({ db, clock }: Pick<World, "db" | "clock">, post: PostQuietDay): Promise<void> {
  const now = clock();
  for (const subscription of await activeSubscriptions(db, now)) {
    const { id, destination, manner, createdAt } = subscription;
    const period = manner.quietDays ? lastPeriod(manner, now) : null;
    if (period === null || createdAt > period.at) continue;
    if (!isTimely(period.at, now) || !(await isRunOpen(db, runOf(id), period.at))) continue;
    if (await hasMoved(subscription, period, db)) continue;
    const states = await feedStates(db);
    const read = states.filter(({ lastSuccessAt }) => lastSuccessAt !== null && lastSuccessAt > period.from).length;
    const outcome = await post({ subscriptionId: id, destination, at: period.at, read, feeds: states.length });
    // What cannot be posted now is tried again as long as it is of use; what Discord refuses is not.
    if (outcome.kind !== "retry") await takeRun(db, runOf(id), period.at);
  }
}

/** Whether the clock has struck, and what is to be said then is of use: for an hour, unless it keeps for longer. */
export function isTimely(at: Date, now: Date, latestMs = LATEST_MS): boolean {
  const late = now.getTime() - at.getTime();
  return late >= AFTER_MS && late <= latestMs;
}

const runOf = (subscriptionId: number) => `quiet ${subscriptionId}`;

/** Whether the digest told of something, or the channel got it as a post of its own. */
const hasMoved = (
  subscription: Subscription,
  { from, at }: { readonly from: Date; readonly at: Date },
  db: World["db"],
): Promise<boolean> =>
  anyDueBetween(
    db,
    newsDestinationsOf(subscription.destination, [subscription]),
    from,
    new Date(at.getTime() + LATEST_MS),
  );
