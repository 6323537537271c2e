import { expect, test } from "vitest";
import { AT_ONCE, destinationOf, EVERYTHING } from "#model/subscription.ts";
import { datedAhead, newestAt, pullBack } from "#store/ahead.ts";
import { examine } from "#store/doctor.ts";
import { claimDueFeeds, feedStates, registerFeeds, saveFeedState } from "#store/feeds.ts";
import { claimDue } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { takeRun } from "#store/schedules.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { pauseTurns, takeTurnAt } from "#store/turns.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

onEachEngine("times that a wrong clock dated ahead", (databases) => {
  const IN_TEN_YEARS = days(3_650);
  const SITE = { site: "gazette.example", host: "gazette.example" };

  async function spoiled() {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette", "courier"], IN_TEN_YEARS);
    const story = await storedStory(db, { firstSeenAt: IN_TEN_YEARS });
    const manner = { ...AT_ONCE, mode: "daily", at: "18:00", timeZone: "UTC" } as const;
    const wanted = { guildId: null, destination: "here", filter: EVERYTHING, createdBy: null, manner };
    const subscription = await createSubscription(db, wanted, IN_TEN_YEARS);
    await enqueue(db, [
      { storyId: story.id, revision: 1, destination: "there", dueAt: IN_TEN_YEARS },
      { storyId: story.id, revision: 1, destination: destinationOf(subscription), dueAt: IN_TEN_YEARS },
    ]);
    await claimDue(db, IN_TEN_YEARS, 1);
    await takeRun(db, "prune", IN_TEN_YEARS);
    await pauseTurns(db, SITE.host, IN_TEN_YEARS);
    const [state] = await claimDueFeeds(db, IN_TEN_YEARS, 2);
    await saveFeedState(db, { ...state!, lastPolledAt: IN_TEN_YEARS, nextPollAt: IN_TEN_YEARS });
    return db;
  }

  test("are named by the doctor, and pulled back", async () => {
    const db = await spoiled();
    expect(await newestAt(db)).toEqual(IN_TEN_YEARS);
    const named = (await datedAhead(db, NOON)).join();
    for (const what of ["2 next polls", "1 claims on feeds", "1 articles", "2 deliveries due", "turns", "schedules"])
      expect(named).toContain(what);
    expect((await examine(db, NOON)).map(({ text }) => text).join()).toContain("Correct the clock of this machine");

    expect(await pullBack(db, NOON)).toBeGreaterThan(8);
    expect(await datedAhead(db, NOON)).toEqual([]);
    expect(await pullBack(db, NOON)).toBe(0);
    expect(await newestAt(db)).toEqual(NOON);
    expect(await claimDueFeeds(db, minutes(61), 9)).toHaveLength(2);
    expect((await feedStates(db)).map(({ addedAt }) => addedAt)).toEqual([NOON, NOON]);
    expect((await claimDue(db, minutes(61), 9)).map(({ destination }) => destination)).toEqual(["there"]);
    // The digest, at its own time.
    expect(await claimDue(db, minutes(360), 9)).toHaveLength(2);
    expect(await takeRun(db, "prune", days(1))).toBe(true);
    expect((await takeTurnAt(db, SITE, minutes(1), 0)).pausedUntil).toEqual(NOON);
  });

  test("are none of those that a right clock sets", async () => {
    const { db } = await databases.open();
    const { id } = await storedStory(db);
    await enqueue(db, [{ storyId: id, revision: 1, destination: "here", dueAt: days(7.5) }]);
    const [state] = await claimDueFeeds(db, NOON, 1);
    await saveFeedState(db, { ...state!, lastPolledAt: NOON, nextPollAt: days(1) });
    await pauseTurns(db, SITE.host, days(1));
    await takeRun(db, "prune", NOON);
    expect(await datedAhead(db, NOON)).toEqual([]);
    expect(await pullBack(db, NOON)).toBe(0);
  });
});
