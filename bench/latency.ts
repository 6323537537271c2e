import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { fill } from "#support/latency/fill.ts";
import { percentile } from "./figures.ts";
import { inFolder, optionsOf } from "./options.ts";
import { feedWith } from "./scale/feeds.ts";
import { policyNews } from "./scale/matters.ts";
import { inStore } from "./scale/store.ts";

/** Times the answers to people, at a Discord on loopback, over a full store and while feeds bring 30 new articles a second. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("latency", args, { articles: "100000", rounds: "50" });
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the pack is wrong");
  const { pack } = loaded;
  const articles = Number(values.articles);
  const discord = await startDiscord();
  try {
    await inFolder("latency", async (dataDir) => {
      await inStore({ url: null, dataDir }, (db) => fill(db, pack, articles, new Date()));
      const { times, printed } = await withBot(dataDir, discord, () =>
        ask(discord, pack, articles, Number(values.rounds)),
      );
      const meanwhile = printed.match(/refreshed \d+/)?.[0] ?? "";
      process.stdout.write(`${articles} articles, ${meanwhile} articles meanwhile; milliseconds to the answer:\n`);
      for (const [name, list] of times) {
        const at = (share: number) => percentile(list, share).toFixed(0).padStart(6);
        process.stdout.write(`${name.padEnd(16)} p50${at(0.5)}  p99${at(0.99)}  max${at(1)}\n`);
      }
    });
    for (const violation of discord.violations) process.stdout.write(`${violation}\n`);
  } finally {
    await discord.close();
  }
}

/** Works while the bot answers and refreshes, in a process of its own; and what the bot printed. */
async function withBot(
  dataDir: string,
  discord: LoopbackDiscord,
  work: () => Promise<Times>,
): Promise<{ readonly times: Times; readonly printed: string }> {
  const feeds = newsServer();
  const program = new URL("../tests/support/latency/bot.ts", import.meta.url).pathname;
  const bot = spawn(process.execPath, [program, dataDir, discord.api, discord.token, await feeds.origin], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  bot.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  try {
    while (!printed.includes("refreshing")) {
      if (bot.exitCode !== null) throw new Error("the bot ended");
      await pause(50);
    }
    const times = await work();
    const ended = once(bot, "close");
    bot.kill("SIGTERM");
    await ended;
    return { times, printed };
  } finally {
    bot.kill("SIGKILL");
    feeds.close();
  }
}

/** Milliseconds to each answer, by what was asked. */
type Times = ReadonlyMap<string, readonly number[]>;

async function ask(discord: LoopbackDiscord, pack: Pack, articles: number, rounds: number): Promise<Times> {
  const { people } = discord;
  const where = { channel: discord.addChannel(discord.addGuild("latency"), "news") };
  const story = Math.floor(articles / 6);
  const [point = ""] = pack.points.map(({ id }) => id);
  const asked: Readonly<Record<string, () => Promise<{ ms: number }>>> = {
    "/latest": () => people.type("latest", {}, where),
    "/latest point": () => people.type("latest", { point, since: "365d" }, where),
    "/search": () => people.type("search", { query: "penalty district" }, where),
    "/search ranked": () => people.type("search", { query: "penalty developer", order: "ranked" }, where),
    autocomplete: () => people.complete("follow", "point", "a", where),
    "/why": () => people.type("why", { story }, where),
    "/story": () => people.type("story", { story }, where),
    "/follow": () => people.type("follow", { point, not: "licence" }, where),
    "/status": () => people.type("status", {}, where),
  };
  const times = new Map<string, number[]>(Object.keys(asked).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, once] of Object.entries(asked)) times.get(name)?.push((await once()).ms);
  }
  return times;
}

/** Feeds that bring 30 entries nobody has seen at every request, each about another matter. */
function newsServer(): { readonly origin: Promise<string>; close(): void } {
  let count = 0;
  const server = createServer((_, response) => {
    const fresh = Array.from({ length: 30 }, () => ++count);
    response
      .writeHead(200, { "content-type": "application/rss+xml" })
      .end(feedWith(fresh.map((number) => [policyNews(number), number])));
  });
  const origin = new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  return { origin, close: () => void server.close() };
}
