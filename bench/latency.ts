import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPack } from "#pack/pack.ts";
import { openDatabase } from "#store/engine/database.ts";
import { startDiscord } from "#support/discord/discord.ts";
import { fill } from "#support/latency/fill.ts";
import { optionsOf } from "./options.ts";
import { policyNews } from "./scale/matters.ts";

/** Times the answers to people, at a Discord on loopback, over a full store and while feeds bring 30 new articles a second. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("latency", args, { articles: "100000", rounds: "50" });
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-latency-"));
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the pack is wrong");
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const feeds = newsServer();
  const discord = await startDiscord();
  try {
    await fill(opening.database.db, loaded.pack, Number(values.articles), new Date());
    await opening.database.close();
    const where = { channel: discord.addChannel(discord.addGuild("latency"), "news") };
    const program = new URL("../tests/support/latency/bot.ts", import.meta.url).pathname;
    const bot = spawn(process.execPath, [program, dataDir, discord.api, discord.token, await feeds.origin], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    bot.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    while (!printed.includes("refreshing")) {
      if (bot.exitCode !== null) throw new Error("the bot ended");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { people } = discord;
    const story = Math.floor(Number(values.articles) / 6);
    const [point = ""] = loaded.pack.points.map(({ id }) => id);
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
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const [name, ask] of Object.entries(asked)) times.get(name)?.push((await ask()).ms);
    }
    const ended = once(bot, "close");
    bot.kill("SIGTERM");
    await ended;
    process.stdout.write(
      `${values.articles} articles, ${printed.match(/refreshed \d+/)?.[0] ?? ""} articles meanwhile; milliseconds to the answer:\n`,
    );
    for (const [name, list] of times) {
      const sorted = list.sort((a, b) => a - b);
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(0).padStart(6);
      process.stdout.write(`${name.padEnd(16)} p50${at(0.5)}  p99${at(0.99)}  max${at(1)}\n`);
    }
    for (const violation of discord.violations) process.stdout.write(`${violation}\n`);
  } finally {
    await discord.close();
    feeds.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Feeds that bring 30 entries nobody has seen at every request, each about another matter. */
function newsServer(): { readonly origin: Promise<string>; close(): void } {
  let count = 0;
  const server = createServer((request, response) => {
    const items = Array.from({ length: 30 }, () => {
      count += 1;
      const [title, text] = policyNews(count);
      return `<item><guid>${request.url}-${count}</guid><title>${title}</title><link>https://news.example/${count}</link><description>${text}</description><pubDate>${new Date().toUTCString()}</pubDate></item>`;
    });
    response
      .writeHead(200, { "content-type": "application/rss+xml" })
      .end(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items.join("")}</channel></rss>`);
  });
  const origin = new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  return { origin, close: () => void server.close() };
}
