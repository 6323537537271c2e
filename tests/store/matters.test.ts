import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING, TERMINAL } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { registerFeeds } from "#store/feeds.ts";
import { matterKeysOf, mattersByKey, mattersNamed, standingOf, stepsOf } from "#store/matters.ts";
import { dropStories } from "#store/retention.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { aWorld, filed } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { pruneAll } from "#worker/prune.ts";

const folder = mkdtempSync(join(tmpdir(), "policywire-matters-"));
afterAll(() => rmSync(folder, { recursive: true }));

function aPack(): Pack {
  const loaded = loadPack(writePack(join(folder, "pack"), [{ id: "gazette", url: "https://gazette.example/feed" }]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { pack } = loaded;
  const law = { id: "frontier", name: "Frontier law", numbers: ["SB 53"], place: "US-CA", aliases: ["frontier law"] };
  return { ...pack, facets: { ...pack.facets, instruments: [law] } };
}

onEachEngine("matters in the store", (databases) => {
  const begin = async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette"], hours(-99));
    const world = aWorld(db, aPack());
    let count = 0;
    const arrives = (title: string, text: string, at = hours(-1)) => {
      const key = `k${count++}`;
      return filed(
        world,
        anArticle({
          title,
          text,
          keys: [key],
          url: `https://gazette.example/${key}`,
          publishedAt: at,
          firstSeenAt: NOW,
        }),
      );
    };
    return { db, arrives };
  };

  const PASSED = [
    "Idaho senate weighs AI audit bill",
    "SB 77, the Honest Robots Reporting Act, has a civil penalty for AI labs.",
  ] as const;

  test("a bill is one matter under its number and under its name", async () => {
    const { db, arrives } = await begin();
    const first = await arrives(...PASSED);
    const title = "Corvane fined under the Honest Robots Reporting Act after AI audit";
    const later = await arrives(title, "The civil penalty for AI labs that shut auditors out is the first.");
    expect(await matterKeysOf(db, first!)).toEqual(["US-ID bill SB77"]);
    expect(await matterKeysOf(db, later!)).toEqual(["US-ID bill SB77"]);
    const [matter] = await mattersByKey(db, ["US-ID bill SB77"]);
    expect(matter).toMatchObject({ written: "SB 77", names: ["Honest Robots Reporting Act"], articleCount: 2 });
    const steps = await stepsOf(db, matter!.id);
    // What an authority weighs is no step.
    expect(steps).toMatchObject([{ stage: "enforcement", sentence: title, url: "https://gazette.example/k1" }]);
  });

  test("a law of the pack is one matter with its number", async () => {
    const { db, arrives } = await begin();
    await arrives("California senate weighs SB 53 on AI audit", "The bill has a civil penalty for AI labs.");
    await arrives("Department weighs penalty for AI labs", "The frontier law in California asks for an AI audit.");
    const found = await mattersNamed(db, "sb 53", 5);
    expect(found).toMatchObject([{ key: "frontier", written: "SB 53", articleCount: 2 }]);
  });

  test("it is found by its number and by words of its name, with most articles first", async () => {
    const { db, arrives } = await begin();
    await arrives(...PASSED);
    await arrives("House weighs H.R. 77 on AI audit", "The bill has a civil penalty.");
    expect((await mattersNamed(db, "robots honest", 5)).map(({ key }) => key)).toEqual(["US-ID bill SB77"]);
    expect((await mattersNamed(db, "77", 5)).map(({ key }) => key).sort()).toEqual([
      "US-ID bill SB77",
      "bill HR77 of 119",
    ]);
    expect(await mattersNamed(db, "100%", 5)).toEqual([]);
  });

  test("how it stands is kept by part, as the newest article has it", async () => {
    const { db, arrives } = await begin();
    await arrives("Idaho's SB 77 on AI audits is in force", "Under the bill a civil penalty is due.", hours(-3));
    await arrives("Court pauses enforcement of Idaho's SB 77 on AI audit", "The bill has a civil penalty.", hours(-2));
    await arrives("Enforcement of Idaho's SB 77 on AI audit resumes", "The bill has a civil penalty.", hours(-1));
    const [matter] = await mattersByKey(db, ["US-ID bill SB77"]);
    expect(await standingOf(db, matter!.id)).toMatchObject([
      { part: "force", says: "in force", sentence: "Idaho's SB 77 on AI audits is in force" },
      { part: "enforcement", says: "enforced", url: "https://gazette.example/k2" },
    ]);
  });

  test("it goes with its last article", async () => {
    const { db, arrives } = await begin();
    await arrives(...PASSED);
    const retention = { articleDays: 1, textDays: 1, deliveryDays: 1 };
    const signal = new AbortController().signal;
    await pruneAll(db, NOW, retention, signal);
    expect(await mattersNamed(db, "", 5)).toHaveLength(1);
    await db.updateTable("articles").set({ last_seen_at: 0 }).execute();
    await dropStories(db, hours(1), 10);
    await pruneAll(db, NOW, retention, signal);
    expect(await mattersNamed(db, "", 5)).toEqual([]);
    expect(await db.selectFrom("matter_parts").selectAll().execute()).toEqual([]);
    expect(await db.selectFrom("matter_names").selectAll().execute()).toEqual([]);
  });

  test("who follows a bill hears of it, by its name too, and of no other", async () => {
    const { db, arrives } = await begin();
    const filter = { ...EVERYTHING, laws: ["US-ID bill SB77"] };
    await createSubscription(db, { guildId: null, destination: TERMINAL, filter, createdBy: null }, hours(-9));
    await arrives("House weighs H.R. 77 on AI audit", "The bill has a civil penalty.");
    const owed = () => db.selectFrom("deliveries").select("story_id").execute();
    expect(await owed()).toEqual([]);
    const story = await arrives(...PASSED);
    expect(await owed()).toEqual([{ story_id: story }]);
    const later = await arrives(
      "Corvane fined in AI audit case",
      "The Honest Robots Reporting Act has a civil penalty.",
    );
    expect((await owed()).map(({ story_id }) => story_id)).toContain(later);
  });
});
