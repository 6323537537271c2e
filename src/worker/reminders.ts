import type { ShownDay } from "#model/deadline.ts";
import type { Claim, PostOutcome, PostReminders } from "#model/delivery.ts";
import type { Destination } from "#model/destination.ts";
import { remindersDue } from "#model/due.ts";
import { primaryIn } from "#model/pack.ts";
import { type Filter, isReaders, type Subscription, TERMINAL, without } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { shownDay, standingIn } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { isReached, matcherOf } from "#pipeline/match.ts";
import { reachOf } from "#pipeline/tell/reach.ts";
import { knownDays } from "#store/deadlines.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { type Carried, gatherDigest } from "#store/outbox/digests.ts";
import { reachedStories } from "#store/reach.ts";
import { type NewReminder, oweReminders, remindersById } from "#store/reminders.ts";
import { lastRunOf, takeRun } from "#store/schedules.ts";
import { storyById } from "#store/stories.ts";
import { activeMutes, activeSubscriptions, subscriptionsOf } from "#store/subscriptions.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import type { Delivering } from "./card-for.ts";
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
  const { standing, looks } = await standingOn(day, { db, pack, clock });
  const isSure = async (subscription: Subscription, storyId: number) =>
    isReaders(subscription) ||
    isReached(subscription, reachOf((await memory.recall(db, storyId)).voices, pack.support));
  const owed: NewReminder[] = [];
  for (const { subscription, at, lead, dueAt } of due) {
    for (const each of standing) {
      const { occasion, sagaId, claims } = each;
      if (!claims.some((claim) => claim.at <= at)) continue;
      for (const storyId of storiesOf(each)) {
        const meets = looks.get(storyId)?.meets(subscription.filter) === true;
        if (!meets || !(await isSure(subscription, storyId))) continue;
        owed.push({ storyId, sagaId, occasion, day, lead, channel: subscription.destination, dueAt });
        break;
      }
    }
  }
  return owed;
}

/** The stories in which a day stands, the one that tells it first. */
const storiesOf = ({ storyId, claims }: StandingDay): ReadonlySet<number> =>
  new Set([storyId, ...claims.map((claim) => claim.storyId)]);

/** What stands on a day, and the stories in which it does as filters look at them. */
async function standingOn(day: string, { db, pack, clock }: Pick<World, "db" | "pack" | "clock">) {
  const time = { since: day, until: day };
  const known = await knownDays(db, time);
  const stories = await reachedStories(db, [...known.storyIds], clock());
  return {
    standing: standingIn({ ...known, ...time }, primaryIn(pack)),
    looks: new Map(stories.map((each) => [each.story.id, { story: each.story, meets: matcherOf(each) }])),
  };
}

/**
 * Posts all of which a channel is to be reminded at once as one message, as it stands now: what was moved, taken back or is over
 * meanwhile is left out, and so is what nobody there asks for any more.
 */
export async function tryPostReminders(
  { db, pack, clock }: Delivering,
  postReminders: PostReminders,
  claim: Claim<Destination>,
  channel: string,
): Promise<PostOutcome> {
  const owed = await remindersOwed(db, await gatherDigest(db, claim, clock()));
  const asking = await filtersIn(db, channel, clock());
  const today = isoDay(dayOf(clock()));
  const days: ShownDay[] = [];
  for (const day of [...new Set(owed.map((each) => each.day))].sort()) {
    if (day < today) continue;
    const { standing, looks } = await standingOn(day, { db, pack, clock });
    for (const each of standing) {
      const { occasion, sagaId } = each;
      const isOwed = owed.some((one) => one.day === day && one.occasion === occasion && one.sagaId === sagaId);
      const told = [...storiesOf(each)].flatMap((id) => looks.get(id) ?? []).find(({ meets }) => asking.some(meets));
      if (isOwed && told !== undefined) days.push(shownDay(each, told.story, pack));
    }
  }
  if (days.length === 0) return { kind: "moot", reason: "None of these days stands any more, or is asked for." };
  return postReminders({ ...claim, destination: channel }, days);
}

/** What is carried, with the dispute that its story is of by now: it may have been merged into one of another. */
async function remindersOwed(db: Db, carried: readonly Carried[]) {
  const reminders = await remindersById(
    db,
    carried.map(({ revision }) => revision),
  );
  const owed = [];
  for (const { storyId, revision } of carried) {
    const reminder = reminders.get(revision);
    const story = await storyById(db, storyId);
    if (reminder !== undefined && story !== null) owed.push({ ...reminder, sagaId: story.sagaId });
  }
  return owed;
}

/** What is asked for in a channel by whoever wants reminders there, less what is muted. */
async function filtersIn(db: Db, channel: string, now: Date): Promise<readonly Filter[]> {
  const mutes = await activeMutes(db, now, channel);
  const here = (await subscriptionsOf(db, { destination: channel })).filter(isReminded);
  return here.map(({ filter }) => without(filter, mutes));
}
