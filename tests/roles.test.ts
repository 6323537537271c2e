import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keysFrom, newKey } from "#destinations/seal.ts";
import { EVERYTHING } from "#model/subscription.ts";
import type { Database, Where } from "#store/engine/database.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { type Program, startProgram } from "#support/program.ts";
import { startHttpReceiver } from "#support/receivers/http.ts";
import { addNamed, SECRET } from "#support/receivers/named.ts";

let folder: string;
let server: FeedServer;
let discord: LoopbackDiscord;
const started: Program[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "policywire-roles-"));
  server = await startFeedServer();
  discord = await startDiscord();
});

afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await Promise.all(started.splice(0).map(({ ended }) => ended));
  await discord.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

const FEEDS = ["courier", "ledger", "beacon", "herald", "gazette", "monitor"];

/** Feeds that list one old article each. */
function publish(): string {
  for (const id of FEEDS) server.answer(`/${id}`, { body: rss(server.origin, [OLD(id)]), conditional: true });
  return writePack(
    join(folder, "pack"),
    FEEDS.map((id) => ({ id, url: `${server.origin}/${id}` })),
  );
}

const OLD = (id: string) => ({
  id: `old-${id}`,
  title: `The ${id} looks back on its year`,
  text: "An almanac of tides and of trains.",
  at: new Date(Date.now() - 9 * 86_400_000),
});

const NEWS = {
  id: "standoff",
  title: "Department weighs civil penalty against AI developer as audit talks stall",
  text: "The Department of Commerce is considering a civil penalty against a frontier model developer over the scope of audits.",
};

/** Starts a role on a store, with a token; `bare` without. */
function start(role: string, where: Where, pack: string, bot: Record<string, string> = tokens()): Program {
  const options = role === "migrate" ? [] : ["--pack", pack];
  const database = where.url === null ? { POLICYWIRE_DATA: where.dataDir } : { DATABASE_URL: where.url };
  const program = startProgram([role, ...options], { ...bot, ...database });
  started.push(program);
  return program;
}

const tokens = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API: discord.api });

const makeDue = ({ db }: Database) => db.updateTable("feeds").set({ next_poll_at: 0 }).execute();

onEachEngine("the roles", (databases) => {
  test.runIf(databases.engine === "postgres")("workers poll and post what a bot was asked for, each once", async () => {
    const where = await databases.place();
    const pack = publish();
    const channel = discord.addChannel(discord.addGuild("Policy team"), "news");
    expect(await start("migrate", where, pack).ended).toBe(0);

    const first = start("worker", where, pack);
    const bot = start("bot", where, pack);
    await Promise.all([first.says("round ended"), bot.says("the bot answers")]);
    const preview = await discord.people.type("follow", { point: "penalties" }, { channel });
    await discord.people.press(preview.message!, "Follow", { channel });
    first.child.kill("SIGTERM");
    expect(await first.ended, first.errors()).toBe(0);
    expect(server.asked).toHaveLength(FEEDS.length);

    const news = { ...NEWS, at: new Date(Date.now() + 5_000) };
    for (const id of FEEDS)
      server.answer(`/${id}`, { body: rss(server.origin, [{ ...news, id: `${id}-${news.id}` }]) });
    await makeDue(await databases.open(where));
    const workers = Array.from({ length: 3 }, () => start("worker", where, pack));
    const shown = () => discord.messagesIn(channel).length;
    const polls = () => server.asked.length;
    await expect.poll(polls).toBe(2 * FEEDS.length);
    await expect.poll(shown).toBe(1);
    for (const program of [...workers, bot]) {
      program.child.kill("SIGTERM");
      expect(await program.ended, program.errors()).toBe(0);
    }
    expect([polls(), shown()]).toEqual([2 * FEEDS.length, 1]);
    expect(discord.violations).toEqual([]);
  });

  test("a worker without a token posts to other destinations, one of many on a server", async () => {
    const where = await databases.place();
    const pack = publish();
    await using receiver = await startHttpReceiver();
    const key = { POLICYWIRE_KEY: newKey(), LOG_LEVEL: "info" };
    expect(await start("migrate", where, pack).ended).toBe(0);
    const { db } = await databases.open(where);
    const settings = { url: receiver.origin, secret: SECRET };
    const desk = await addNamed(db, "desk", settings, { keys: keysFrom(key.POLICYWIRE_KEY) ?? [] });
    await createSubscription(
      db,
      { guildId: null, destination: desk, filter: { ...EVERYTHING, points: ["penalties"] }, createdBy: null },
      new Date(),
    );
    const first = start("worker", where, pack, key);
    await first.says("round ended");
    const news = { ...NEWS, at: new Date(Date.now() + 5_000) };
    for (const id of FEEDS)
      server.answer(`/${id}`, { body: rss(server.origin, [{ ...news, id: `${id}-${news.id}` }]) });
    const workers = databases.engine === "sqlite" ? [first] : [first, start("worker", where, pack, key)];
    await makeDue({ db } as Database);
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
    await expect.poll(() => server.asked.length).toBe(2 * FEEDS.length);
    for (const { child } of workers) child.kill("SIGTERM");
    for (const program of workers) expect(await program.ended, program.errors()).toBe(0);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ type: "story.posted", data: { title: NEWS.title } });
  });

  test("one bot follows another: the new one waits until the old one has ended, and ends itself when it is overtaken", async () => {
    const where = await databases.place();
    const pack = publish();
    expect(await start("migrate", where, pack).ended).toBe(0);
    const old = start("bot", where, pack);
    await old.says("the bot answers");
    const next = start("bot", where, pack);
    await next.says("another bot is at work on this store");
    old.child.kill("SIGTERM");
    expect(await old.ended, old.errors()).toBe(0);
    await next.says("the bot answers");
    if (databases.engine === "sqlite") return;
    const { db } = await databases.open(where);
    await db
      .updateTable("turns")
      .set({ next_at: Date.now() + 60_000 })
      .where("key", "=", "the bot")
      .execute();
    expect(await next.ended).toBe(1);
    expect(next.errors()).toContain("Another bot is at work on this store");
  });

  test.runIf(databases.engine === "sqlite")(
    "that are one of many wait for a migration, and cannot do without a token",
    async () => {
      const where = await databases.place();
      const pack = publish();
      const refusals = (programs: readonly Program[]) =>
        Promise.all(
          programs.map(async (program) => {
            expect(await program.ended).toBe(1);
            return program.errors();
          }),
        );
      for (const refusal of await refusals(["worker", "bot"].map((role) => start(role, where, pack))))
        expect(refusal).toMatch(/ is empty: run `policywire migrate` first, once\.\n$/);
      const migrated = start("migrate", where, pack);
      expect(await migrated.ended).toBe(0);
      expect(migrated.output()).toMatch(/^The database is up to date \(schema \d+\)\.\n$/);
      const mute = ["worker", "bot"].map((role) => start(role, where, pack, {}));
      // On one folder two workers would meet at the lock.
      const mistaken = await refusals([
        start("bot", where, pack, { ...tokens(), DISCORD_TOKEN: "wrong.token.indeed" }),
      ]);
      for (const refusal of await refusals(mute)) expect(refusal).toMatch(/^DISCORD_TOKEN is not set: .+\n$/);
      expect(mistaken[0]).toMatch(/token/);
      expect(mistaken[0]).not.toContain("wrong.token.indeed");
    },
  );
});
