import type { ShownDay } from "#model/deadline.ts";
import type { Claim, PostOutcome, PostReminders } from "#model/delivery.ts";
import type { Destination } from "#model/destination.ts";
import { remindersDue } from "#model/due.ts";
import { primaryIn } from "#model/pack.ts";
import { isReaders, type Subscription, TERMINAL } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { shownDay, standingIn } from "#pipeline/deadlines/coming.ts";
import { isReached, matcherOf } from "#pipeline/match.ts";
import { reachOf } from "#pipeline/tell/reach.ts";
import { knownDays } from "#store/deadlines.ts";
import { transact } from "#store/engine/database.ts";
import { gatherDigest } from "#store/outbox/digests.ts";
import { reachedStories } from "#store/reach.ts";
import { type NewReminder, oweReminders, remindersById } from "#store/reminders.ts";
import { lastRunOf, takeRun } from "#store/schedules.ts";
import { storiesById } from "#store/stories.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import { isoDay } from "#text/calendar.ts";
import type { Delivering } from "./card-for.ts";
import { daysAhead } from "./days-ahead.ts";
import type { World } from "./world.ts";

/** What was due longer ago is of a day that is over, or that a later reminder is of. */
const LATEST_MS = 7 * DAY_MS;

type Due = ReturnType<typeof remindersDue>[number] & { readonly subscription: Subscription };

/**
 * Owes the reminders that fell due since this was last done, of days that stand and were known by then, to those who followed by then.
 * What is owed and that it was done are kept together: a run that dies is repeated, and two at once owe nothing twice.
 */
export async function oweDueReminders(world: Pick<World, "db" | "pack" | "clock" | "memory">): Promise<void> {
  const { db, clock } = world;
  const now = clock();
  const ran = await lastRunOf(db, RUN);
  // A store that reminded of nothing so far begins now.
  const after = ran === null ? now : new Date(Math.max(ran.getTime(), now.getTime() - LATEST_MS));
  const due = (await activeSubscriptions(db, now)).flatMap((subscription) =>
    isReminded(subscription)
      ? remindersDue(subscription.manner, after, now)
          .filter(({ at }) => at >= subscription.createdAt)
          .map((each): Due => ({ ...each, subscription }))
      : [],
  );
  if (due.length === 0 && ran !== null) return;
  const owed: NewReminder[] = [];
  for (const [day, some] of Map.groupBy(due, (each) => each.day))
    owed.push(...(await owedOf(isoDay(day), some, world)));
  await transact(db, async (tx) => {
    await oweReminders(tx, owed);
    await takeRun(tx, RUN, now);
  });
}

const RUN = "reminders";

const isReminded = ({ manner, destination }: Subscription): boolean =>
  manner.reminders !== "off" && destination !== TERMINAL;

/** The reminders of one day. */
async function owedOf(
  day: string,
  due: readonly Due[],
  { db, pack, memory, clock }: Pick<World, "db" | "pack" | "clock" | "memory">,
): Promise<readonly NewReminder[]> {
  const known = await knownDays(db, { since: day, until: day });
  const standing = standingIn({ ...known, since: day, until: day }, primaryIn(pack));
  const stories = await reachedStories(db, [...known.storyIds], clock());
  const matchers = new Map(stories.map((each) => [each.story.id, matcherOf(each)]));
  const isSure = async (subscription: Subscription, storyId: number) =>
    isReaders(subscription) ||
    isReached(subscription, reachOf((await memory.recall(db, storyId)).voices, pack.support));
  const owed: NewReminder[] = [];
  for (const { subscription, at, lead, dueAt } of due) {
    for (const { occasion, sagaId, storyId: telling, claims } of standing) {
      if (!claims.some((claim) => claim.at <= at)) continue;
      for (const storyId of new Set([telling, ...claims.map((claim) => claim.storyId)])) {
        const meets = matchers.get(storyId)?.(subscription.filter) === true;
        if (!meets || !(await isSure(subscription, storyId))) continue;
        owed.push({ storyId, sagaId, occasion, day, lead, channel: subscription.destination, dueAt });
        break;
      }
    }
  }
  return owed;
}

/**
 * Posts all of which a channel is to be reminded at once as one message, as it stands now: what was moved, taken back or is over
 * meanwhile is left out.
 */
export async function tryPostReminders(
  { db, pack, clock }: Delivering,
  postReminders: PostReminders,
  claim: Claim<Destination>,
  channel: string,
): Promise<PostOutcome> {
  const carried = await gatherDigest(db, claim, clock());
  const reminders = await remindersById(
    db,
    carried.map(({ revision }) => revision),
  );
  const storyIds = [...new Set(carried.map(({ storyId }) => storyId))];
  const standing = await daysAhead(db, storyIds, clock(), pack);
  const stories = new Map((await storiesById(db, storyIds)).map((story) => [story.id, story]));
  const days = standing.flatMap((each): readonly ShownDay[] => {
    const of = carried.find(({ storyId, revision }) => {
      const reminder = reminders.get(revision);
      const isOfStory = each.claims.some((said) => said.storyId === storyId);
      return isOfStory && reminder?.occasion === each.occasion && reminder.day === each.day;
    });
    const story = stories.get(of?.storyId ?? 0);
    return story === undefined ? [] : [shownDay(each, story, pack)];
  });
  if (days.length === 0) return { kind: "moot", reason: "None of these days stands any more." };
  return postReminders({ ...claim, destination: channel }, days);
}
