import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectDiscord } from "#discord/client.ts";
import type { DiscordPoster } from "#discord/poster.ts";
import { type Db, openDatabase } from "#store/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { PACK } from "#support/discord/bot.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { card } from "#support/samples.ts";

const clock = () => new Date();
const quiet = { error: () => {}, warn: () => {}, info: () => {} };

let dataDir: string;
let db: Db;
let discord: LoopbackDiscord;
let close: () => Promise<void>;
const bots: DiscordPoster[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "policywire-gateway-"));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  ({ db, close } = opening.database);
  await registerFeeds(db, [], clock());
  discord = await startDiscord();
});

afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.close();
  await discord.close();
  await close();
  rmSync(dataDir, { recursive: true });
});

async function connect(stopped: (reason: string) => void = () => {}): Promise<DiscordPoster> {
  const { api, token } = discord;
  const connected = await connectDiscord({ token, api, db, pack: PACK, clock, log: quiet, stopped });
  if (connected.kind === "refused") throw new Error(connected.reason);
  bots.push(connected.bot);
  return connected.bot;
}

it("answers at once though another server is unavailable at the start", async () => {
  const channel = discord.addChannel(discord.addGuild("here"), "news");
  discord.addGuild("away", { available: false });
  const started = performance.now();
  await connect();
  expect(performance.now() - started).toBeLessThan(10_000);
  expect((await discord.people.type("points", {}, { channel })).message).not.toBeNull();
});

it("posts to a server that the gateway has not told about", async () => {
  const channel = discord.addChannel(discord.addGuild("away", { available: false }), "forum", { type: 15 });
  const bot = await connect();
  const claim = { deliveryId: 1, storyId: 7, revision: 1, destination: channel.id, attempts: 1, messageId: null };
  expect((await bot.post(claim, card())).kind).toBe("posted");
});

it("stops and says so when the token is refused, and sends nothing any more", async () => {
  const channel = discord.addChannel(discord.addGuild("here"), "news");
  const reasons: string[] = [];
  const bot = await connect((reason) => reasons.push(reason));
  discord.revokeToken();
  await expect.poll(() => reasons).toEqual([expect.stringContaining("DISCORD_TOKEN")]);
  const claim = { deliveryId: 1, storyId: 7, revision: 1, destination: channel.id, attempts: 1, messageId: null };
  const requests = discord.received.length;
  expect((await bot.post(claim, card())).kind).toBe("retry");
  expect(discord.received).toHaveLength(requests);
});

it("hears from a refused post, too, that the token is refused", async () => {
  const channel = discord.addChannel(discord.addGuild("here"), "news");
  const reasons: string[] = [];
  const bot = await connect((reason) => reasons.push(reason));
  discord.world.revoked = true;
  const claim = { deliveryId: 1, storyId: 7, revision: 1, destination: channel.id, attempts: 1, messageId: null };
  expect((await bot.post(claim, card())).kind).toBe("retry");
  expect(reasons).toHaveLength(1);
});

it("writes its commands again only when they differ", async () => {
  await connect();
  await connect();
  expect(discord.world.registrations).toBe(1);
  const known = discord.world.commands.get("global") ?? [];
  discord.world.commands.set("global", known.slice(1));
  await connect();
  expect(discord.world.registrations).toBe(2);
  expect(discord.violations).toEqual([]);
});
