import { expect, test } from "vitest";
import type { PostOutcome } from "#model/delivery.ts";
import type { Story } from "#model/story.ts";
import { saveArticle } from "#store/articles.ts";
import { registerFeeds } from "#store/feeds.ts";
import { CLAIM_MS, claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision, assignArticle, openStory } from "#store/stories.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { anArticle, aStory, minutes, NOON, storedStory } from "#support/stored.ts";
import { cardFor } from "#worker/card-for.ts";
import { deliverDue } from "#worker/deliver.ts";

const POSTED: PostOutcome = { kind: "posted", messageId: "m" };
const DEAD: PostOutcome = { kind: "rejected", reason: "Embed too long." };

onEachEngine("a worker", (databases) => {
  /** What it counts and tells of one delivery that comes to `outcome`, while another worker may take the claim over. */
  const delivers = async (outcome: PostOutcome, overtaken: boolean) => {
    const { db } = await databases.open();
    const { id } = await storedStory(db);
    await addRevision(db, { storyId: id, number: 1, at: NOON, movements: [] });
    await enqueue(db, [{ storyId: id, revision: 1, destination: "here", dueAt: NOON }]);
    let now = NOON;
    const told: string[] = [];
    const delivering = {
      db,
      pack: PACK,
      clock: () => now,
      tell: (sentence: string) => told.push(sentence),
      bug: (_: string, cause: unknown) => {
        throw new Error("met a bug", { cause });
      },
    };
    const post = async () => {
      if (!overtaken) return outcome;
      now = new Date(NOON.getTime() + CLAIM_MS);
      const [claim] = await claimDue(db, now, 1);
      expect(await settle(db, claim!, POSTED, now)).toBe(true);
      return outcome;
    };
    return { posted: await deliverDue(delivering, { post }, new AbortController().signal), told: told.length };
  };

  test("counts what it posted, and tells of what can never be posted", async () => {
    expect(await delivers(POSTED, false)).toEqual({ posted: 1, told: 0 });
    expect(await delivers(DEAD, false)).toEqual({ posted: 0, told: 1 });
  });

  test("leaves a delivery to the worker that took it over", async () => {
    expect(await delivers(POSTED, true)).toEqual({ posted: 0, told: 0 });
    expect(await delivers(DEAD, true)).toEqual({ posted: 0, told: 0 });
  });

  test("names as before what readers heard of, and counts nothing else", async () => {
    const { db } = await databases.open();
    const open = async (title: string, at: Date, sagaId: number | null) => {
      await registerFeeds(db, ["gazette"], NOON);
      const { article } = await saveArticle(db, anArticle({ title, keys: [`guid:${title}`] }));
      const text = "The case of Corvane against Northmark goes on.";
      const summary = [
        { text, articleId: article.id, start: 0, end: text.length, ranges: [[0, text.length]] as const },
      ];
      const story = await openStory(db, aStory(article, { openedAt: at, summary }), sagaId);
      await assignArticle(db, article.id, story.id);
      await addRevision(db, { storyId: story.id, number: 1, at, movements: [] });
      return story;
    };
    const first = await open("Corvane v Northmark: suit filed", NOON, null);
    const unheard = await open("Corvane v Northmark: a column", minutes(1), first.sagaId);
    const last = await open("Corvane v Northmark: stay granted", minutes(2), first.sagaId);
    const card = async () => (await cardFor({ db, pack: PACK, clock: () => NOON, bug: () => {} }, last.id, 1))!.card;
    expect((await card()).saga).toBe(null);
    const post = async ({ id }: Story) => {
      await enqueue(db, [{ storyId: id, revision: 1, destination: "here", dueAt: NOON }]);
      for (const claim of await claimDue(db, NOON, 1)) await settle(db, claim, POSTED, NOON);
    };
    await post(first);
    expect((await card()).saga).toContain("2nd development · before: suit filed");
    await post(unheard);
    expect((await card()).saga).toContain("3rd development · before: a column");
  });
});
