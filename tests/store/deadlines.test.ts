import { expect, test } from "vitest";
import type { Deadline } from "#model/deadline.ts";
import { knownDays, saveDeadlines } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { dropStories, emptyTexts } from "#store/retention.ts";
import { chunks } from "#store/rows.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, storedStory } from "#support/stored.ts";

const TEXT = "Published on March 2. The law takes effect 90 days after publication. A hearing is set for March 24.";
const EFFECT: Deadline = {
  occasion: "effect",
  day: "2026-05-31",
  change: "moved",
  from: "2026-05-01",
  tentative: true,
  sentence: { start: 22, end: 69 },
  date: { start: 43, end: 68 },
  base: { start: 0, end: 21 },
};
const HEARING: Deadline = {
  occasion: "hearing",
  day: "2026-03-24",
  change: "set",
  from: null,
  tentative: false,
  sentence: { start: 70, end: 101 },
  date: { start: 92, end: 100 },
  base: null,
};
const claimsIn = async (db: Db, wanted = {}) =>
  (await knownDays(db, { since: "2026-03-02", until: "2027-03-02", ...wanted })).claims;

onEachEngine("deadlines", (databases) => {
  test("come back with their sentences, their article and its story", async () => {
    const { db } = await databases.open();
    const { id: storyId, sagaId, leadArticleId: id } = await storedStory(db, { text: TEXT });
    await saveDeadlines(db, { id, text: TEXT, deadlines: [EFFECT, HEARING] });
    const [first, second] = await claimsIn(db).then((all) => all.toSorted((a, b) => (a.day < b.day ? -1 : 1)));
    expect(first).toMatchObject({ occasion: "hearing", day: "2026-03-24", change: "set", from: null, base: null });
    expect(second).toMatchObject({
      occasion: "effect",
      day: "2026-05-31",
      change: "moved",
      from: "2026-05-01",
      tentative: true,
      quote: "The law takes effect 90 days after publication.",
      base: "Published on March 2.",
      articleId: id,
      feedId: "gazette",
      storyId,
      sagaId,
    });
  });

  test("are replaced when their article is edited", async () => {
    const { db } = await databases.open();
    const { leadArticleId: id } = await storedStory(db, { text: TEXT });
    await saveDeadlines(db, { id, text: TEXT, deadlines: [EFFECT] });
    await saveDeadlines(db, { id, text: TEXT, deadlines: [HEARING] });
    expect((await claimsIn(db)).map(({ occasion }) => occasion)).toEqual(["hearing"]);
  });

  test("are found for a tag that thousands have as for one that few have", async () => {
    const { db } = await databases.open();
    const one = await storedStory(db, { text: TEXT });
    const other = await storedStory(db, { title: "Another", text: TEXT }, { points: ["penalties"] });
    for (const { leadArticleId: id } of [one, other]) await saveDeadlines(db, { id, text: TEXT, deadlines: [EFFECT] });
    // As many tags stand for as many stories: what is counted are rows.
    const many = Array.from({ length: 5_000 }, (_, at) => `point-${at}`);
    for (const some of chunks(many, 1_000)) {
      const rows = some.map((tag_id) => ({ story_id: other.id, axis: "point", tag_id, at: 0 }));
      await db.insertInto("story_tags").values(rows).execute();
    }
    const found = async (points: readonly string[]) =>
      (await claimsIn(db, { points })).map(({ storyId }) => storyId).sort();
    expect(await found(["penalties"])).toEqual([other.id]);
    expect(await found(many)).toEqual([other.id]);
    expect(await found(["audit-scope", ...many])).toEqual([one.id, other.id]);
  });

  test("are found by the points, places and days that are asked for, all of a dispute together", async () => {
    const { db } = await databases.open();
    const one = await storedStory(db, { text: TEXT });
    const other = await storedStory(db, { title: "Another", text: TEXT }, { points: ["penalties"], places: ["EU"] });
    await saveDeadlines(db, { id: one.leadArticleId, text: TEXT, deadlines: [EFFECT, HEARING] });
    await saveDeadlines(db, { id: other.leadArticleId, text: TEXT, deadlines: [EFFECT] });
    const found = async (wanted: object) =>
      (await claimsIn(db, wanted)).map(({ storyId, occasion }) => `${storyId} ${occasion}`).sort();
    const ofOne = [`${one.id} effect`, `${one.id} hearing`];
    expect(await found({ points: ["audit-scope"] })).toEqual(ofOne);
    expect(await found({ places: ["EU"] })).toEqual([`${other.id} effect`]);
    expect(await found({ points: ["audit-scope"], places: ["EU"] })).toEqual([]);
    expect(await found({ until: "2026-03-24" })).toEqual(ofOne);
    expect(await found({ since: "2026-06-01" })).toEqual([]);
    expect(await found({ storyIds: [other.id] })).toEqual([`${other.id} effect`]);
  });

  test("keep their sentences when the text is emptied, and go with their article", async () => {
    const { db } = await databases.open();
    const { leadArticleId: id } = await storedStory(db, { text: TEXT });
    await saveDeadlines(db, { id, text: TEXT, deadlines: [HEARING] });
    expect(await emptyTexts(db, days(60), 10)).toBe(1);
    expect((await claimsIn(db))[0]?.quote).toBe("A hearing is set for March 24.");
    await dropStories(db, days(400), 10);
    expect(await db.selectFrom("deadlines").select("article_id").execute()).toEqual([]);
  });
});
