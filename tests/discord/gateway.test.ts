import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectDiscord } from "#discord/client.ts";
import type { DiscordPoster } from "#discord/poster.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { type Db, openDatabase } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { PACK } from "#support/discord/bot.ts";
import { type Channel, type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
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

async function connect(
  stopped: (reason: string) => void = () => {},
  operatorsChannel: string | null = null,
  warn: (message: string) => void = () => {},
): Promise<DiscordPoster> {
  const { api, token } = discord;
  const log = { ...quiet, warn };
  const connected = await connectDiscord({ token, api, db, pack: PACK, clock, log, stopped, operatorsChannel });
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
  expect((await bot.post(claimOn(channel), card())).kind).toBe("posted");
});

const claimOn = (channel: Channel) => ({
  deliveryId: 1,
  storyId: 7,
  revision: 1,
  destination: channel.id,
  attempts: 1,
  messageId: null,
  sagaMessageId: null,
});

/** All that is sent to a channel because it is owed to it. */
const owed = (bot: DiscordPoster, channel: Channel, messageId: string) => {
  const claim = claimOn(channel);
  const digest = { subscriptionId: 1, mode: "daily" as const, cards: [card()], folded: 0 };
  return {
    post: () => bot.post(claim, card()),
    digest: () => bot.postDigest({ ...claim, deliveryId: 2 }, digest),
    overflow: () => bot.postOverflow({ ...claim, deliveryId: 3 }, 9),
    edit: () => bot.edit({ ...claim, messageId, editDueAt: clock() }, card()),
  };
};

it("stops and says so when the token is refused, and sends nothing any more", async () => {
  const channel = discord.addChannel(discord.addGuild("here"), "news");
  const reasons: string[] = [];
  const bot = await connect((reason) => reasons.push(reason), channel.id);
  const first = await bot.post(claimOn(channel), card());
  discord.revokeToken();
  await expect.poll(() => reasons).toEqual([expect.stringContaining("DISCORD_TOKEN")]);
  const requests = discord.received.length;
  bot.tell?.("Nobody hears this.");
  for (const send of Object.values(owed(bot, channel, first.kind === "posted" ? first.messageId : "")))
    expect((await send()).kind).toBe("retry");
  expect(discord.received).toHaveLength(requests);
});

it.each(["post", "digest", "overflow", "edit"] as const)(
  "hears from a refused %s, too, that the token is refused, and comes back to it",
  async (what) => {
    const channel = discord.addChannel(discord.addGuild("here"), "news");
    const reasons: string[] = [];
    const bot = await connect((reason) => reasons.push(reason));
    const first = await bot.post(claimOn(channel), card());
    discord.world.revoked = true;
    const { [what]: send } = owed(bot, channel, first.kind === "posted" ? first.messageId : "");
    expect((await send()).kind).toBe("retry");
    expect(reasons).toHaveLength(1);
  },
);

it.each([
  ["what is published", { type: 5 }, "POST /channels/:/messages/:/crosspost"],
  // Those who follow are told that nothing may be posted.
  ["a direct message", { deny: PermissionFlagsBits.SendMessages }, "POST /users/@me/channels"],
  ["what the operators are told", {}, "POST /channels/:/messages"],
] as const)("hears of the refused token from %s", async (what, given, route) => {
  const guild = discord.addGuild("here");
  const channel = discord.addChannel(guild, "news", given);
  const elsewhere = discord.addChannel(guild, "elsewhere");
  const reasons: string[] = [];
  const bot = await connect((reason) => reasons.push(reason), channel.id);
  const follower = { guildId: guild.id, destination: channel.id, filter: EVERYTHING, createdBy: "123456789012345678" };
  await createSubscription(db, follower, clock());
  const refused = { kind: "error", status: 401, code: 0 } as const;
  if (what === "what the operators are told") {
    discord.faults.next(refused, { route });
    bot.tell?.("Something.");
  } else {
    discord.faults.next(refused, { route });
    await bot.post(claimOn(channel), card());
  }
  await expect.poll(() => reasons).toHaveLength(1);
  const requests = discord.received.length;
  expect((await bot.post(claimOn(elsewhere), card())).kind).toBe("retry");
  expect(discord.received).toHaveLength(requests);
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

describe("a payload that lacks what discord.js expects", () => {
  const EVENTS =
    "GUILD_CREATE GUILD_UPDATE GUILD_DELETE GUILD_ROLE_CREATE GUILD_ROLE_UPDATE GUILD_ROLE_DELETE CHANNEL_CREATE CHANNEL_UPDATE CHANNEL_DELETE CHANNEL_PINS_UPDATE THREAD_CREATE THREAD_UPDATE THREAD_DELETE THREAD_LIST_SYNC THREAD_MEMBER_UPDATE THREAD_MEMBERS_UPDATE GUILD_MEMBER_UPDATE INTERACTION_CREATE MESSAGE_CREATE STAGE_INSTANCE_CREATE SUBSCRIPTION_CREATE NEVER_HEARD_OF".split(
      " ",
    );
  const id = "123456789012345678";
  const payloads = (guildId: string, channelId: string) => [
    {},
    { id },
    { id: guildId },
    { id: channelId, guild_id: guildId },
    { id, guild_id: guildId, type: 11, parent_id: channelId },
    { id, guild_id: guildId, role: {}, threads: [{}], user: null, members: [{}] },
    { id, token: "t", type: 2, data: {}, channel_id: channelId, guild_id: guildId, member: { user: {} } },
    { id, token: "t", type: 3, data: null, channel: {}, message: {} },
  ];

  it("ends nothing: what comes after it is answered", async () => {
    const guild = discord.addGuild("here");
    const channel = discord.addChannel(guild, "news");
    const complaints: string[] = [];
    await connect(
      () => {},
      null,
      (message) => complaints.push(message),
    );
    for (const event of EVENTS) {
      for (const payload of payloads(guild.id, channel.id)) discord.gateway.dispatch(event, payload);
      discord.gateway.dispatch(event, null as never);
    }
    const here = discord.addChannel(guild, "later");
    expect((await discord.people.type("points", {}, { channel: here })).message).not.toBeNull();
    expect(complaints).toContain("a payload of the gateway was not understood, and is left out");
  });

  it("ends nothing before the log-in is done, either", async () => {
    const guild = discord.addGuild("here");
    discord.gateway.early("CHANNEL_UPDATE", { id, guild_id: guild.id, type: 11 });
    discord.gateway.early("INTERACTION_CREATE", null as never);
    discord.gateway.early("GUILD_CREATE", { id });
    await connect();
    const channel = discord.addChannel(guild, "news");
    expect((await discord.people.type("points", {}, { channel })).message).not.toBeNull();
  });

  it("ends nothing when the connection itself is to act upon it", async () => {
    const guild = discord.addGuild("here");
    const channel = discord.addChannel(guild, "news");
    discord.gateway.begin({ op: 10, d: null });
    const complaints: string[] = [];
    await connect(
      () => {},
      null,
      (message) => complaints.push(message),
    );
    const frames = [null, 7, [], {}, { op: 11, d: {} }, { op: 99 }, { op: 10, d: "soon" }, { op: 0, t: null, d: null }];
    for (const frame of frames) discord.gateway.frame(frame);
    for (const d of [null, {}, { session_id: "s", user: { id }, guilds: [null] }])
      discord.gateway.frame({ op: 0, t: "READY", s: 1, d });
    await expect.poll(() => complaints.length).toBe(3);
    expect((await discord.people.type("points", {}, { channel })).message).not.toBeNull();
  });

  it("is taken for the end of a session that does not say whether it may be resumed", async () => {
    const channel = discord.addChannel(discord.addGuild("here"), "news");
    await connect();
    const before = discord.gateway.identifies;
    discord.gateway.begin({ op: 10 });
    discord.gateway.frame({ op: 9, d: null });
    await expect.poll(() => discord.gateway.identifies, { timeout: 20_000 }).toBe(before + 1);
    await expect.poll(() => discord.gateway.connections, { timeout: 20_000 }).toBe(1);
    expect((await discord.people.type("points", {}, { channel })).message).not.toBeNull();
  });
});

it("learns what Discord told while a connection was ending", async () => {
  const channel = discord.addChannel(discord.addGuild("here"), "news");
  await connect();
  let denied = false;
  for (const fail of ["drop", "askToReconnect", "drop"] as const) {
    const before = discord.gateway.resumes;
    discord.gateway[fail]();
    denied = !denied;
    discord.deny(channel, denied ? PermissionFlagsBits.SendMessages : 0n);
    await expect.poll(() => discord.gateway.resumes).toBe(before + 1);
    const { message } = await discord.people.type("follow", { words: "audit" }, { channel });
    expect(JSON.stringify(message).includes("Policywire lacks Send Messages")).toBe(denied);
  }
});
