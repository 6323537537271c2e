import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectPoster } from "#discord/poster.ts";
import { activeMutes, subscriptionsOf } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import { card } from "#support/samples.ts";

const CALLBACK = { route: "POST /interactions/:/:/callback" };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const where = () => ({ channel: stage.channel });
const type = (name: string, options: Record<string, string | boolean>) =>
  stage.discord.people.type(name, options, where());
const press = (message: Message | null, label: string) => stage.discord.people.press(message!, label, where());
const followed = () => subscriptionsOf(stage.db, { guildId: stage.guild.id });

describe("what is confirmed", () => {
  it("twice at once is saved once", async () => {
    const { message } = await type("follow", { point: "penalties" });
    const answers = await Promise.all([press(message, "Follow"), press(message, "Follow")]);
    for (const answer of answers) expect(answer.message?.content).toContain("now follows");
    expect(await followed()).toHaveLength(1);
    const mute = await type("mute", { word: "football" });
    await Promise.all([press(mute.message, "Mute"), press(mute.message, "Mute")]);
    expect(await activeMutes(stage.db, stage.clock())).toHaveLength(1);
  });

  it("anew, because the answer to the first time was lost with its process, is saved once", async () => {
    const first = await type("follow", { point: "penalties" });
    await press(first.message, "Follow");
    const second = await type("follow", { point: "penalties" });
    expect((await press(second.message, "Follow")).message?.content).toContain("now follows");
    expect(await followed()).toHaveLength(1);
  });

  it("with an answer that is lost, and once more, is saved once", async () => {
    const { message } = await type("follow", { point: "penalties" });
    stage.discord.faults.next({ kind: "cut", when: "before" }, CALLBACK);
    expect((await press(message, "Follow")).message?.content).toContain("nothing was changed");
    await press(message, "Follow");
    expect(await followed()).toHaveLength(1);
  });

  it("twice at once stays saved though the answer to the first is lost", async () => {
    const { message } = await type("follow", { point: "penalties" });
    stage.discord.faults.next({ kind: "cut", when: "before" }, CALLBACK);
    const answers = await Promise.all([press(message, "Follow"), press(message, "Follow")]);
    expect(answers.some((answer) => answer.message?.content?.includes("now follows"))).toBe(true);
    expect(await followed()).toHaveLength(1);
  });

  it("is taken back with a word, also when the word is lost at first", async () => {
    const { message } = await type("follow", { point: "penalties" });
    stage.discord.faults.next({ kind: "cut", when: "after" }, CALLBACK);
    stage.discord.faults.next({ kind: "cut", when: "before" }, CALLBACK);
    stage.discord.faults.next({ kind: "cut", when: "before" }, { route: "PATCH /webhooks/:/:/messages/:" });
    await press(message, "Follow");
    await expect.poll(() => message?.content).toContain("nothing was changed");
    expect(await followed()).toEqual([]);
  });
});

describe("what is chosen in an option", () => {
  it("is the channel and the role, and what is missing there for it is named", async () => {
    const roles = [
      { id: "800000000000000001", name: "desk", mentionable: false },
      { id: "800000000000000002", name: "open", mentionable: true },
    ];
    const guild = stage.discord.addGuild("Elsewhere", { roles });
    const here = stage.discord.addChannel(guild, "here");
    const poor = stage.discord.addChannel(guild, "poor", {
      deny: PermissionFlagsBits.CreatePublicThreads | PermissionFlagsBits.ReadMessageHistory,
    });
    const ask = async (channel: Channel, options: Record<string, string | boolean>) => {
      const given = { point: "penalties", "channel#": channel.id, ...options };
      const { message } = await stage.discord.people.type("follow", given, { channel: here });
      const preview = String(message?.embeds[0]?.description);
      await stage.discord.people.press(message!, "Follow", { channel: here });
      return preview;
    };
    const open = await ask(here, { "mention@": roles[1]!.id, threads: true });
    expect(open).not.toContain("lacks");
    const closed = await ask(poor, { "mention@": roles[0]!.id, threads: true });
    expect(closed).toContain(
      `lacks Read Message History and Create Public Threads and Mention Everyone in <#${poor.id}>`,
    );
    expect(await subscriptionsOf(stage.db, { guildId: guild.id })).toMatchObject([
      { destination: here.id, manner: { mention: roles[1]!.id, threads: true } },
      { destination: poor.id, manner: { mention: roles[0]!.id } },
    ]);
  });
});

describe("who posts without a gateway", () => {
  const worker = async () => {
    const { discord, db, pack, clock } = stage;
    const log = { error: () => {}, warn: () => {}, info: () => {} };
    const connected = await connectPoster({ token: discord.token, api: discord.api, db, pack, clock, log });
    if (connected.kind === "refused") throw new Error(connected.reason);
    return connected.bot;
  };
  const claim = (channel: Channel) => ({
    ...{ deliveryId: 1, storyId: 7, revision: 1, attempts: 1, messageId: null, sagaMessageId: null },
    destination: channel.id,
  });

  it("asks Discord what it lacks once it is refused", async () => {
    const bot = await worker();
    const { SendMessages, ViewChannel } = PermissionFlagsBits;
    const mute = stage.discord.addChannel(stage.guild, "mute", { deny: SendMessages });
    const hidden = stage.discord.addChannel(stage.guild, "hidden", { deny: ViewChannel });
    expect(await bot.post(claim(mute), card())).toMatchObject({
      reason: expect.stringContaining("lacks Send Messages"),
    });
    expect(await bot.post(claim(hidden), card())).toMatchObject({
      reason: expect.stringContaining("lacks View Channel"),
    });
    stage.discord.timeOut(stage.guild, new Date(stage.clock().getTime() + 60_000));
    const silenced = await bot.post(claim(stage.channel), card());
    expect(silenced).toMatchObject({ kind: "forbidden", reason: expect.stringContaining("timed Policywire out") });
    await bot.close();
  });

  it("tries again what nothing explains", async () => {
    const bot = await worker();
    stage.discord.faults.next(
      { kind: "error", status: 403, code: 50013 },
      { route: "POST /channels/:/messages", times: 2 },
    );
    expect((await bot.post(claim(stage.channel), card())).kind).toBe("retry");
    await bot.close();
  });
});
