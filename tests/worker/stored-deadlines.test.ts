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
import { onEachEngine } from "#support/databases.ts";
import { aWorld, filed, PENALTY } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { anArticle } from "#support/stored.ts";
import { readStoredDeadlines } from "#worker/stored-deadlines.ts";

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

  test("are read of what was filed before there were any, once", async () => {
    const here = await world();
    const keys = (name: string) => ({ keys: [name], canonicalUrl: `https://gazette.example/${name}` });
    await filed(here, said(ON_THE_5TH, keys("one")));
    await filed(here, said(ON_THE_9TH, keys("two")));
    await here.db.deleteFrom("deadlines").execute();
    const stopped = AbortSignal.abort();
    expect(await readStoredDeadlines(here.db, stopped)).toBe(0);
    const { signal } = new AbortController();
    expect(await readStoredDeadlines(here.db, signal)).toBe(2);
    expect((await kept(here.db)).map(([day]) => day).sort()).toEqual(["2027-01-05", "2027-01-09"]);
    expect(await readStoredDeadlines(here.db, signal)).toBeNull();
  });
});
