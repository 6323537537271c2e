import { expect, test } from "vitest";
import { newsAmong, saveArticle } from "#store/articles.ts";
import { applyMerge } from "#store/decisions.ts";
import { transact } from "#store/engine/database.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { closeStories, dropDeliveries, emptyTexts, RETENTION, sizeOf } from "#store/retention.ts";
import { searchStories } from "#store/search.ts";
import { storyById } from "#store/stories.ts";
import { onEachEngine } from "#support/databases.ts";
import { anArticle, days, NOON, storedStory } from "#support/stored.ts";
import { prune, pruneAll } from "#worker/prune.ts";

onEachEngine("pruning", (databases) => {
  const signal = new AbortController().signal;

  test("empties old texts, keeps titles, summaries and what is young", async () => {
    const { db } = await databases.open();
    const old = await storedStory(db, { keys: ["old"], firstSeenAt: days(-61) }, { lastArticleAt: days(-61) });
    await storedStory(db, { keys: ["young"], firstSeenAt: days(-59) }, { lastArticleAt: days(-59) });
    expect(await prune(db, NOON, RETENTION, signal)).toEqual({ closed: 2, deliveries: 0, texts: 1, stories: 0 });
    expect(await db.selectFrom("articles").select("text").orderBy("id").execute()).toEqual([
      { text: "" },
      { text: anArticle().text },
    ]);
    expect(await storyById(db, old.id)).toEqual({ ...old, closedAt: NOON });
    expect(await searchStories(db, "harbour", { limit: 9, order: "newest" })).toHaveLength(2);
    expect(await searchStories(db, "monday", { limit: 9, order: "newest" })).toHaveLength(1);
    expect(await newsAmong(db, [anArticle({ keys: ["old"] })], NOON)).toEqual([]);
  });

  test("deletes old stories with all that hangs on them, and old articles outside any story", async () => {
    const { db } = await databases.open();
    const ancient = { firstSeenAt: days(-401) };
    const gone = await storedStory(db, { keys: ["gone"], ...ancient }, { lastArticleAt: days(-401) });
    await enqueue(db, [{ storyId: gone.id, revision: 1, destination: "here", dueAt: days(-401) }]);
    const left = await storedStory(db, { keys: ["loose"], ...ancient });
    await db.deleteFrom("members").where("story_id", "=", left.id).execute();
    const running = await storedStory(db, { keys: ["running"], ...ancient }, { lastArticleAt: days(-1) });
    expect(await prune(db, NOON, RETENTION, signal)).toMatchObject({ stories: 2 });
    expect(await storyById(db, gone.id)).toBeNull();
    expect(await storyById(db, running.id)).not.toBeNull();
    expect(await db.selectFrom("articles").select("id").execute()).toHaveLength(1);
    expect(await db.selectFrom("deliveries").select("id").execute()).toEqual([]);
    expect(await db.selectFrom("story_tags").select("story_id").where("story_id", "=", gone.id).execute()).toEqual([]);
    expect(await db.selectFrom("sagas").select("id").execute()).toHaveLength(2);
  });

  test("keeps what its feed still lists, so that it does not come back as new", async () => {
    const { db } = await databases.open();
    const listed = anArticle({ keys: ["listed"], firstSeenAt: days(-500) });
    await storedStory(db, listed, { lastArticleAt: days(-500) });
    await newsAmong(db, [listed], days(-2));
    expect(await prune(db, NOON, RETENTION, signal)).toMatchObject({ stories: 1 });
    expect(await newsAmong(db, [listed], NOON)).toEqual([]);
  });

  test("closes a story after its quiet days, once, and never empties what a person placed", async () => {
    const { db } = await databases.open();
    const quiet = await storedStory(db, { keys: ["a"], firstSeenAt: days(-70) }, { lastArticleAt: days(-15) });
    const other = await storedStory(db, { keys: ["b"], firstSeenAt: days(-70) }, { lastArticleAt: days(-15) });
    const running = await storedStory(db, { keys: ["c"] }, { lastArticleAt: days(-13) });
    await applyMerge(db, quiet.id, [other.id], null, NOON);
    expect(await prune(db, NOON, RETENTION, signal)).toMatchObject({ closed: 1, texts: 0 });
    expect(await storyById(db, quiet.id)).toMatchObject({ closedAt: NOON });
    expect(await storyById(db, running.id)).toMatchObject({ closedAt: null });
    expect(await prune(db, days(0.9), RETENTION, signal)).toMatchObject({ closed: 0 });
  });

  test("deletes settled deliveries, never one that is still owed", async () => {
    const { db } = await databases.open();
    const { id } = await storedStory(db);
    await enqueue(db, [
      { storyId: id, revision: 1, destination: "here", dueAt: days(-100) },
      { storyId: id, revision: 2, destination: "here", dueAt: days(-100) },
    ]);
    const [claim] = await claimDue(db, days(-100), 1);
    await settle(db, claim!, { kind: "posted", messageId: "m" }, days(-100));
    expect(await prune(db, NOON, RETENTION, signal)).toMatchObject({ deliveries: 1 });
    expect(await db.selectFrom("deliveries").select("state").execute()).toEqual([{ state: "due" }]);
  });

  test("is done by one worker a day, in as many batches as it takes", async () => {
    const { db } = await databases.open();
    for (let at = 0; at < 130; at++) await storedStory(db, { keys: [`${at}`], firstSeenAt: days(-70) });
    const both = await Promise.all([prune(db, NOON, RETENTION, signal), prune(db, NOON, RETENTION, signal)]);
    expect(both.filter((pruned) => pruned !== null)).toEqual([{ closed: 0, deliveries: 0, texts: 130, stories: 0 }]);
    expect(await prune(db, days(1), RETENTION, signal)).toEqual({ closed: 0, deliveries: 0, texts: 0, stories: 0 });
  });

  test("deletes a day's share at a time, however late the clock says it is, unless a person asks for all", async () => {
    const { db } = await databases.open();
    for (const day of [0, 1, 2, 3, 4]) {
      const at = days(-day);
      const { id } = await storedStory(db, { keys: [`${day}`], firstSeenAt: at }, { lastArticleAt: at });
      await saveArticle(db, anArticle({ keys: [`loose ${day}`], firstSeenAt: at }));
      await enqueue(db, [{ storyId: id, revision: 1, destination: "here", dueAt: at }]);
      const [claim] = await claimDue(db, at, 1);
      await settle(db, claim!, { kind: "posted", messageId: "m" }, at);
    }
    const inTenYears = days(3_650);
    const first = await prune(db, inTenYears, RETENTION, signal);
    expect(first).toEqual({ closed: 5, deliveries: 1, texts: 2, stories: 2 });
    expect(await prune(db, inTenYears, RETENTION, signal)).toBeNull();
    expect(await prune(db, days(3_651), RETENTION, signal)).toMatchObject({ stories: 2 });
    expect(await pruneAll(db, inTenYears, RETENTION, signal)).toMatchObject({ stories: 6 });
    expect(await db.selectFrom("articles").select("id").execute()).toEqual([]);
  });

  test("knows the size of the store", async () => {
    const { db } = await databases.open();
    expect(await sizeOf(db)).toBeGreaterThan(50_000);
  });

  test.runIf(databases.engine === "postgres")("leaves what a writer is at, without waiting for it", async () => {
    const { db } = await databases.open();
    const busy = await storedStory(db, { keys: ["busy"], firstSeenAt: days(-401) }, { lastArticleAt: days(-401) });
    await storedStory(db, { keys: ["idle"], firstSeenAt: days(-401) }, { lastArticleAt: days(-401) });
    const loose = await saveArticle(db, anArticle({ keys: ["loose"], firstSeenAt: days(-401) }));
    await enqueue(db, [{ storyId: busy.id, revision: 1, destination: "here", dueAt: days(-401) }]);
    const [claim] = await claimDue(db, days(-400), 1);
    await settle(db, claim!, { kind: "posted", messageId: "m" }, days(-400));
    const dropped = async () => [
      await dropDeliveries(db, NOON, 9),
      await emptyTexts(db, NOON, 9),
      await closeStories(db, NOON, 9, NOON),
    ];
    await transact(db, async (tx) => {
      const ids = [busy.leadArticleId, loose.article.id];
      await tx.updateTable("articles").set({ author: "A. Writer" }).where("id", "in", ids).execute();
      await tx.updateTable("stories").set({ revision: 2 }).where("id", "=", busy.id).execute();
      await tx.updateTable("deliveries").set({ edit_due_at: 1 }).where("story_id", "=", busy.id).execute();
      expect(await dropped()).toEqual([0, 1, 1]);
    });
    expect(await dropped()).toEqual([1, 2, 1]);
  });
});
