import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportDecisions } from "#cli/stories-export.ts";
import type { Article } from "#model/article.ts";
import type { Decision } from "#model/decision.ts";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { tag } from "#pipeline/tag/tag.ts";
import { articlesOf, storyOf } from "#store/articles.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { claimGrownCards } from "#store/outbox/growth.ts";
import { storyById } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { aWorld, FINE, filed, NEXT_FINE, PENALTY } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { decide } from "#worker/by-hand.ts";
import { cardFor } from "#worker/card-for.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import type { World } from "#worker/world.ts";

let folder: string;
let database: Database;
let pack: Pack;
let world: World;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "policywire-by-hand-"));
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
  const feeds = [
    { id: "gazette", url: "https://gazette.example/feed" },
    { id: "office", url: "https://office.example/feed", kind: "regulator" },
  ];
  const loaded = loadPack(writePack(join(folder, "pack"), feeds));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  pack = loaded.pack;
  await registerFeeds(database.db, ["gazette", "office"], hours(-99));
  world = aWorld(database.db, pack);
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** As a poll files what a feed gives. Resolves to the article's story. */
async function arrives(key: string, said: Partial<Article>): Promise<number> {
  return (await filed(world, anArticle({ keys: [key], publishedAt: hours(-1), firstSeenAt: NOW, ...said })))!;
}

async function storyAt(key: string): Promise<number> {
  const keys = world.db.selectFrom("article_keys").select("article_id").where("key", "=", key);
  return (await storyOf(world.db, (await keys.executeTakeFirstOrThrow()).article_id))!;
}

const decided = async (decision: Decision) => {
  const answer = await decide(world.db, pack, decision, "7", NOW);
  if (answer.kind === "refused") throw new Error(answer.reason);
  return answer.storyIds;
};

const ids = async (storyId: number) => (await articlesOf(world.db, storyId)).map(({ id }) => id);

test("stories merged by hand stay merged when the next article comes, when one is edited, and after a restart", async () => {
  const one = await arrives("penalty", PENALTY);
  const other = await arrives("fine", FINE);
  expect(other).not.toBe(one);
  await decided({ kind: "merge", into: one, from: [other] });
  expect(await arrives("next", NEXT_FINE)).toBe(one);
  expect(await arrives("fine", { ...FINE, text: `${FINE.text} The AI department said so.` })).toBe(one);
  world = { ...world, stories: createIndexKeeper(pack) };
  const later = { title: `${NEXT_FINE.title}, again`, text: `${NEXT_FINE.text} Nothing else is known of it so far.` };
  expect(await arrives("last", later)).toBe(one);
  expect(await storyById(world.db, one)).toMatchObject({ articleCount: 4 });
});

test("an article that a person moved or split off stays there, also when it is edited", async () => {
  const one = await arrives("fine", FINE);
  expect(await arrives("next", NEXT_FINE)).toBe(one);
  const [first, second] = await ids(one);
  const [, opened] = await decided({ kind: "split", storyId: one, articleIds: [second!] });
  expect(await arrives("next", { ...NEXT_FINE, text: `${NEXT_FINE.text} It was said again.` })).toBe(opened);
  expect([await ids(one), await ids(opened!)]).toEqual([[first], [second]]);
  expect(await storyById(world.db, opened!)).toMatchObject({ title: NEXT_FINE.title, articleCount: 1, revision: 1 });
  expect(await decided({ kind: "move", articleId: second!, storyId: one })).toEqual([one]);
  expect(await ids(one)).toEqual([first, second]);
});

test("what comes next follows an article to where it was put, in a worker that runs as in one that starts", async () => {
  const one = await arrives("penalty", PENALTY);
  await arrives("fine", FINE);
  const fine = (await ids(await storyAt("fine")))[0]!;
  await decided({ kind: "move", articleId: fine, storyId: one });
  const [opened] = (await decided({ kind: "move", articleId: fine, storyId: null })).slice(1);
  expect(await arrives("next", NEXT_FINE)).toBe(opened);
  const restarted = createIndexKeeper(pack);
  for (const said of [PENALTY, FINE, NEXT_FINE]) {
    const asked = { ...anArticle({ ...said, publishedAt: hours(-1), firstSeenAt: NOW }), id: 99 };
    const tagging = tag(asked, world.rules);
    const [{ because: why, ...running }, { because: again, ...started }] = [
      (await world.stories.current(world.db, NOW)).place(asked, tagging),
      (await restarted.current(world.db, NOW)).place(asked, tagging),
    ];
    expect({ ...started, because: again?.() }).toEqual({ ...running, because: why?.() });
  }
});

test("an index that another poll had thrown away while a transaction used it is made anew from all that is stored", async () => {
  await arrives("penalty", PENALTY);
  const { db, stories } = world;
  const used = await stories.current(db, NOW);
  stories.discard();
  const late = { ...anArticle({ ...FINE, publishedAt: NOW, firstSeenAt: NOW }), id: 99 };
  stories.placed({ placing: 5_000, article: late, tagging: tag(late, world.rules), storyId: 1, sagaId: 1 });
  const anew = await stories.current(db, NOW);
  expect(anew).not.toBe(used);
  expect(anew.size()).toBe(1);
});

test("a dispute that was named is called so on the cards of all its developments, which are edited", async () => {
  const wanted = { guildId: null, destination: "here", filter: EVERYTHING, createdBy: null };
  await createSubscription(world.db, wanted, hours(-3));
  const one = await arrives("fine", FINE);
  await arrives("next", NEXT_FINE);
  const [, other] = await decided({ kind: "split", storyId: one, articleIds: (await ids(one)).slice(1) });
  const { sagaId } = (await storyById(world.db, one))!;
  for (const claim of await claimDue(world.db, NOW, 9))
    await settle(world.db, claim, { kind: "posted", messageId: "m" }, NOW);
  const lineOf = async (storyId: number) => (await cardFor(world, storyId, 1))!.card.saga;
  expect(await lineOf(other!)).toBeNull();
  await decided({ kind: "name", sagaId, name: "  The  audit fines " });
  expect(await lineOf(one)).toBeNull();
  expect(await lineOf(other!)).toMatch(/^The audit fines · 2nd development/);
  expect((await claimGrownCards(world.db, hours(1), 9)).length).toBeGreaterThan(0);
  expect(await decide(world.db, pack, { kind: "name", sagaId, name: " " }, "7", NOW)).toMatchObject({
    kind: "refused",
  });
});

test("a decision posts nothing unless something moved, and what moved is owed once", async () => {
  const wanted = { guildId: null, destination: "here", filter: EVERYTHING, createdBy: null };
  await createSubscription(world.db, wanted, hours(-3));
  const one = await arrives("penalty", PENALTY);
  const other = await arrives("fine", FINE);
  for (;;) {
    const [claim] = await claimDue(world.db, NOW, 1);
    if (claim === undefined) break;
    await settle(world.db, claim, { kind: "posted", messageId: "m" }, NOW);
  }
  await decided({ kind: "merge", into: one, from: [other] });
  expect(await claimDue(world.db, NOW, 9)).toEqual([]);
  expect(await storyById(world.db, one)).toMatchObject({ revision: 1, articleCount: 2 });
  const [, opened] = await decided({ kind: "split", storyId: one, articleIds: (await ids(one)).slice(1) });
  expect(await claimDue(world.db, NOW, 9)).toMatchObject([{ storyId: opened, revision: 1 }]);
});

test("what a decision tells of is posted for 72 hours from the press, for a week from a primary source", async () => {
  const wanted = { guildId: null, destination: "here", filter: EVERYTHING, createdBy: null };
  await createSubscription(world.db, wanted, hours(-200));
  const old = { publishedAt: hours(-100) };
  const one = await arrives("fine", { ...FINE, ...old });
  expect(await arrives("next", { ...NEXT_FINE, ...old })).toBe(one);
  const notice = { ...NEXT_FINE, title: `${NEXT_FINE.title}, says the office`, ...old, feedId: "office" };
  expect(await arrives("notice", notice)).toBe(one);
  const [, press, primary] = await ids(one);
  expect(await claimDue(world.db, NOW, 9)).toEqual([]);
  await decided({ kind: "split", storyId: one, articleIds: [press!] });
  expect(await claimDue(world.db, NOW, 9)).toEqual([]);
  const [, opened] = await decided({ kind: "split", storyId: one, articleIds: [primary!] });
  expect(await claimDue(world.db, NOW, 9)).toMatchObject([{ storyId: opened, revision: 1 }]);
});

test("a closed saga is joined by nothing but copies, which stay silent", async () => {
  const one = await arrives("fine", FINE);
  const { sagaId } = (await storyById(world.db, one))!;
  await decided({ kind: "close", sagaId });
  const next = await arrives("next", NEXT_FINE);
  expect(next).not.toBe(one);
  expect((await storyById(world.db, next))!.sagaId).not.toBe(sagaId);
  expect(await arrives("copy", FINE)).toBe(one);
  expect(await storyById(world.db, one)).toMatchObject({ closedAt: NOW, articleCount: 2 });
});

test("a saga that is reopened goes on where it was", async () => {
  const one = await arrives("fine", FINE);
  const { sagaId } = (await storyById(world.db, one))!;
  expect(await decide(world.db, world.pack, { kind: "reopen", sagaId }, null, NOW)).toMatchObject({ kind: "refused" });
  await decided({ kind: "close", sagaId });
  await arrives("copy", FINE);
  await decided({ kind: "reopen", sagaId });
  expect(await storyById(world.db, one)).toMatchObject({ closedAt: null });
  expect(await arrives("next", NEXT_FINE)).toBe(one);
});

test("what a person decided is exported as a labelled set", async () => {
  const one = await arrives("penalty", PENALTY);
  const other = await arrives("fine", FINE);
  await arrives("unjudged", {
    title: "Senate wants AI incident report rules",
    text: "An incident report, says the Senate.",
  });
  await decided({ kind: "merge", into: one, from: [other] });
  await arrives("next", NEXT_FINE);
  expect(await exportDecisions(world.db, folder)).toBe(2);
  const lines = (part: string) =>
    readFileSync(join(folder, part, "stories-by-hand.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(lines("dev")).toEqual([
    { id: "1", ...PENALTY, publishedAt: hours(-1).toISOString(), source: "gazette" },
    { id: "2", ...FINE, publishedAt: hours(-1).toISOString(), source: "gazette" },
  ]);
  expect(lines("gold")).toEqual([
    { id: "1", story: `${one}` },
    { id: "2", story: `${one}` },
  ]);
});
