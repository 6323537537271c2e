import { expect, test } from "vitest";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { claimFeeds, readdressFeeds, registerFeeds } from "#store/feeds.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Databases, onEachEngine } from "#support/databases.ts";
import { aWorld } from "#support/filing.ts";
import { writePack } from "#support/packs.ts";
import { aPolledServer } from "#support/polled-server.ts";
import { hours, NOW } from "#support/samples.ts";
import { refresh } from "#worker/refresh.ts";

type Listed = { readonly id: string; readonly title: string; readonly at: Date | null; readonly link?: string };

/** A notice that opens a story of its own. */
const notice = (id: string, at: Date | null, link?: string): Listed => ({
  id,
  title: `The department weighs a civil penalty for ${id}`,
  at,
  ...(link === undefined ? {} : { link }),
});

function rss(origin: string, items: readonly Listed[]): string {
  const each = items.map(
    ({ id, title, at, link = `${origin}/${id}` }) =>
      `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${id}</guid>` +
      `${at === null ? "" : `<pubDate>${at.toUTCString()}</pubDate>`}<description>An AI model of ${id} failed.</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Board</title><link>${origin}</link>${each.join("")}</channel></rss>`;
}

/** A regulator's feed at a real server, which a channel follows, in a catalogue that may change. */
async function aCatalogue(databases: Databases, { addedAt = hours(-9) } = {}) {
  const { db } = await databases.open();
  let now = NOW;
  const { server, folder, fetcher } = await aPolledServer({ clock: () => now });
  const packAt = (path: string) => {
    const loaded = loadPack(writePack(folder, [{ id: "board", url: `${server.origin}${path}`, kind: "regulator" }]));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.pack;
  };
  let pack = packAt("/feed");
  await registerFeeds(db, ["board"], addedAt);
  await createSubscription(
    db,
    { guildId: null, destination: "here", filter: EVERYTHING, manner: AT_ONCE, createdBy: null },
    hours(-999),
  );
  return {
    db,
    server,
    /** What the catalogue lists from now on. */
    list: (ids: readonly string[], at: Date) => registerFeeds(db, ids, at),
    async moveTo(path: string, at: Date) {
      pack = packAt(path);
      await readdressFeeds(db, pack.feeds, at);
    },
    /** A poll at that time: its outcome, the articles it was new of, and how many posts are owed since the start. */
    async poll(at: Date) {
      now = at;
      const [state] = await claimFeeds(db, ["board"], at);
      const refreshed = await refresh(pack.feeds[0]!, state!, { ...aWorld(db, pack), fetcher, clock: () => now });
      const owed = await db.selectFrom("deliveries").select("story_id").execute();
      const filed = refreshed.kind === "read" ? refreshed.filed.map(({ article }) => article) : refreshed.kind;
      return { filed, owed: owed.length };
    },
    answer: (path: string, items: readonly Listed[]) => server.answer(path, { body: rss(server.origin, items) }),
  };
}

onEachEngine("what a feed lists", (databases) => {
  test("and dates ahead is no news at the first poll, and is at a later one", async () => {
    const { answer, poll } = await aCatalogue(databases);
    const hearings = [notice("Alder", hours(30)), notice("Birch", hours(8)), notice("Cedar", null)];
    answer("/feed", hearings);
    expect(await poll(NOW)).toEqual({ filed: ["new", "new", "new"], owed: 0 });
    answer("/feed", [notice("Elm", hours(50)), ...hearings]);
    expect(await poll(hours(1))).toEqual({ filed: ["new"], owed: 1 });
  });

  test("first after it was empty is no news as far as it has no date or a later one", async () => {
    const { answer, poll } = await aCatalogue(databases);
    answer("/feed", []);
    expect(await poll(NOW)).toEqual({ filed: [], owed: 0 });
    answer("/feed", [notice("Alder", hours(30)), notice("Birch", null), notice("Cedar", hours(0.5))]);
    expect(await poll(hours(1))).toEqual({ filed: ["new", "new", "new"], owed: 1 });
    answer("/feed", [notice("Elm", null)]);
    expect(await poll(hours(2))).toEqual({ filed: ["new"], owed: 2 });
  });

  test("when it comes back into the catalogue is news as far as it is dated since", async () => {
    const { list, answer, poll } = await aCatalogue(databases, { addedAt: hours(-2_400) });
    answer("/feed", [notice("Alder", hours(-2_390))]);
    await poll(hours(-2_389));
    await list([], hours(-2_300));
    await list(["board"], hours(-1));
    const meanwhile = [
      notice("Birch", hours(-100)),
      notice("Cedar", hours(-2)),
      notice("Elm", hours(30)),
      notice("Fir", null),
    ];
    answer("/feed", [...meanwhile, notice("Hazel", hours(-0.5)), notice("Alder", hours(-2_390))]);
    expect(await poll(NOW)).toEqual({ filed: ["new", "new", "new", "new", "new"], owed: 1 });
  });

  test("under one link, with another guid, title and date each time, are articles of their own", async () => {
    const { answer, poll } = await aCatalogue(databases);
    const docket = "https://docket.example/all";
    answer("/feed", [notice("Alder", hours(-2), docket)]);
    await poll(NOW);
    for (const [round, name] of ["Birch", "Cedar"].entries()) {
      answer("/feed", [notice(name, hours(round), docket)]);
      expect(await poll(hours(round + 1))).toEqual({ filed: ["new"], owed: round + 2 });
    }
    // The same again, under its own guid.
    answer("/feed", [{ ...notice("Birch", hours(0), docket), title: "The department weighs a civil penalty, again" }]);
    expect((await poll(hours(5))).filed).toEqual(["changed"]);
  });

  test("under one link without dates are told apart by guid and title", async () => {
    const { answer, poll } = await aCatalogue(databases);
    const docket = "https://docket.example/all";
    for (const [round, name] of ["Alder", "Birch"].entries()) {
      answer("/feed", [notice(name, null, docket)]);
      expect((await poll(hours(round))).filed).toEqual(["new"]);
    }
  });

  test("under one link stays one article where the title or the date is the same, whatever the guid", async () => {
    const { answer, poll } = await aCatalogue(databases);
    const link = "https://board.example/alder";
    answer("/feed", [notice("Alder", hours(-2), link)]);
    await poll(NOW);
    answer("/feed", [{ ...notice("Alder", hours(-1), link), id: "2" }]);
    expect((await poll(hours(1))).filed).toEqual(["changed"]);
    answer("/feed", [{ ...notice("Alder", hours(-2), link), id: "3", title: "A civil penalty, the department says" }]);
    expect((await poll(hours(2))).filed).toEqual(["changed"]);
  });

  test("at another address is asked for there, without what the old one said", async () => {
    const { server, moveTo, answer, poll } = await aCatalogue(databases);
    const old = { etag: '"7"', "last-modified": "Tue, 24 Nov 2026 07:00:00 GMT" };
    server.answer("/moved", { body: rss(server.origin, [notice("Alder", hours(-2))]), headers: old });
    server.answer("/feed", { status: 301, headers: { location: "/moved" } });
    for (const hour of [0, 1, 2, 3]) await poll(hours(hour));
    expect(server.asked.at(-1)?.path).toBe("/moved");
    await moveTo("/new", hours(4));
    answer("/new", [notice("Birch", hours(3.5)), notice("Elm", hours(40))]);
    expect(await poll(hours(4))).toMatchObject({ filed: ["new", "new"] });
    const { path, headers } = server.asked.at(-1)!;
    expect(path).toBe("/new");
    for (const name of ["if-none-match", "if-modified-since"]) expect(headers).not.toHaveProperty(name);
  });

  test("at a server that answers 304 for ever is read again within a day", async () => {
    const { server, poll } = await aCatalogue(databases);
    const headers = { etag: '"Sat, 16 Nov 2041 19:11:00 GMT"', "last-modified": "Sat, 16 Nov 2041 19:11:00 GMT" };
    server.answer("/feed", { body: rss(server.origin, [notice("Alder", hours(-2))]), headers });
    await poll(NOW);
    server.answer("/feed", { status: 304, headers });
    expect((await poll(hours(1))).filed).toBe("unchanged");
    server.answer("/feed", { body: rss(server.origin, [notice("Birch", hours(2))]), headers });
    expect((await poll(hours(24))).filed).toEqual(["new"]);
  });
});
