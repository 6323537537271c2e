import type { Claim, PostMemo, PostOutcome } from "#model/delivery.ts";
import type { Destination } from "#model/destination.ts";
import { lastMemo, memoTime } from "#model/memo.ts";
import { without } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { enqueueMemo } from "#store/outbox/owed.ts";
import { activeMutes, activeSubscriptions, subscriptionById } from "#store/subscriptions.ts";
import type { Delivering } from "./card-for.ts";
import { memoFor } from "./memo.ts";
import { isTimely } from "./quiet-days.ts";
import type { World } from "./world.ts";

/** After an outage that is longer a week is told by the next memo's look back; whoever turns it on meanwhile gets the last one. */
const LATEST_MS = 2 * DAY_MS;

/** Owes the memos of this week to those who asked for them, once for each of their Fridays, whoever looks and however often. */
export async function oweMemos({ db, clock }: Pick<World, "db" | "clock">): Promise<void> {
  const now = clock();
  for (const { id, manner, createdAt } of await activeSubscriptions(db, now)) {
    if (!manner.memo) continue;
    const { at, day } = lastMemo(manner, now);
    if (createdAt <= at && isTimely(at, now, LATEST_MS)) await enqueueMemo(db, id, day, at);
  }
}

/** Posts the memo of a week, of what the request asks for now; none that was held back until the next one is due. */
export async function tryPostMemo(
  { db, pack, clock }: Delivering,
  postMemo: PostMemo,
  claim: Claim<Destination>,
  subscriptionId: number,
): Promise<PostOutcome> {
  const subscription = await subscriptionById(db, subscriptionId);
  if (subscription === null) return { kind: "gone", reason: "Nobody asks for this memo any more." };
  const { filter, destination, manner } = subscription;
  if (!manner.memo) return { kind: "moot", reason: "Memos were turned off." };
  if (lastMemo(manner, clock()).day > claim.revision) return { kind: "moot", reason: "It is older than a week." };
  const until = memoTime(claim.revision, manner.timeZone);
  const wanted = without(filter, await activeMutes(db, until, destination));
  const memo = await memoFor({ db, pack }, { filter: wanted, period: "week", until, timeZone: manner.timeZone });
  return postMemo({ ...claim, destination }, { memo, subscriptionId, filter });
}
