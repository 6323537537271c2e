import { expect, test } from "vitest";
import { EVERYTHING } from "#model/subscription.ts";
import { articlesOf, saveArticle, storyOf } from "#store/articles.ts";
import {
  applyMerge,
  applyMove,
  applySplit,
  closedSagas,
  closeSaga,
  placedByHand,
  sagaClosedAt,
} from "#store/decisions.ts";
import type { Db } from "#store/engine/database.ts";
import { latestStories } from "#store/latest.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { assignArticle, storyById } from "#store/stories.ts";
import { activeMutes, addMute, createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { anArticle, NOON, storedStory } from "#support/stored.ts";

const member = async (db: Db, storyId: number, key: string) => {
  const { article } = await saveArticle(db, anArticle({ keys: [key], title: key }));
  await assignArticle(db, article.id, storyId);
  return article.id;
};

const decisionsOf = async (db: Db) => (await db.selectFrom("decisions").select("id").execute()).length;

onEachEngine("decisions", (databases) => {
  const twoStories = async () => {
    const { db } = await databases.open();
    const [one, other] = [await storedStory(db, { keys: ["a"] }), await storedStory(db, { keys: ["b"] })];
    return { db, one, other };
  };
  const places = async (db: Db) => (await placedByHand(db)).map(({ articleId, storyId }) => [articleId, storyId]);

  test("merge stories: the other is empty, is found under its old number, and is listed no more", async () => {
    const { db, one, other } = await twoStories();
    expect(await decisionsOf(db)).toBe(0);
    expect(await applyMerge(db, one.id, [other.id], "7", NOON)).toEqual({
      kind: "applied",
      storyIds: [one.id],
      arrived: [],
    });
    expect(await decisionsOf(db)).toBe(1);
    expect((await articlesOf(db, one.id)).map(({ id }) => id)).toEqual([one.leadArticleId, other.leadArticleId]);
    expect(await storyById(db, other.id)).toMatchObject({ id: one.id });
    for (const wanted of [{}, { points: ["audit-scope"] }])
      expect((await latestStories(db, { ...wanted, limit: 9 })).map(({ id }) => id)).toEqual([one.id]);
    expect(await places(db)).toEqual([
      [one.leadArticleId, one.id],
      [other.leadArticleId, one.id],
    ]);
  });

  test("hand over what was owed of a merged story, and keep what was posted", async () => {
    const { db, one, other } = await twoStories();
    const owed = { storyId: other.id, revision: 1, dueAt: NOON };
    await enqueue(db, [{ ...owed, destination: "told" }]);
    const [claim] = await claimDue(db, NOON, 1);
    await settle(db, claim!, { kind: "posted", messageId: "m" }, NOON);
    await enqueue(db, [{ ...owed, destination: "waiting" }]);
    await applyMerge(db, one.id, [other.id], null, NOON);
    expect(await claimDue(db, NOON, 9)).toMatchObject([{ storyId: one.id, revision: 1, destination: "waiting" }]);
    const history = await db.selectFrom("deliveries").select(["destination", "state"]).where("story_id", "=", other.id);
    expect(await history.orderBy("id").execute()).toEqual([
      { destination: "told", state: "posted" },
      { destination: "waiting", state: "dropped" },
    ]);
  });

  test("let who followed or muted a merged story follow or mute the one it is in", async () => {
    const { db, one, other } = await twoStories();
    const filter = { ...EVERYTHING, stories: [other.id, one.id] };
    await createSubscription(db, { guildId: null, destination: "here", filter, createdBy: null }, NOON);
    await addMute(db, { destination: "here", kind: "story", value: `${other.id}`, until: null, createdBy: null }, NOON);
    await applyMerge(db, one.id, [other.id], null, NOON);
    expect(await subscriptionsOf(db, { destination: "here" })).toMatchObject([{ filter: { stories: [one.id] } }]);
    expect(await activeMutes(db, NOON)).toMatchObject([{ value: `${one.id}` }]);
  });

  test("split a story: the new one stands in the same saga, and one article at least stays", async () => {
    const { db, one } = await twoStories();
    const second = await member(db, one.id, "second");
    const applied = await applySplit(db, one.id, [second, second], null, NOON);
    const opened = (await storyOf(db, second))!;
    expect(applied).toEqual({ kind: "applied", storyIds: [one.id, opened], arrived: [second] });
    expect(opened).not.toBe(one.id);
    expect(await storyById(db, opened)).toMatchObject({ sagaId: one.sagaId, revision: 0 });
    expect(await applySplit(db, one.id, [one.leadArticleId], null, NOON)).toMatchObject({ kind: "refused" });
    expect(await applySplit(db, one.id, [second], null, NOON)).toEqual({
      kind: "refused",
      reason: `Story ${one.id} has no article ${second}.`,
    });
  });

  test("move an article, with its story when it is the only one; the machine does not take it back", async () => {
    const { db, one, other } = await twoStories();
    const second = await member(db, one.id, "second");
    expect(await applyMove(db, second, other.id, null, NOON)).toMatchObject({
      storyIds: [other.id, one.id],
      arrived: [second],
    });
    await assignArticle(db, second, one.id);
    expect(await storyOf(db, second)).toBe(other.id);
    expect(await applyMove(db, one.leadArticleId, other.id, null, NOON)).toMatchObject({ storyIds: [other.id] });
    expect(await storyById(db, one.id)).toMatchObject({ id: other.id });
    expect(await applyMove(db, second, null, null, NOON)).toMatchObject({ arrived: [second] });
    expect(await decisionsOf(db)).toBe(3);
  });

  test("close a saga and its stories, once", async () => {
    const { db, one } = await twoStories();
    expect(await sagaClosedAt(db, one.sagaId)).toBeNull();
    expect(await closeSaga(db, one.sagaId, null, NOON)).toMatchObject({ kind: "applied" });
    expect(await closedSagas(db)).toEqual([one.sagaId]);
    expect(await sagaClosedAt(db, one.sagaId)).toEqual(NOON);
    expect(await storyById(db, one.id)).toMatchObject({ closedAt: NOON });
    expect(await closeSaga(db, one.sagaId, null, NOON)).toMatchObject({ kind: "refused" });
    expect(await places(db)).toEqual([]);
  });

  test("that cannot be carried out are refused in a sentence, and change nothing", async () => {
    const { db, one, other } = await twoStories();
    const reason = async (applied: ReturnType<typeof applyMerge>) => {
      const refused = await applied;
      return refused.kind === "refused" ? refused.reason : null;
    };
    expect(await reason(applyMerge(db, one.id, [99], null, NOON))).toBe("There is no story 99.");
    expect(await reason(applyMerge(db, one.id, [one.id], null, NOON))).toContain("than itself");
    expect(await reason(applyMove(db, 99, null, null, NOON))).toBe("Article 99 is in no story.");
    expect(await reason(applyMove(db, one.leadArticleId, one.id, null, NOON))).toContain("already");
    expect(await reason(applyMove(db, one.leadArticleId, null, null, NOON))).toContain("one must stay");
    expect(await reason(closeSaga(db, 99, null, NOON))).toBe("There is no saga 99.");
    expect(await decisionsOf(db)).toBe(0);
    await applyMerge(db, one.id, [other.id], null, NOON);
    expect(await reason(applyMerge(db, other.id, [one.id], null, NOON))).toBe(
      `Story ${other.id} was merged into story ${one.id}.`,
    );
  });
});
