import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Amendment } from "#model/amendment.ts";
import type { Article } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING, TERMINAL } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { deliveriesIn } from "#store/outbox/deliveries.ts";
import { memberIds, storyById } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { taggingsOf } from "#store/taggings.ts";
import { onEachEngine } from "#support/databases.ts";
import { aWorld, FINE, filed, PENALTY } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { amend } from "#worker/amend.ts";
import type { World } from "#worker/world.ts";

let folder: string;
let pack: Pack;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-amended-"));
  const loaded = loadPack(writePack(folder, [{ id: "gazette", url: "https://gazette.example/feed" }]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  pack = loaded.pack;
});

afterAll(() => rmSync(folder, { recursive: true }));

const said = (change: Partial<Article>) =>
  anArticle({ keys: ["one"], publishedAt: hours(-1), firstSeenAt: NOW, ...change });

/** The same article, as its outlet words it later. */
const EDITED = said({ ...PENALTY, text: `${PENALTY.text} The regulator imposes a fine of two million, it said.` });

/** A worker whose terminal follows everything, and the story of its one article. */
async function oneStory(db: Db): Promise<{ world: World; storyId: number; decide: Decide }> {
  await registerFeeds(db, ["gazette"], hours(-99));
  const wanted = { guildId: null, destination: TERMINAL, filter: EVERYTHING, createdBy: null };
  await createSubscription(db, wanted, hours(-99));
  const world = aWorld(db, pack);
  const storyId = (await filed(world, said(PENALTY)))!;
  const by = { revision: 1, guildId: null, createdBy: "7", storyId };
  return { world, storyId, decide: async (axis, ids) => void (await amend(world, { ...by, axis, ids })) };
}

type Decide = (axis: Amendment["axis"], ids: readonly string[]) => Promise<void>;

const taggingIn = async (db: Db, storyId: number) => {
  const [articleId] = await memberIds(db, [storyId]);
  return (await taggingsOf(db, [articleId!])).get(articleId!)!;
};

onEachEngine("what people decided about an article", (databases) => {
  const place = async () => oneStory((await databases.open(await databases.place())).db);

  test("holds when the article is edited and judged anew", async () => {
    const { world, storyId, decide } = await place();
    await decide("point", ["incident-reporting"]);
    await decide("stage", []);
    expect(await filed(world, EDITED)).toBe(storyId);
    expect(await storyById(world.db, storyId)).toMatchObject({ points: ["incident-reporting"], stage: null });
  });

  test("leaves the rest to the new words", async () => {
    const { world, storyId, decide } = await place();
    await decide("certainty", ["anonymous"]);
    expect((await storyById(world.db, storyId))!.points).toEqual(["audit-scope", "penalties"]);
    await filed(world, said({ title: "Department weighs a fine of ten million on Corvane over AI", text: "" }));
    expect(await storyById(world.db, storyId)).toMatchObject({ certainty: "anonymous", points: ["penalties"] });
  });

  test("is what was decided last", async () => {
    const { world, storyId, decide } = await place();
    await decide("relevance", ["no"]);
    await decide("relevance", ["yes"]);
    await decide("stage", ["enforcement"]);
    await decide("stage", ["threatened"]);
    await filed(world, EDITED);
    expect(await taggingIn(world.db, storyId)).toMatchObject({ relevant: true, support: 1 });
    expect((await storyById(world.db, storyId))!.stage).toBe("threatened");
  });

  test("keeps from readers what is no policy news: what is due, and what an edit would bring", async () => {
    const { world, storyId, decide } = await place();
    const other = (await filed(world, said({ ...FINE, keys: ["two"] })))!;
    expect(other).not.toBe(storyId);
    const due = () => deliveriesIn(world.db, "due", { limit: 9 });
    expect((await due()).map((each) => each.storyId)).toEqual([other, storyId]);
    await decide("relevance", ["no"]);
    expect((await due()).map((each) => each.storyId)).toEqual([other]);
    const [dropped] = await deliveriesIn(world.db, "dropped", { limit: 9 });
    expect(dropped).toMatchObject({ storyId, reason: "Somebody decided that it is no policy news." });
    await filed(world, EDITED);
    expect((await due()).map((each) => each.storyId)).toEqual([other]);
    expect(await taggingIn(world.db, storyId)).toMatchObject({ relevant: false, support: 0 });
  });

  test("takes no post out of the hands of who is posting it", async () => {
    const { world, storyId, decide } = await place();
    const [claim] = await claimDue(world.db, NOW, 1);
    await decide("relevance", ["no"]);
    expect(await settle(world.db, claim!, { kind: "posted", messageId: "9" }, NOW)).toBe(true);
    expect(await deliveriesIn(world.db, "posted", { limit: 9 })).toMatchObject([{ storyId }]);
  });
});
