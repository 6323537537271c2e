import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { tag } from "#pipeline/tag/tag.ts";
import { registerFeeds } from "#store/feeds.ts";
import { onEachEngine } from "#support/databases.ts";
import { aWorld, FINE, filed, NEXT_FINE, PENALTY } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { amend } from "#worker/amend.ts";
import { decide } from "#worker/by-hand.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import type { World } from "#worker/world.ts";

const said = (key: string, change: Partial<typeof FINE>) =>
  anArticle({ keys: [key], publishedAt: hours(-1), firstSeenAt: NOW, ...change });

let folder: string;
let pack: Pack;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-placings-"));
  const loaded = loadPack(writePack(folder, [{ id: "gazette", url: "https://gazette.example/feed" }]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  pack = loaded.pack;
});

afterAll(() => rmSync(folder, { recursive: true }));

onEachEngine("workers that place articles in one store", (databases) => {
  const twoWorkers = async () => {
    const where = await databases.place();
    const [one, other] = [await databases.open(where), await databases.open(where)];
    await registerFeeds(one.db, ["gazette"], hours(-99));
    return [aWorld(one.db, pack), aWorld(other.db, pack)] as const;
  };
  /** Where a worker would put what comes next. */
  const placeOf = async ({ db, stories, rules }: World, article = { ...said("asked", NEXT_FINE), id: 9_999 }) => {
    const { because, ...place } = (await stories.current(db, NOW)).place(article, tag(article, rules));
    return { ...place, because: because?.() };
  };
  const agreed = async (one: World, other: World) => {
    const place = await placeOf(one);
    expect(await placeOf(other)).toEqual(place);
    expect(await placeOf({ ...one, stories: createIndexKeeper(pack) })).toEqual(place);
    return place;
  };

  test("decide the same after each other's articles", async () => {
    const [one, other] = await twoWorkers();
    expect((await agreed(one, other)).storyId).toBeNull();
    const penalty = await filed(one, said("penalty", PENALTY));
    const fine = await filed(other, said("fine", FINE));
    expect(fine).not.toBe(penalty);
    expect((await agreed(one, other)).storyId).toBe(fine);
    expect(await filed(one, said("next", NEXT_FINE))).toBe(fine);
    await agreed(one, other);
  });

  test("see an article that became relevant after newer ones were placed", async () => {
    const [one, other] = await twoWorkers();
    expect(await filed(one, said("fine", { title: "Ferry late", text: "The ferry was late on Monday." }))).toBeNull();
    await filed(other, said("penalty", PENALTY));
    await agreed(one, other);
    const fine = await filed(one, said("fine", FINE));
    expect((await agreed(one, other)).storyId).toBe(fine);
  });

  test("see what an edit, a correction or a person's decision changed", async () => {
    const [one, other] = await twoWorkers();
    const penalty = await filed(one, said("penalty", PENALTY));
    const fine = await filed(other, said("fine", FINE));
    await agreed(one, other);
    await filed(one, said("fine", { ...FINE, text: `${FINE.text} The AI department said so.` }));
    await agreed(one, other);
    const by = { revision: 1, guildId: null, createdBy: "7" };
    await amend(other, { ...by, storyId: fine!, axis: "point", ids: [] });
    await agreed(one, other);
    await decide(one.db, pack, { kind: "merge", into: penalty!, from: [fine!] }, null, NOW);
    await agreed(one, other);
  });
});
