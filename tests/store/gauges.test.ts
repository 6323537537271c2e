import { expect, test } from "vitest";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { failingFeeds, gaugesOf } from "#store/gauges.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

onEachEngine("the gauges", (databases) => {
  test("tell what is owed, what was settled within a day, and which feeds lag", async () => {
    const { db } = await databases.open();
    const { id } = await storedStory(db);
    const [courier, gazette] = await feedStates(db);
    await saveFeedState(db, { ...gazette!, lastSuccessAt: minutes(-30) });
    await saveFeedState(db, { ...courier!, failingSince: minutes(-30) });
    const to = ["yesterday", "here", "there", "elsewhere"];
    const owed = to.map((destination) => ({ storyId: id, revision: 1, destination, dueAt: days(-2) }));
    await enqueue(db, owed);
    const [yesterday, here, there] = await claimDue(db, NOON, 3);
    const posted = { kind: "posted", messageId: "m" } as const;
    await settle(db, yesterday!, posted, days(-2));
    await settle(db, here!, posted, minutes(-5));
    await settle(db, there!, { kind: "forbidden", reason: "no" }, minutes(-5));

    const gauges = await gaugesOf(db, NOON);
    expect(Object.fromEntries(gauges.deliveries)).toEqual({ due: 1, held: 1, posted: 1, dropped: 0, dead: 0 });
    expect(Object.fromEntries(gauges.oldestMs)).toEqual({ due: 2 * 86_400_000, held: 2 * 86_400_000 });
    expect(gauges).toMatchObject({ articles: 1, stories: 1, failing: 1 });
    expect(gauges.lagging.map(({ feedId }) => feedId).toSorted()).toEqual(["courier", "gazette"]);
    expect(gauges.lagging.find(({ feedId }) => feedId === "gazette")?.lagMs).toBe(30 * 60_000);
    expect(await failingFeeds(db)).toEqual(["courier"]);
  });
});
