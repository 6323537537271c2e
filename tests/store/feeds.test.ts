import { expect, test } from "vitest";
import {
  claimDueFeeds,
  claimFeeds,
  dueFeedCount,
  FEED_LEASE_MS,
  feedStates,
  holdFeeds,
  letFeedsGo,
  readdressFeeds,
  registerFeeds,
  saveFeedState,
} from "#store/feeds.ts";
import { onEachEngine } from "#support/databases.ts";
import { minutes, NOON } from "#support/stored.ts";

onEachEngine("feeds", (databases) => {
  test("of the catalogue are due at once, and start anew when they return, but for what identifies their entries", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette", "courier"], NOON);
    const [courier] = await feedStates(db);
    await saveFeedState(db, { ...courier!, identity: "url", etag: '"7"', pausedAt: NOON, nextPollAt: minutes(10) });

    await registerFeeds(db, ["gazette"], minutes(1));
    expect((await feedStates(db)).map((state) => state.feedId)).toEqual(["gazette"]);

    await registerFeeds(db, ["gazette", "courier"], minutes(2));
    const states = await feedStates(db);
    expect(states[0]).toMatchObject({
      feedId: "courier",
      identity: "url",
      addedAt: minutes(2),
      etag: null,
      nextPollAt: minutes(2),
      pausedAt: null,
    });
    // Whoever still polls it knows nothing of that.
    expect(await saveFeedState(db, { ...courier!, etag: '"8"' })).toBe(false);
  });

  test("whose address is another start anew there, whatever was learned at the old one", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette", "courier"], NOON);
    const states = await feedStates(db);
    for (const state of states) {
      const learned = {
        address: "https://old.example/feed",
        etag: '"7"',
        movedTo: "https://x.example/",
        pausedAt: NOON,
      };
      await saveFeedState(db, { ...state, identity: "url", ...learned, nextPollAt: minutes(600), lastSuccessAt: NOON });
    }
    const at = (id: string, host: string) => ({ id, url: `https://${host}.example/feed` });
    await readdressFeeds(db, [at("gazette", "new"), at("courier", "old")], minutes(5));
    const [courier, gazette] = await feedStates(db);
    expect(courier).toMatchObject({ etag: '"7"', nextPollAt: minutes(600), pausedAt: NOON });
    expect(gazette).toMatchObject({
      identity: "url",
      addedAt: NOON,
      address: null,
      etag: null,
      movedTo: null,
      nextPollAt: minutes(5),
      lastSuccessAt: null,
      pausedAt: null,
    });
  });

  test("give back what was saved of them", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette"], NOON);
    const state = {
      feedId: "gazette",
      claim: 0,
      addedAt: NOON,
      address: "https://gazette.example/feed",
      identity: "guid" as const,
      etag: '"1"',
      lastModified: "Mon, 02 Mar 2026 11:00:00 GMT",
      answeredBy: "https://new.example/feed",
      wholeAt: minutes(-60),
      bodyHash: "ab12",
      knownEntries: ["mWkW9wqDLLA", "x_eR-0aQk2M"],
      comparedAt: minutes(-600),
      movedTo: "https://new.example/feed",
      redirect: { url: "https://newer.example/feed", polls: 2 },
      nextPollAt: minutes(30),
      lastPolledAt: NOON,
      lastSuccessAt: NOON,
      lastChangedAt: minutes(-60),
      failureCount: 3,
      failingSince: minutes(-90),
      failureReason: "It answered 503.",
      pausedAt: null,
      reportedAt: minutes(-5),
    };
    await saveFeedState(db, state);
    expect(await feedStates(db)).toEqual([state]);
  });

  test("that are due go to one worker, longest overdue first, until it saved them or its lease is over", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["a", "b", "c"], NOON);
    const states = await feedStates(db);
    await saveFeedState(db, { ...states[0]!, nextPollAt: minutes(-1) });
    await saveFeedState(db, { ...states[1]!, nextPollAt: minutes(-2) });
    const later = new Date(NOON.getTime() + FEED_LEASE_MS);
    await saveFeedState(db, { ...states[2]!, nextPollAt: later });

    const claimed = await claimDueFeeds(db, NOON, 10);
    expect(claimed.map((state) => state.feedId)).toEqual(["b", "a"]);
    expect(await claimDueFeeds(db, NOON, 10)).toEqual([]);

    await saveFeedState(db, { ...claimed[0]!, nextPollAt: NOON });
    expect((await claimDueFeeds(db, NOON, 10)).map((state) => state.feedId)).toEqual(["b"]);

    expect((await claimDueFeeds(db, later, 1)).map((state) => state.feedId)).toEqual(["a"]);
    expect((await claimDueFeeds(db, later, 9)).map((state) => state.feedId)).toEqual(["b", "c"]);
  });

  test("are held on by a worker that still polls them, and let go by one that stops", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["a", "b"], NOON);
    const [a, b] = await claimDueFeeds(db, NOON, 2);
    await holdFeeds(db, [a!], minutes(1));
    const lapsed = new Date(NOON.getTime() + FEED_LEASE_MS);
    expect(await claimDueFeeds(db, lapsed, 9)).toMatchObject([{ feedId: b!.feedId }]);
    await letFeedsGo(db, [a!, b!]);
    expect(await claimDueFeeds(db, lapsed, 9)).toMatchObject([{ feedId: a!.feedId }]);
  });

  test("that were saved are not held on to by mistake", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["a"], NOON);
    const [a] = await claimDueFeeds(db, NOON, 1);
    expect(await saveFeedState(db, a!)).toBe(true);
    await holdFeeds(db, [a!], NOON);
    expect(await claimDueFeeds(db, NOON, 1)).toHaveLength(1);
  });

  test("whose claim lapsed and went to another worker are the other's: the first changes nothing and frees nothing", async () => {
    const where = await databases.place();
    // On SQLite, where a folder has one worker, the same one is asked twice.
    const [first, second] = [await databases.open(where), await databases.open(where)];
    await registerFeeds(first.db, ["a", "b"], NOON);
    const late = await claimDueFeeds(first.db, NOON, 2);
    const lapsed = minutes(2);
    const [taken, kept] = await claimDueFeeds(second.db, lapsed, 2);
    const found = { ...taken!, etag: '"new"', nextPollAt: minutes(9) };
    expect(await saveFeedState(second.db, found)).toBe(true);

    for (const state of late) expect(await saveFeedState(first.db, { ...state, etag: '"old"' })).toBe(false);
    await holdFeeds(first.db, late, minutes(5));
    await letFeedsGo(first.db, late);
    expect(await claimDueFeeds(first.db, lapsed, 9)).toEqual([]);
    expect(new Set(await feedStates(first.db))).toEqual(new Set([found, kept]));
    expect(await claimDueFeeds(first.db, minutes(3), 9)).toMatchObject([{ feedId: kept!.feedId, claim: 3 }]);
  });

  test("are claimed before their time when all are asked for, but not from another worker", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["a", "b"], NOON);
    const [theirs] = await claimDueFeeds(db, NOON, 1);
    const mine = await claimFeeds(db, ["a", "b"], NOON);
    expect(mine).toMatchObject([{ feedId: theirs!.feedId === "a" ? "b" : "a", claim: 1 }]);
    await saveFeedState(db, { ...mine[0]!, nextPollAt: minutes(60) });
    expect(await claimFeeds(db, ["a", "b"], NOON)).toEqual([{ ...mine[0]!, claim: 2, nextPollAt: minutes(60) }]);
  });

  test("that are paused are not polled", async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["a"], NOON);
    const [state] = await feedStates(db);
    expect(await dueFeedCount(db, NOON)).toBe(1);
    await saveFeedState(db, { ...state!, pausedAt: NOON });
    expect(await claimDueFeeds(db, minutes(100), 10)).toEqual([]);
    expect(await dueFeedCount(db, minutes(100))).toBe(0);
  });

  test("claimed by many workers at once are each claimed by one", async () => {
    const { db } = await databases.open();
    await registerFeeds(
      db,
      Array.from({ length: 60 }, (_, at) => `feed-${at}`),
      NOON,
    );
    const shares = await Promise.all(Array.from({ length: 6 }, () => claimDueFeeds(db, NOON, 20)));
    const ids = shares.flat().map((state) => state.feedId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids, ...(await claimDueFeeds(db, NOON, 100)).map((state) => state.feedId)]).toHaveLength(60);
  });
});
