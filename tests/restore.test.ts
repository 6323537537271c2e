import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TERMINAL } from "#model/subscription.ts";
import type { Where } from "#store/engine/database.ts";
import { onEachEngine } from "#support/databases.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { ENTRIES } from "#support/matters.ts";
import { type Item, rss, writePack } from "#support/packs.ts";
import { type Program, startProgram } from "#support/program.ts";

/** Few, because one host is asked but once a second. */
const FEEDS = ["courier", "ledger", "monitor"];
/** Fifteen entries a feed, each a story of its own. Nothing that was published before its feed was added is posted. */
const newsOf = (feed: number): Item[] =>
  ENTRIES.slice(feed * 15, feed * 15 + 15).map((entry, at) => ({
    ...entry,
    id: `${FEEDS[feed]}-${at}`,
    at: new Date(Date.now() + 5_000),
  }));

let folder: string;
let server: FeedServer;
let started: Program[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "policywire-restore-"));
  server = await startFeedServer();
  started = [];
});

afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
  await server.close();
  rmSync(folder, { recursive: true });
});

function start(where: Where, args: readonly string[], input = ""): Program {
  const database = where.url === null ? {} : { DATABASE_URL: where.url };
  const program = startProgram(args, { ...database, POLICYWIRE_DATA: where.dataDir }, input);
  started.push(program);
  return program;
}

async function done(program: Program): Promise<string> {
  expect(await program.ended, program.errors()).toBe(0);
  return program.output();
}

const TITLES = new Set(ENTRIES.map(({ title }) => title));
const titles = (output: string) => output.split("\n").filter((line) => TITLES.has(line));

/** Makes a copy of a store in another place, by the means that the guide names for its engine. */
async function copy(from: Where, to: Where): Promise<void> {
  if (from.url !== null) await done(start(to, ["import"], await done(start(from, ["export"]))));
  else {
    const file = join(folder, "backup.db");
    await done(start(from, ["backup", file]));
    mkdirSync(to.dataDir, { recursive: true });
    copyFileSync(file, join(to.dataDir, "policywire.db"));
  }
}

onEachEngine("a copy made while a worker writes", (databases) => {
  test("is sound, and what it knows to be posted is not posted again", async () => {
    const place = async () => ({ ...(await databases.place()), dataDir: mkdtempSync(join(folder, "data-")) });
    // The terminal's journal is in the data folder; each store has its own, so that the store alone knows what was posted.
    const [where, restored] = [await place(), await place()];
    const pack = writePack(
      join(folder, "pack"),
      FEEDS.map((id) => ({ id, url: `${server.origin}/${id}` })),
    );
    server.answer("/courier", { body: rss(server.origin, newsOf(0)), conditional: true });
    for (const id of ["ledger", "monitor"]) server.answer(`/${id}`, { body: rss(server.origin, []) });
    const run = ["run", "--once", "--pack", pack];
    const printed = titles(await done(start(where, run)));
    expect(printed.length).toBeGreaterThan(0);

    server.answer("/ledger", { body: rss(server.origin, newsOf(1)), conditional: true });
    // The last to be asked; it keeps the round going for seconds, so that the copy is made between storing the news and posting it.
    const drip = { body: rss(server.origin, []), manner: "drip" as const };
    server.answer("/monitor", drip, { body: rss(server.origin, []) });
    const worker = start(where, run);
    await expect.poll(() => server.asked.filter(({ path }) => path === "/ledger")).toHaveLength(2);
    await copy(where, restored);
    printed.push(...titles(await done(worker)));
    expect(new Set(printed).size).toBe(printed.length);

    expect(await done(start(restored, ["doctor"]))).toContain("No delivery is late.");
    const { db, close } = await databases.open(restored);
    const known = await db
      .selectFrom("deliveries")
      .innerJoin("stories", "stories.id", "deliveries.story_id")
      .select("stories.title")
      .where("deliveries.destination", "=", TERMINAL)
      .where("deliveries.state", "=", "posted")
      .execute();
    await close();
    const posted = known.map(({ title }) => title);
    const again = titles(await done(start(restored, run)));
    expect([...posted, ...again].sort()).toEqual(printed.sort());
  });
});
