import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { claimFeeds, feedStates, registerFeeds } from "#store/feeds.ts";
import { type Databases, onEachEngine } from "#support/databases.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { aWorld } from "#support/filing.ts";
import { type Item, rss, writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { refresh } from "#worker/refresh.ts";

const item = (id: string, text = "A civil penalty for an AI model."): Item => ({
  id,
  title: `Department weighs AI penalty ${id}`,
  text,
  at: hours(-1),
});

/** A feed at a real server, polled by a real fetcher into a store. */
async function aFeed(databases: Databases) {
  const { db } = await databases.open();
  const server = await startFeedServer();
  const folder = mkdtempSync(join(tmpdir(), "policywire-known-"));
  const loaded = loadPack(writePack(folder, [{ id: "gazette", url: `${server.origin}/feed` }]));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  let now = NOW;
  const fetcher = createFetcher({
    userAgent: "Policywire/test",
    allowNetworks: ["127.0.0.0/8"],
    clock: () => now,
    pace: { concurrency: 9, intervalMs: 0 },
  });
  onTestFinished(async () => {
    await fetcher.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const world = { ...aWorld(db, loaded.pack), fetcher, clock: () => now };
  await registerFeeds(db, ["gazette"], hours(-9));
  const claim = async () => (await claimFeeds(db, ["gazette"], now))[0]!;
  return {
    db,
    claim,
    /** What a poll at that time makes of the articles that are listed then. */
    async poll(at: Date, items: readonly Item[], state = claim()) {
      now = at;
      server.answer("/feed", { body: rss(server.origin, items) });
      const refreshed = await refresh(loaded.pack.feeds[0]!, await state, world);
      return refreshed.kind === "read" ? refreshed.filed.map(({ article }) => article) : refreshed.kind;
    },
    /** As if the store had taken down something else than the feed said. */
    misremember: () => db.updateTable("articles").set({ text_hash: "other", entry_hash: "other" }).execute(),
  };
}

onEachEngine("an entry that a feed still lists as it was", (databases) => {
  test("is not read again when the document changes, but once a day is", async () => {
    const { poll, misremember } = await aFeed(databases);
    expect(await poll(NOW, [item("a"), item("b")])).toEqual(["new", "new"]);
    await misremember();
    expect(await poll(hours(1), [item("c"), item("a"), item("b")])).toEqual(["new"]);
    expect(await poll(hours(23), [item("d"), item("c"), item("a"), item("b")])).toEqual(["new"]);
    expect(await poll(hours(24), [item("c"), item("a"), item("b")])).toEqual(["changed", "changed"]);
  });

  test("is noted as listed, so that it is never pruned", async () => {
    const { db, poll } = await aFeed(databases);
    await poll(NOW, [item("a")]);
    for (let hour = 12; hour < 24 * 9; hour += 12) await poll(hours(hour), [item(`new ${hour}`), item("a")]);
    const { last_seen_at } = await db
      .selectFrom("articles")
      .select("last_seen_at")
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
    expect(last_seen_at).toBeGreaterThanOrEqual(hours(24 * 7).getTime());
  });

  test("tells of an edit at once, and of the next one", async () => {
    const { poll } = await aFeed(databases);
    const edited = item("a", "A civil penalty for an AI model is near.");
    await poll(NOW, [item("a"), item("b")]);
    expect(await poll(hours(1), [edited, item("b")])).toEqual(["changed"]);
    expect(await poll(hours(2), [item("a"), item("b")])).toEqual(["changed"]);
  });

  test("is read again after a worker whose claim was lost has filed what it read", async () => {
    const { db, poll, claim, misremember } = await aFeed(databases);
    await poll(NOW, [item("a")]);
    const lost = await claim();
    await db.updateTable("feeds").set({ lease_until: 0 }).execute();
    expect(await poll(hours(1), [item("b"), item("a")])).toEqual(["new"]);
    expect(await poll(hours(2), [item("c"), item("a")], Promise.resolve(lost))).toEqual(["new"]);
    expect((await feedStates(db))[0]).toMatchObject({ knownEntries: [] });
    await misremember();
    expect(await poll(hours(3), [item("d"), item("a")])).toEqual(["new", "changed"]);
  });
});
