import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord.js";
import { destinationFrom, keyOf } from "#model/destination.ts";
import { AT_ONCE, destinationOf, EVERYTHING, type Manner } from "#model/subscription.ts";
import { saveArticle } from "#store/articles.ts";
import { type Db, openDatabase, transact } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { deliveryCounts } from "#store/outbox/deliveries.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision, assignArticle, openStory } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { saveTagging } from "#store/taggings.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import type { FaultPlan } from "#support/discord/faults.ts";
import { randomFrom } from "#support/random.ts";
import { article, story } from "#support/samples.ts";
import { type Owing, seenIn } from "./seen.ts";
import { fastClock } from "./time.ts";

/** What a run of chaos came to. `faults` is empty when every revision was seen exactly once, in order, everywhere. */
export type Outcome = {
  readonly owed: number;
  readonly seen: number;
  readonly faults: readonly string[];
  readonly violations: readonly string[];
  /** How often each kind of trouble was made. */
  readonly trouble: Readonly<Record<string, number>>;
};

/** How long what is still owed may take once the trouble has ended. */
const SETTLING_MS = 60_000;

/**
 * Owes posts to seven channels of every kind while Discord, the network, the database and the bot's own life fail at
 * random; then lets everything recover and compares what was owed with what is seen. The same seed owes the same posts and makes the same upsets; which request meets which fault hangs on their timing.
 */
export async function chaos({ seed, rounds }: { readonly seed: number; readonly rounds: number }): Promise<Outcome> {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-chaos-"));
  const epoch = Date.now();
  const clock = fastClock(epoch);
  const random = randomFrom(seed);
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db } = opening.database;
  const discord = await startDiscord({ clock });
  const bot = botOf(dataDir, discord, epoch);
  try {
    const owing = await settleIn(db, discord, clock);
    const trouble: Record<string, number> = {};
    // Requests come when they come: their dice are not those of the rounds, which so stay the same for a seed.
    discord.faults.plan = planOf(randomFrom(seed + 1_000_000), trouble);
    bot.start();
    const stories: { id: number; revision: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await owe(db, clock, random, stories, owing);
      await bot.connected();
      await pause(20 + random() * 200);
      await upset({ random, trouble, discord, bot, db, owing });
    }
    discord.faults.plan = null;
    for (const { channel } of owing) discord.deny(channel, 0n);
    await settled(db, bot);
    const faults = owing.flatMap((one) => seenIn(discord.world, one));
    const seen = owing.reduce((sum, one) => sum + one.owed.length, 0);
    const kept = Object.values(await deliveryCounts(db)).reduce((sum, count) => sum + count, 0);
    if (kept !== seen) faults.push(`${kept} deliveries are stored of ${seen}`);
    return {
      owed: seen,
      seen: seen - faults.length,
      faults: [...faults, ...bot.complaints],
      violations: discord.violations,
      trouble,
    };
  } finally {
    await bot.end();
    await discord.close();
    await opening.database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function settleIn(db: Db, discord: LoopbackDiscord, clock: () => Date): Promise<Owing[]> {
  await registerFeeds(db, ["gazette"], clock());
  const guild = discord.addGuild("chaos");
  const kinds: readonly [name: string, type: number, manner: Partial<Manner>][] = [
    ["one", 0, {}],
    ["two", 0, {}],
    ["announcements", 5, {}],
    ["forum", 15, {}],
    ["threads", 0, { threads: true }],
    ["digest", 0, { mode: "hourly" }],
    ["mentions", 0, { mention: "123456789012345678" }],
  ];
  const owing: Owing[] = [];
  for (const [name, type, manner] of kinds) {
    const channel = discord.addChannel(guild, name, { type });
    const wanted = {
      guildId: guild.id,
      destination: channel.id,
      filter: EVERYTHING,
      createdBy: null,
      manner: { ...AT_ONCE, ...manner },
    };
    const subscription = await createSubscription(db, wanted, clock());
    owing.push({ key: keyOf(destinationOf(subscription)), channel, digest: manner.mode !== undefined, owed: [] });
  }
  return owing;
}

/** A new story, or the next revision of one, owed to some of the channels. A digest tells a story once, as it stands: it gets first revisions only. */
async function owe(
  db: Db,
  clock: () => Date,
  random: () => number,
  stories: { id: number; revision: number }[],
  owing: readonly Owing[],
): Promise<void> {
  await transact(db, async (tx) => {
    const known = stories[Math.floor(random() * stories.length * 2)];
    const told = known ?? (await tellStory(tx, clock(), stories.length + 1));
    if (known === undefined) stories.push(told);
    else {
      told.revision += 1;
      await addRevision(tx, { storyId: told.id, number: told.revision, at: clock(), movements: [] });
    }
    const some = owing.filter(({ digest }) => random() < 0.5 && !(digest && told.revision > 1));
    await enqueue(
      tx,
      some.map(({ key }) => ({
        storyId: told.id,
        revision: told.revision,
        destination: destinationFrom(key),
        dueAt: clock(),
      })),
    );
    for (const { owed } of some) owed.push(`${told.id}:${told.revision}`);
  });
}

async function tellStory(tx: Db, now: Date, number: number): Promise<{ id: number; revision: number }> {
  const url = `https://gazette.example/chaos-${number}`;
  const { id: _, ...told } = article({
    keys: [`url:${url}`],
    url,
    canonicalUrl: url,
    title: `Development ${number}`,
    firstSeenAt: now,
  });
  const saved = await saveArticle(tx, told);
  await saveTagging(tx, saved.article.id, { relevant: true, support: 1, hold: null, tags: [] });
  const {
    id: __,
    sagaId: ___,
    ...rest
  } = story({ title: `Development ${number}`, leadArticleId: saved.article.id, lastArticleAt: now });
  const opened = await openStory(tx, rest, null);
  await assignArticle(tx, saved.article.id, opened.id);
  await addRevision(tx, { storyId: opened.id, number: 1, at: now, movements: [] });
  return { id: opened.id, revision: 1 };
}

/** What a request may meet. Reading, posting and logging in fail alike. */
function planOf(random: () => number, trouble: Record<string, number>): FaultPlan {
  const when = () => (random() < 0.5 ? ("before" as const) : ("after" as const));
  return (route) => {
    const chance = random();
    const loggingIn = route === "GET /gateway/bot" || route.includes("/applications/");
    if (chance > (loggingIn ? 0.05 : 0.3)) return null;
    const kind = Math.floor(random() * 6);
    const name = ["502", "cut", "time-out", "429 user", "429 shared", "429 global"][kind] ?? "";
    trouble[name] = (trouble[name] ?? 0) + 1;
    if (kind === 0) return { kind: "status", status: 502, when: when() };
    if (kind === 1) return { kind: "cut", when: when() };
    if (kind === 2) return { kind: "hang", when: when() };
    const scope = (["user", "shared", "global"] as const)[kind - 3] ?? "user";
    return { kind: "rate-limit", scope, retryAfterMs: 20 + random() * 80 };
  };
}

type Scene = {
  readonly random: () => number;
  readonly trouble: Record<string, number>;
  readonly discord: LoopbackDiscord;
  readonly bot: ChaosBot;
  readonly db: Db;
  readonly owing: readonly Owing[];
};

async function upset({ random, trouble, discord, bot, db, owing }: Scene): Promise<void> {
  const channel = owing[Math.floor(random() * owing.length)]!.channel;
  const lost =
    [
      PermissionFlagsBits.SendMessages | PermissionFlagsBits.SendMessagesInThreads,
      PermissionFlagsBits.ViewChannel,
      PermissionFlagsBits.EmbedLinks,
    ][Math.floor(random() * 3)] ?? 0n;
  const troubles: readonly [name: string, weight: number, make: () => void | Promise<void>][] = [
    ["nothing", 4, () => {}],
    ["SIGKILL", 2, () => bot.kill()],
    ["gateway drop", 1, () => discord.gateway.drop()],
    ["op 7", 1, () => discord.gateway.askToReconnect()],
    ["op 9", 1, () => discord.gateway.invalidate()],
    ["permission lost", 2, () => discord.deny(channel, lost)],
    [
      "permissions restored",
      3,
      () => owing.forEach((one) => void (one.channel.deny !== 0n && discord.deny(one.channel, 0n))),
    ],
    ["clock wrong by ten years, or right again", 3, () => bot.turnClock()],
    ["database busy", 1, () => transact(db, () => pause(200))],
  ];
  let at = random() * troubles.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight, make] of troubles) {
    at -= weight;
    if (at > 0) continue;
    trouble[name] = (trouble[name] ?? 0) + 1;
    await make();
    return;
  }
}

type ChaosBot = {
  start(): void;
  /** Resolves when the bot that runs now, or the next one, has logged in. */
  connected(): Promise<void>;
  kill(): void;
  /** Puts the clock of the bot's machine ten years ahead, then as much behind, then right. */
  turnClock(): void;
  end(): Promise<void>;
  readonly complaints: readonly string[];
};

/** Runs the bot, and starts it anew whenever it ended, as any supervisor would. */
function botOf(dataDir: string, discord: LoopbackDiscord, epoch: number): ChaosBot {
  const program = new URL("./bot.ts", import.meta.url).pathname;
  const complaints: string[] = [];
  let child: ChildProcess | null = null;
  let over = false;
  let loggedIn = Promise.withResolvers<void>();
  const start = () => {
    if (over) return;
    const born = spawn(process.execPath, [program, dataDir, discord.api, discord.token, String(epoch)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    born.stderr
      .setEncoding("utf8")
      .on("data", (text: string) =>
        complaints.push(...text.split("\n").filter((line) => /a tick failed|Error:/.test(line))),
      );
    born.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("connected")) loggedIn.resolve();
    });
    child = born;
    born.on("close", () => setTimeout(start, 20));
  };
  return {
    start,
    connected: () => loggedIn.promise,
    kill() {
      loggedIn = Promise.withResolvers<void>();
      child?.kill("SIGKILL");
    },
    turnClock: () => void child?.kill("SIGUSR2"),
    async end() {
      over = true;
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "close");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
    complaints,
  };
}

async function settled(db: Db, bot: ChaosBot): Promise<void> {
  const deadline = Date.now() + SETTLING_MS;
  for (;;) {
    const { due, held } = await deliveryCounts(db);
    if (due === 0 && held === 0) return;
    if (Date.now() > deadline)
      throw new Error(
        `${due} deliveries still due and ${held} held a minute after the trouble ended: ${bot.complaints.slice(-5).join("; ")}`,
      );
    await pause(50);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
