import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { createFetcher, type Fetcher } from "#pipeline/fetch/fetch.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { claimDueFeeds, dueFeedCount, feedStates, registerFeeds, saveFeedState } from "#store/feeds.ts";
import { claimDue } from "#store/outbox/claims.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { hours, NOW } from "#support/samples.ts";
import { agendaOf, dueAgenda } from "#worker/agenda.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { pollRound } from "#worker/round.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";

let folder: string;
let server: FeedServer;
let database: Database;
let fetcher: Fetcher;
let now: Date;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "policywire-round-"));
  server = await startFeedServer();
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
  now = NOW;
  const pace = { concurrency: 9, intervalMs: 0 };
  fetcher = createFetcher({ userAgent: "Policywire/test", allowNetworks: ["127.0.0.0/8"], clock: () => now, pace });
});

afterEach(async () => {
  await fetcher.close();
  await database.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

async function worldOf(paths: readonly string[]): Promise<{ world: World; told: string[]; bugs: unknown[] }> {
  const feeds = paths.map((path) => ({ id: path.slice(1), url: server.origin + path }));
  const loaded = loadPack(writePack(join(folder, "pack"), feeds));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  await registerFeeds(
    database.db,
    feeds.map(({ id }) => id),
    now,
  );
  const told: string[] = [];
  const bugs: unknown[] = [];
  const world: World = {
    db: database.db,
    pack: loaded.pack,
    rules: compileRules(loaded.pack),
    fetcher,
    mayAsk: async () => true,
    readPage: async (article) => article,
    stories: createIndexKeeper(loaded.pack),
    memory: createStoryMemory(loaded.pack),
    stop: new AbortController().signal,
    clock: () => now,
    random: () => 0,
    tell: (sentence) => told.push(sentence),
    bug: (_, error) => bugs.push(error),
  };
  return { world, told, bugs };
}

const round = async (world: World) => {
  const ids = (await feedStates(world.db)).map(({ feedId }) => feedId);
  return pollRound(agendaOf(world, ids), world, () => {});
};

const entry = {
  id: "a",
  title: "Department weighs AI penalty",
  text: "A civil penalty for an AI model.",
  at: hours(-1),
};

test("a feed that fails for a day is told to the operators once, and again after a week", async () => {
  const { world, told } = await worldOf(["/good", "/bad"]);
  server.answer("/good", { body: rss(server.origin, [entry]) });
  server.answer("/bad", { status: 403 });
  const after = async (count: number) => {
    now = hours(count);
    await round(world);
    return told.length;
  };
  expect([await after(0), await after(23), await after(25), await after(48), await after(200)]).toEqual([
    0, 0, 1, 1, 2,
  ]);
  expect(told[0]).toBe(
    `The bad (${server.origin}/bad) has not been read for a day: The server answered 403 Forbidden. It is tried again daily.`,
  );
  const states = await feedStates(database.db);
  expect(states.find(({ feedId }) => feedId === "bad")).toMatchObject({ failureCount: 5, failingSince: NOW });
  expect(states.find(({ feedId }) => feedId === "good")).toMatchObject({ failureCount: 0, failureReason: null });
});

test("when no host at all is reached the outage is ours, and counts against no feed", async () => {
  const { world } = await worldOf(["/one"]);
  const feed = world.pack.feeds[0]!;
  const nowhere = await Promise.all([1, 2, 3].map(() => startFeedServer()));
  const feeds = nowhere.map(({ origin }, index) => ({ ...feed, id: `feed${index}`, url: `${origin}/feed` }));
  await Promise.all(nowhere.map((each) => each.close()));
  await registerFeeds(
    database.db,
    feeds.map(({ id }) => id),
    now,
  );
  const outcome = await round({ ...world, pack: { ...world.pack, feeds } });
  expect(outcome).toMatchObject({ offline: true, read: 0 });
  expect(outcome.failures).toHaveLength(3);
  for (const state of await feedStates(database.db))
    expect(state).toMatchObject({ failureCount: 0, failingSince: null });
});

test("a host that cannot be reached fails by itself as soon as another answers", async () => {
  const { world } = await worldOf(["/good"]);
  server.answer("/good", { body: rss(server.origin, [entry]) });
  const good = world.pack.feeds[0]!;
  const nowhere = await Promise.all([1, 2, 3].map(() => startFeedServer()));
  const dead = nowhere.map(({ origin }, index) => ({ ...good, id: `dead${index}`, url: `${origin}/feed` }));
  await Promise.all(nowhere.map((each) => each.close()));
  const feeds = [...dead, good];
  await registerFeeds(
    database.db,
    feeds.map(({ id }) => id),
    now,
  );
  expect(await round({ ...world, pack: { ...world.pack, feeds } })).toMatchObject({ offline: false, read: 1 });
  const failures = (await feedStates(database.db)).map(({ feedId, failureCount }) => [feedId, failureCount]);
  expect(Object.fromEntries(failures)).toEqual({ dead0: 1, dead1: 1, dead2: 1, good: 0 });
});

test("a round in an outage of our own ends before a thousand time-outs", async () => {
  const { world } = await worldOf(["/good"]);
  const good = world.pack.feeds[0]!;
  const feeds = Array.from({ length: 1_000 }, (_, index) => ({
    ...good,
    id: `f${index}`,
    url: `http://h${index}.example/`,
  }));
  const offline = { kind: "failed", reason: "no network", network: true, status: null } as const;
  await registerFeeds(
    database.db,
    feeds.map(({ id }) => id),
    now,
  );
  const cutOff: World = { ...world, pack: { ...world.pack, feeds }, fetcher: { ...fetcher, get: async () => offline } };
  const outcome = await pollRound(await dueAgenda(cutOff), cutOff, () => {});
  expect(outcome.offline).toBe(true);
  expect(outcome.failures.length).toBeLessThan(250);
  expect(await dueFeedCount(database.db, now)).toBe(1_000 - outcome.failures.length);
});

test("what is due is claimed a few feeds at a time, and let go of when the program ends", async () => {
  const { world } = await worldOf(["/a"]);
  const good = world.pack.feeds[0]!;
  const feeds = Array.from({ length: 40 }, (_, index) => ({ ...good, id: `f${index}` }));
  await registerFeeds(
    database.db,
    feeds.map(({ id }) => id),
    now,
  );
  const stop = new AbortController();
  const left: number[] = [];
  const ending: World = {
    ...world,
    pack: { ...world.pack, feeds },
    stop: stop.signal,
    fetcher: {
      ...fetcher,
      get: async () => {
        left.push(await dueFeedCount(database.db, now));
        stop.abort();
        return { kind: "failed", reason: "cut off", network: true, status: null };
      },
    },
  };
  await pollRound(await dueAgenda(ending), ending, () => {});
  expect(left[0]).toBe(24);
  expect(await dueFeedCount(database.db, now)).toBe(40);
});

test("a worker that lost its claim while it polled files what it read, and leaves the feed's state to the one that has it", async () => {
  const { world } = await worldOf(["/good"]);
  server.answer("/good", { body: rss(server.origin, [entry]) });
  const frozen: World = {
    ...world,
    fetcher: {
      ...fetcher,
      get: async (request) => {
        const answer = await fetcher.get(request);
        now = hours(1);
        const [taken] = await claimDueFeeds(database.db, now, 1);
        await saveFeedState(database.db, { ...taken!, etag: '"theirs"', nextPollAt: hours(5) });
        return answer;
      },
    },
  };
  expect(await pollRound(await dueAgenda(frozen), frozen, () => {})).toMatchObject({ read: 1, articlesNew: 1 });
  expect(await feedStates(database.db)).toMatchObject([{ etag: '"theirs"', bodyHash: null, nextPollAt: hours(5) }]);
});

test("a document that moves a story twice owes one post, of its last state", async () => {
  now = hours(-2);
  const { world } = await worldOf(["/good"]);
  const wanted = { guildId: null, destination: "terminal", filter: EVERYTHING, createdBy: null };
  await createSubscription(database.db, wanted, hours(-3));
  server.answer("/good", { body: rss(server.origin, []) });
  await round(world);
  now = NOW;
  const first = {
    id: "a",
    title: "Department weighs penalty on Corvane over AI audit",
    text: "The department weighs a civil penalty on Corvane, which has refused an AI audit in Washington.",
    at: hours(-1),
  };
  const later = {
    id: "b",
    title: "Department imposes penalty on Corvane over AI audit",
    text: "Corvane is to pay the civil penalty within a month. The department imposes it after the audit was refused.",
    at: hours(-0.5),
  };
  server.answer("/good", { body: rss(server.origin, [later, first]) });
  expect(await round(world)).toMatchObject({ articlesNew: 2, storiesOpened: 1 });
  expect(await claimDue(database.db, now, 10)).toMatchObject([{ revision: 2, destination: "terminal" }]);
});

test("a store that fails while a feed is read is no fault of the feed", async () => {
  const { world, bugs } = await worldOf(["/good"]);
  server.answer("/good", { body: rss(server.origin, [entry]) });
  const rename = (from: string, to: string) =>
    sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(database.db);
  const away: World = {
    ...world,
    fetcher: {
      ...fetcher,
      async get(request) {
        await rename("feeds", "gone");
        return fetcher.get(request);
      },
    },
  };
  await expect(round(away)).rejects.toThrow("feeds");
  await rename("gone", "feeds");
  expect(bugs).toEqual([]);
  expect(await feedStates(database.db)).toMatchObject([{ failureCount: 0 }]);
});

test("a bug met in one feed fails that feed and no other", async () => {
  const { world, bugs } = await worldOf(["/good", "/cursed"]);
  for (const path of ["/good", "/cursed"]) server.answer(path, { body: rss(server.origin, [entry]) });
  const cursed: World = {
    ...world,
    fetcher: {
      ...fetcher,
      get: (request) => (request.url.endsWith("cursed") ? Promise.reject(new Error("boom")) : fetcher.get(request)),
    },
  };
  const outcome = await round(cursed);
  expect(outcome).toMatchObject({ read: 1, articlesNew: 1 });
  expect(outcome.failures.map(({ feed }) => feed.id)).toEqual(["cursed"]);
  expect(bugs).toEqual([new Error("boom")]);
});

test("a transaction that failed leaves nothing behind, and the index of stories starts over", async () => {
  const { world } = await worldOf(["/good"]);
  server.answer("/good", { body: rss(server.origin, [entry]) });
  const fails: World = {
    ...world,
    stories: {
      ...world.stories,
      placed: (...placed) => {
        world.stories.placed(...placed);
        throw new Error("the disk is full");
      },
    },
  };
  expect((await round(fails)).failures).toHaveLength(1);
  expect(await round(world)).toMatchObject({ read: 1, articlesNew: 1, storiesOpened: 1 });
});

test("a first poll of much that was published since the feed was listed owes no more than a preview", async () => {
  now = hours(-2);
  const { world } = await worldOf(["/good"]);
  const wanted = { guildId: "g", destination: "here", filter: EVERYTHING, createdBy: null };
  await createSubscription(database.db, wanted, hours(-3));
  now = NOW;
  const entries = Array.from({ length: 40 }, (_, at) => ({
    id: `${at}`,
    title: `Department weighs AI penalty number ${at}`,
    text: `A civil penalty for AI model ${at}.`,
    at: hours(-1.9 + at / 100),
  }));
  // Each is a story of its own, however alike they are.
  const alone = { storyId: null, sagaId: null, because: null };
  const stories: World["stories"] = {
    ...world.stories,
    current: async (tx, at) => ({ ...(await world.stories.current(tx, at)), place: () => alone }),
  };
  server.answer("/good", { body: rss(server.origin, entries) });
  expect(await round({ ...world, stories })).toMatchObject({ articlesNew: 40, storiesOpened: 40 });
  const owed = await database.db.selectFrom("deliveries").selectAll().execute();
  expect(owed).toHaveLength(10);
});
