import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Article } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { emptyTexts } from "#store/retention.ts";
import { storyById } from "#store/stories.ts";
import { onEachEngine } from "#support/databases.ts";
import { aWorld, FINE, filed, NEXT_FINE, PENALTY } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { amend } from "#worker/amend.ts";
import { decide } from "#worker/by-hand.ts";
import { takeIn } from "#worker/refresh.ts";
import { createStoryMemory, type StoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";

const said = (key: string, change: Partial<Article>) =>
  anArticle({ keys: [key], publishedAt: hours(-1), firstSeenAt: NOW, ...change });

let folder: string;
let pack: Pack;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-memory-"));
  const loaded = loadPack(writePack(folder, [{ id: "gazette", url: "https://gazette.example/feed" }]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  pack = loaded.pack;
});

afterAll(() => rmSync(folder, { recursive: true }));

const rememberingAll = () => createStoryMemory(pack, { fewest: 1, most: 99 });

/** Members as a memory has them, which must be as one that remembers nothing reads them. */
async function recalled(memory: StoryMemory, db: Db, storyId: number) {
  const story = await memory.recall(db, storyId);
  expect(story).toEqual(await createStoryMemory(pack).recall(db, storyId));
  return story.members;
}

onEachEngine("the memory of stories", (databases) => {
  const twoWorkers = async () => {
    const where = await databases.place();
    const [one, other] = [await databases.open(where), await databases.open(where)];
    await registerFeeds(one.db, ["gazette"], hours(-99));
    return [one, other].map(({ db }) => ({ ...aWorld(db, pack), memory: rememberingAll() })) as [World, World];
  };
  const fineIn = async (world: World) => {
    const storyId = (await filed(world, said("fine", FINE)))!;
    await filed(world, said("next", NEXT_FINE));
    return storyId;
  };

  test("reads of a story that grows only what is new", async () => {
    const [world] = await twoWorkers();
    const storyId = await fineIn(world);
    const [first, second] = await recalled(world.memory, world.db, storyId);
    const later = { title: `${NEXT_FINE.title}, again`, text: `${NEXT_FINE.text} Nothing else is known of it so far.` };
    expect(await filed(world, said("last", later))).toBe(storyId);
    const members = await recalled(world.memory, world.db, storyId);
    expect(members).toHaveLength(3);
    expect(members[0]).toBe(first);
    expect(members[1]).toBe(second);
  });

  test("sees what other workers file, edit and correct, and what people decide", async () => {
    const [world, other] = await twoWorkers();
    const storyId = await fineIn(world);
    const penalty = (await filed(world, said("penalty", PENALTY)))!;
    const [first] = await recalled(world.memory, world.db, storyId);
    await filed(other, said("next", { ...NEXT_FINE, text: `${NEXT_FINE.text} The AI department said so.` }));
    const [same, edited] = await recalled(world.memory, world.db, storyId);
    expect(same).toBe(first);
    expect(edited!.article.text).toContain("department");
    const by = { revision: 1, guildId: null, createdBy: "7" };
    await amend(other, { ...by, storyId, axis: "stage", ids: ["enforcement"] });
    await recalled(world.memory, world.db, storyId);
    await decide(other.db, pack, { kind: "move", articleId: edited!.article.id, storyId: penalty }, null, NOW);
    expect(await recalled(world.memory, world.db, storyId)).toHaveLength(1);
    expect(await recalled(world.memory, world.db, penalty)).toHaveLength(2);
    await decide(other.db, pack, { kind: "merge", into: penalty, from: [storyId] }, null, NOW);
    expect(await recalled(world.memory, world.db, penalty)).toHaveLength(3);
    expect(await recalled(world.memory, world.db, storyId)).toHaveLength(0);
  });

  test("sees that an edited article calls itself fiction, though nothing is told of it", async () => {
    const [world, other] = await twoWorkers();
    const storyId = await fineIn(world);
    await recalled(other.memory, other.db, storyId);
    const fiction = { ...NEXT_FINE, text: `This is a work of fiction. ${NEXT_FINE.text}` };
    const told = await storyById(world.db, storyId);
    expect(await filed(world, said("next", fiction))).toBeNull();
    expect(await storyById(world.db, storyId)).toEqual(told);
    for (const { memory, db } of [world, other])
      expect((await recalled(memory, db, storyId))[1]!.tagging.hold).not.toBeNull();
  });

  test("sees that texts were emptied with age", async () => {
    const [world] = await twoWorkers();
    const storyId = await fineIn(world);
    await recalled(world.memory, world.db, storyId);
    expect(await emptyTexts(world.db, hours(1), 9)).toBe(2);
    for (const { article } of await recalled(world.memory, world.db, storyId)) expect(article.text).toBe("");
  });

  test("forgets what was read in a transaction that failed", async () => {
    const [world] = await twoWorkers();
    const feed = pack.feeds[0]!;
    const take = (days: readonly string[], alsoWrite: () => Promise<void>) => {
      const entries = days.map((day, at) => ({
        ...{ id: day, title: `${NEXT_FINE.title}, ${day}`, link: `https://gazette.example/${day}` },
        ...{ published: hours(at - 9).toISOString(), summary: `${NEXT_FINE.text} Nobody knew on ${day}.` },
        ...{ updated: null, author: null, content: null, enclosures: [] },
      }));
      const document = { format: "rss 2.0", feed: { title: null, link: null }, entries, minIntervalMs: null };
      const arrival = { primary: false, addedAt: hours(-99), firstPoll: false };
      return takeIn({ document, feed, identity: "guid", arrival, now: NOW }, world, alsoWrite);
    };
    const failing = take(["Monday", "Wednesday"], () => Promise.reject(new Error("the disk is full")));
    await expect(failing).rejects.toThrow("the disk is full");
    // The numbers of the story, its article and their placing are given out again, to others as long.
    const [filedFirst] = (await take(["Friday", "Thursday"], async () => {}))!;
    const [first] = await recalled(world.memory, world.db, filedFirst!.storyId!);
    expect(first!.article.text).toContain("Friday");
  });

  test("remembers no story of few articles", async () => {
    const [world] = await twoWorkers();
    const storyId = await fineIn(world);
    const memory = createStoryMemory(pack, { fewest: 3, most: 99 });
    const [first] = await recalled(memory, world.db, storyId);
    expect((await recalled(memory, world.db, storyId))[0]).not.toBe(first);
  });

  test("holds so many articles, those of the story told last at any rate", async () => {
    const [world] = await twoWorkers();
    const storyId = await fineIn(world);
    const penalty = (await filed(world, said("penalty", PENALTY)))!;
    const memory = createStoryMemory(pack, { fewest: 2, most: 2 });
    const [first] = await recalled(memory, world.db, storyId);
    expect((await recalled(memory, world.db, storyId))[0]).toBe(first);
    await filed(world, said("penalty", { ...PENALTY, text: `${PENALTY.text} Nothing came of it.` }));
    const early = { title: `${PENALTY.title}, again`, text: `${PENALTY.text} The developer was told so.` };
    expect(await filed(world, said("early", early))).toBe(penalty);
    await recalled(memory, world.db, penalty);
    expect((await recalled(memory, world.db, storyId))[0]).not.toBe(first);
  });

  test("leaves out of a summary what the feed has brought with two articles before, relevant or not", async () => {
    const about = "Gazette readers in Washington have followed AI audits by officials since 2009.";
    const summaryIn = async (world: World) => {
      const storyId = await filed(world, said("fine", { ...FINE, text: `${FINE.text} ${about}` }));
      return (await storyById(world.db, storyId!))!.summary.map(({ text }) => text);
    };
    const [one] = await twoWorkers();
    expect(await summaryIn(one)).toEqual([FINE.text, about]);
    const [other] = await twoWorkers();
    for (const day of ["Monday", "Tuesday"])
      await filed(other, said(day, { title: `Rain on ${day}`, text: `It rained all ${day}. ${about}` }));
    expect(await summaryIn(other)).toEqual([FINE.text]);
  });
});
