import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Guild } from "#support/discord/discord.ts";
import { guildJson, PEOPLE_PERMISSIONS } from "#support/discord/world.ts";

const VIEW_CHANNEL = 1n << 10n;
const SEND_MESSAGES = 1n << 11n;
const DAY_MS = 86_400_000;

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const said = (channel: Channel) => stage.discord.messagesIn(channel);
const about = (message: string, guild: Guild) =>
  stage.logged.filter((one) => one.message === message && JSON.stringify(one.fields).includes(guild.id)).length;
/** A server that the bot joins with these channels, of which the one that is named `system` takes the server's own notices. */
function join(channels: Readonly<Record<string, bigint>>, joinedAt = stage.clock()) {
  const guild = stage.discord.addGuild("Newcomers", { available: false, joinedAt });
  const added = Object.entries(channels).map(([name, deny]) => stage.discord.addChannel(guild, name, { deny }));
  guild.systemChannelId = added.find(({ name }) => name === "system")?.id ?? null;
  guild.available = true;
  stage.discord.gateway.dispatch("GUILD_CREATE", guildJson(stage.discord.world, guild));
  return { guild, channels: added };
}
const welcomed = (guild: Guild) => expect.poll(() => about("welcomed a server", guild), { timeout: 5_000 }).toBe(1);

describe("a server that the bot is new in", () => {
  it("is told in a few lines what it does, how to begin and since when it reads, where the server's notices stand", async () => {
    const [state] = await feedStates(stage.db);
    await saveFeedState(stage.db, { ...state!, lastPolledAt: stage.clock(), lastSuccessAt: stage.clock() });
    const { guild, channels } = join({ general: 0n, system: 0n });
    await welcomed(guild);
    expect(said(channels[0]!)).toEqual([]);
    const [message] = said(channels[1]!);
    const since = Math.floor(state!.addedAt.getTime() / 1000);
    expect(message?.content).toContain("I read 2 feeds on Test policy");
    expect(message?.content).toContain(`reads since <t:${since}:f>`);
    expect(message?.content).toMatch(/`\/follow`.*`\/help`/);
    expect(message?.content.split("\n").length).toBeLessThan(5);
  });

  it("is told in the first channel that it may write to", async () => {
    const { guild, channels } = join({ system: SEND_MESSAGES, hidden: VIEW_CHANNEL, open: 0n });
    await welcomed(guild);
    expect(channels.map((channel) => said(channel).length)).toEqual([0, 0, 1]);
  });

  it("is told as soon as there is such a channel", async () => {
    const { guild } = join({ closed: SEND_MESSAGES });
    const open = stage.discord.addChannel(guild, "open");
    await welcomed(guild);
    expect(said(open)).toHaveLength(1);
  });

  it("is told once, whatever is cut, dropped or started anew", async () => {
    stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
    const { guild, channels } = join({ general: 0n });
    await expect.poll(() => about("a server could not be welcomed", guild), { timeout: 5_000 }).toBe(1);
    expect(said(channels[0]!)).toHaveLength(1);
    await stage.restart();
    await welcomed(guild);
    await stage.restart();
    stage.discord.gateway.askToReconnect();
    await expect.poll(() => stage.discord.gateway.resumes, { timeout: 10_000 }).toBeGreaterThan(0);
    stage.discord.removeGuild(guild);
    await expect.poll(() => about("left a server", guild)).toBe(1);
    stage.discord.world.guilds.set(guild.id, guild);
    stage.discord.world.channels.set(channels[0]!.id, channels[0]!);
    stage.discord.gateway.dispatch("GUILD_CREATE", guildJson(stage.discord.world, guild));
    const other = join({ general: 0n });
    await welcomed(other.guild);
    expect(said(channels[0]!)).toHaveLength(1);
  });

  it("is told though the bot was off when it was invited, and not where it has been for long", async () => {
    await stage.bot.close();
    const late = join({ general: 0n }, new Date(stage.clock().getTime() - DAY_MS / 2));
    await stage.restart();
    await welcomed(late.guild);
    expect(said(stage.channel)).toEqual([]);
  });
});

describe("the buttons of a welcome", () => {
  it("open the form for the channel, for those who manage the server, and the help for all", async () => {
    const { guild, channels } = join({ general: 0n });
    await welcomed(guild);
    const [channel] = channels as [Channel];
    const [message] = said(channel);
    const form = await stage.discord.people.press(message!, "Follow something", { channel });
    expect(form.ephemeral).toBe(true);
    await stage.discord.people.press(form.message!, "Take a preset …", { channel }, ["0"]);
    await stage.discord.people.press(form.message!, "Save", { channel });
    expect(await subscriptionsOf(stage.db, { destination: channel.id })).toMatchObject([{ guildId: guild.id }]);
    const reader = { channel, permissions: PEOPLE_PERMISSIONS };
    const refused = await stage.discord.people.press(message!, "Follow something", reader);
    expect(refused.message?.content).toContain("Who manages this server");
    const help = await stage.discord.people.press(message!, "Help", reader);
    expect(help.message?.content).toContain("/following");
  });
});

it("/help fits on a phone's screen, and names every command", async () => {
  const { message, ephemeral } = await stage.discord.people.type("help", {}, { channel: stage.channel });
  expect(ephemeral).toBe(true);
  const lines = message!.content.split("\n");
  expect(lines.length).toBeLessThanOrEqual(12);
  for (const line of lines) expect(line.replaceAll(/[`*]/g, "").length).toBeLessThanOrEqual(50);
  const chat = (stage.discord.world.commands.get("global") ?? []).filter((one) => (one.type ?? 1) === 1);
  for (const { name } of chat) if (name !== "help") expect(message?.content).toContain(`\`/${name}\``);
});

describe("/settings", () => {
  const settings = (options = {}) => stage.discord.people.type("settings", options, { channel: stage.channel });
  const follow = async (options: object) => {
    const { message } = await stage.discord.people.type(
      "follow",
      { point: "penalties", ...options },
      { channel: stage.channel },
    );
    await stage.discord.people.press(message!, "Follow", { channel: stage.channel });
    return (await subscriptionsOf(stage.db, { guildId: stage.guild.id })).at(-1)?.manner.timeZone;
  };

  it("set by a city the time zone of the server's later requests", async () => {
    expect(await follow({ mode: "daily" })).toBe("UTC");
    const { choices } = await stage.discord.people.complete("settings", "timezone", "berl", { channel: stage.channel });
    expect(choices[0]).toEqual({ name: "Europe/Berlin", value: "Europe/Berlin" });
    expect((await settings({ timezone: "Berlin" })).message?.content).toContain("those of Europe/Berlin");
    expect((await settings()).message?.content).toContain("those of Europe/Berlin");
    expect(await follow({ mode: "daily" })).toBe("Europe/Berlin");
    expect(await follow({ preset: "New law, daily at 07:30" })).toBe("Europe/Berlin");
    expect(await follow({ timezone: "new york" })).toBe("America/New_York");
    expect((await subscriptionsOf(stage.db, { guildId: stage.guild.id }))[0]?.manner.timeZone).toBe("UTC");
  });

  it("guess no abbreviation, but offer its cities", async () => {
    for (const name of ["settings", "follow"]) {
      const { choices } = await stage.discord.people.complete(name, "timezone", "BST", { channel: stage.channel });
      expect(choices.slice(0, 2).map(({ value }) => value)).toEqual(["Europe/London", "Asia/Dhaka"]);
    }
    expect((await settings({ timezone: "BST" })).message?.content).toContain(
      "Choose a city: Europe/London, Asia/Dhaka",
    );
    expect((await settings()).message?.content).toContain("UTC");
  });
});
