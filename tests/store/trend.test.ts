import { expect, test } from "vitest";
import type { Movement } from "#model/story.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { feedDays, feedsOnPoint, pointDays } from "#store/rhythm.ts";
import { addRevision, noteMerged } from "#store/stories.ts";
import { trendOf } from "#store/trend.ts";
import { onEachEngine } from "#support/databases.ts";
import { developOn } from "#support/history.ts";
import { days, NOON } from "#support/stored.ts";
import { dayOf } from "#text/calendar.ts";

/** 2 March 2026 is a Monday. */
const POINT = "audit-scope";

async function opened(db: Db, day: number, change: Parameters<typeof developOn>[3] = {}) {
  await registerFeeds(db, ["gazette", "courier"], days(-30));
  return developOn(db, POINT, days(day), change);
}

const moved = (db: Db, storyId: number, number: number, day: number, ...movements: Partial<Movement>[]) =>
  addRevision(db, {
    storyId,
    number,
    at: days(day),
    movements: movements.map((each) => ({
      kind: "figure",
      from: null,
      to: null,
      articleId: 1,
      sentence: null,
      ...each,
    })),
  });

const ask = async (db: Db, wanted: { point?: string; places?: readonly string[] } = {}, since = -7) =>
  (await trendOf(db, { point: POINT, ...wanted, since: days(since) }, NOON)).weeks.map(
    ({ from, developments, movements, stages }) => [
      from.toISOString().slice(5, 10),
      developments,
      movements,
      ...stages,
    ],
  );

onEachEngine("trends", (databases) => {
  test("count by week what began and what moved, with the stages it came to", async () => {
    const { db } = await databases.open();
    await opened(db, -15);
    const old = await opened(db, -14, { lastArticleAt: days(-1) });
    await opened(db, -7);
    await opened(db, -1);
    await opened(db, 0);
    await moved(db, old.id, 2, -6, { kind: "stage", to: "adopted" }, { kind: "figure" });
    await moved(db, old.id, 3, -5, {});
    // What edits the cards that stand, and what opens later, is no movement that readers were told of.
    await moved(db, old.id, 4, -4, { kind: "point" });
    await moved(db, old.id, 5, -3, { kind: "opened" });
    expect(await ask(db)).toEqual([
      ["02-23", 2, 2, "adopted"],
      ["03-02", 1, 0],
    ]);
    expect(await ask(db, {}, -14)).toEqual([
      ["02-16", 1, 0],
      ["02-23", 2, 2, "adopted"],
      ["03-02", 1, 0],
    ]);
  });

  test("are of the point and the places that are asked for, and not of what was merged", async () => {
    const { db } = await databases.open();
    const kept = await opened(db, -1, { places: ["EU"] });
    await opened(db, -1, { places: ["US"] });
    await opened(db, -1, { points: ["penalties"] });
    const gone = await opened(db, -1, { places: ["EU"] });
    await noteMerged(db, gone.id, kept.id, NOON);
    const counted = async (wanted = {}) => (await ask(db, wanted)).map(([, count]) => count);
    expect(await counted()).toEqual([2, 0]);
    expect(await counted({ places: ["EU"] })).toEqual([1, 0]);
    expect(await counted({ places: ["EU", "US"] })).toEqual([2, 0]);
    expect(await counted({ point: "penalties" })).toEqual([1, 0]);
  });

  test("say which weeks were read, and since when", async () => {
    const { db } = await databases.open();
    const empty = await trendOf(db, { point: POINT, since: days(-7) }, NOON);
    expect(empty.readSince).toBeNull();
    await opened(db, -20);
    await opened(db, -1);
    const { readSince, weeks } = await trendOf(db, { point: POINT, since: days(-21) }, NOON);
    expect(readSince).toEqual(days(-20));
    expect(weeks.map(({ read }) => read)).toEqual([true, false, true, false]);
  });

  test("give rhythms by day: of points in places, of feeds, and who tells of a point", async () => {
    const { db } = await databases.open();
    const story = await opened(db, -3, { places: ["EU"] });
    await moved(db, story.id, 2, -3);
    await opened(db, -1, { points: ["penalties", POINT], feedId: "courier" });
    const today = dayOf(NOON);
    const points = await pointDays(db, [], days(-10));
    expect(points.get(POINT)).toEqual(
      new Map([
        [today - 3, 2],
        [today - 1, 1],
      ]),
    );
    expect(points.get("penalties")).toEqual(new Map([[today - 1, 1]]));
    expect([...(await pointDays(db, ["EU"], days(-10))).keys()]).toEqual([POINT]);
    expect(await feedDays(db, days(-2))).toEqual(new Map([["courier", new Map([[today - 1, 1]])]]));
    const tells = async (places: readonly string[], since = days(-10)) =>
      [...(await feedsOnPoint(db, { point: POINT, places, since }))].sort();
    expect(await tells([])).toEqual(["courier", "gazette"]);
    expect(await tells(["EU"])).toEqual(["gazette"]);
    expect(await tells([], days(-2))).toEqual(["courier"]);
  });
});
