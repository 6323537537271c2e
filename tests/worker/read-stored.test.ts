import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Article } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { knownDays } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { takeRun } from "#store/schedules.ts";
import { onEachEngine } from "#support/databases.ts";
import { aWorld, filed, PENALTY } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { readStored } from "#worker/read-stored.ts";

let folder: string;
let pack: Pack;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-deadlines-"));
  const loaded = loadPack(writePack(folder, [{ id: "gazette", url: "https://gazette.example/feed" }]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  pack = loaded.pack;
});

afterAll(() => rmSync(folder, { recursive: true }));

const said = (sentence: string, change: Partial<Article> = {}) =>
  anArticle({ ...PENALTY, text: `${PENALTY.text} ${sentence}`, publishedAt: hours(-1), firstSeenAt: NOW, ...change });

const ON_THE_5TH = "A hearing on it is set for January 5, 2027.";
const ON_THE_9TH = "A hearing on it is set for January 9, 2027.";

const kept = async (db: Db) =>
  (await knownDays(db, { since: "2026-11-24", until: "2027-12-31" })).claims.map(({ day, quote }) => [day, quote]);

/** What is kept of all articles. */
const allOf = async (db: Db) => {
  const sightings = await db
    .selectFrom("sightings")
    .innerJoin("matters", "matters.id", "sightings.matter_id")
    .select(["article_id", "key"])
    .orderBy("key")
    .execute();
  return {
    days: (await kept(db)).map(([day]) => day).sort(),
    laws: sightings.map(({ key }) => /\bHR\d+/.exec(key)?.[0]),
    who: (await db.selectFrom("quotes").select("speaker").execute()).map(({ speaker }) => speaker),
  };
};

onEachEngine("the days of articles", (databases) => {
  const world = async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette"], hours(-99));
    return aWorld(db, pack);
  };

  test("are kept when one is filed, and those of its new words when it is edited", async () => {
    const here = await world();
    await filed(here, said(ON_THE_5TH));
    expect(await kept(here.db)).toEqual([["2027-01-05", ON_THE_5TH]]);
    await filed(here, said(ON_THE_9TH));
    expect(await kept(here.db)).toEqual([["2027-01-09", ON_THE_9TH]]);
  });

  test("go when it calls itself fiction", async () => {
    const here = await world();
    await filed(here, said(ON_THE_5TH));
    await filed(here, said(ON_THE_5TH, { text: `This is a work of fiction. ${ON_THE_5TH}` }));
    expect(await kept(here.db)).toEqual([]);
  });

  test("are read with the matters and quotes of what was filed before there were any, once", async () => {
    const here = await world();
    const keys = (name: string) => ({ keys: [name], canonicalUrl: `https://gazette.example/${name}` });
    const SAID = "H.R. 1234 is the bill. “It binds nobody at all,” said Commissioner Mara Holt.";
    await filed(here, said(`${SAID} ${ON_THE_5TH}`, keys("one")));
    await filed(here, said(ON_THE_9TH, keys("two")));
    const before = await allOf(here.db);
    expect(before).toMatchObject({ days: ["2027-01-05", "2027-01-09"], laws: ["HR1234"], who: ["Mara Holt"] });
    for (const table of ["deadlines", "sightings", "quotes"] as const) await here.db.deleteFrom(table).execute();
    const stopped = AbortSignal.abort();
    expect(await readStored(here.db, pack, stopped)).toBe(0);
    const { signal } = new AbortController();
    expect(await readStored(here.db, pack, signal)).toBe(2);
    expect(await allOf(here.db)).toEqual(before);
    expect(await readStored(here.db, pack, signal)).toBeNull();
  });

  test("are read where one of the three was read before, and what is kept stays", async () => {
    const here = await world();
    await filed(here, said(`“It binds nobody at all,” said Mara Holt. ${ON_THE_5TH}`));
    await here.db.updateTable("quotes").set({ speaker: "kept" }).execute();
    await here.db.deleteFrom("deadlines").execute();
    await takeRun(here.db, "deadlines", NOW);
    expect(await readStored(here.db, pack, new AbortController().signal)).toBe(1);
    expect(await allOf(here.db)).toMatchObject({ days: [], who: ["kept"] });
  });
});
