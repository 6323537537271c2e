import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { corrections } from "#store/corrections.ts";
import { sagaOf, storyById } from "#store/stories.ts";
import { activeMutes, createSubscription, subscriptionById, subscriptionsOf } from "#store/subscriptions.ts";
import { postedCard, type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import { card } from "#support/samples.ts";

const { SendMessages, SendMessagesInThreads, CreatePublicThreads } = PermissionFlagsBits;

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  expect(stage.logged.filter(({ level }) => level === "error")).toEqual([]);
  await stage.close();
});

/** Somebody with these rights and no others; all of them where none are given. */
const who = (permissions?: bigint, channel: Channel = stage.channel) =>
  permissions === undefined ? { channel } : { channel, permissions };
const type = (name: string, options = {}, where = who()) => stage.discord.people.type(name, options, where);
const press = (message: Message | null, label: string, where = who(), values?: readonly string[]) =>
  stage.discord.people.press(message!, label, where, values);
const contentOf = ({ message }: { readonly message: Message | null }) => String(message?.content);
const requests = () => subscriptionsOf(stage.db, { guildId: stage.guild.id });

const posted = () => postedCard(stage);

describe("a right that was taken away after the answer", () => {
  it("merges no stories and sets nothing right", async () => {
    const { story, card } = await posted();
    const other = await stage.tell({ title: "Other" });
    const { message } = await type("story", { story: story.id });
    const menus = await press(message, "Set right");
    const stages = await press((await press(card, "Wrong")).message, "The stage or certainty");
    stage.pass(3 * DAY_MS);
    const nobody = who(0n);
    expect(contentOf(await press(message, "Set right", nobody))).toContain("may not decide");
    expect(contentOf(await press(menus.message, "Merge into it …", nobody, [String(other.id)]))).toContain("may not");
    expect(contentOf(await press(menus.message, "Close the dispute", nobody))).toContain("may not decide");
    expect(contentOf(await press(menus.message, "Name the dispute", nobody))).toContain("may not decide");
    const { modal } = await press(menus.message, "Name the dispute");
    const named = await stage.discord.people.submit(String(modal?.custom_id), { name: "Mine" }, nobody);
    expect(contentOf(named)).toContain("may not decide");
    expect((await sagaOf(stage.db, story)).givenName).toBeNull();
    expect((await press(stages.message, "Stage", nobody, ["enacted"])).modal).not.toBeNull();
    expect(await storyById(stage.db, other.id)).toMatchObject({ id: other.id, closedAt: null });
    expect(await storyById(stage.db, story.id)).toMatchObject({ stage: "threatened", closedAt: null });
    expect(await corrections(stage.db)).toEqual([]);
    await press(menus.message, "Merge into it …", who(), [String(other.id)]);
    expect(await storyById(stage.db, other.id)).toMatchObject({ id: story.id });
  });

  it("follows, mutes, pauses and removes nothing", async () => {
    const preview = await type("follow", { point: "penalties" });
    const mute = await type("mute", { word: "football" });
    expect(contentOf(await press(preview.message, "Follow", who(0n)))).toContain("may not manage");
    expect(contentOf(await press(mute.message, "Mute", who(0n)))).toContain("may not manage");
    expect(await requests()).toEqual([]);
    expect(await activeMutes(stage.db, stage.clock())).toEqual([]);
    await press(preview.message, "Follow");
    await press(mute.message, "Mute");
    const [one] = await requests();
    const list = await type("following");
    const detail = await press(list.message, "Edit, pause, test or remove …", who(), [String(one!.id)]);
    for (const label of ["Pause", "Test", "Remove"])
      expect(contentOf(await press(detail.message, label, who(0n)))).toContain("may not manage");
    expect(contentOf(await press((await type("mute")).message, "Lift 1", who(0n)))).toContain("may not manage");
    expect(await requests()).toEqual([one]);
  });

  it("is believed for a quarter of an hour where a server gave it in its own settings", async () => {
    const granted = who(SendMessages);
    const [soon, late] = [await type("follow", { words: "a" }, granted), await type("follow", { words: "b" }, granted)];
    stage.pass(15 * 60_000);
    await press(soon.message, "Follow", granted);
    stage.pass(1);
    expect(contentOf(await press(late.message, "Follow", granted))).toContain("Ask again");
    expect(await requests()).toMatchObject([{ filter: { words: ["a"] } }]);
  });

  it("opens no thread", async () => {
    const { card } = await posted();
    const where = await press(card, "Follow this story", who(CreatePublicThreads));
    expect(contentOf(await press(where.message, "Thread under this card", who(0n)))).toContain("may not open threads");
    expect(card.threadId).toBeNull();
  });
});

it("offers Share to those who may write there, and asks again when it is pressed", async () => {
  await stage.tell();
  const reader = await type("latest", {}, who(SendMessagesInThreads));
  expect(JSON.stringify(reader.message?.components)).not.toContain("Share");
  const writer = await type("latest", {}, who(SendMessages));
  expect(contentOf(await press(writer.message, "Share", who(0n)))).toContain("may not write");
  expect(stage.discord.messagesIn(stage.channel)).toEqual([]);
  await press(writer.message, "Share", who(SendMessages));
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
});

describe("what is stored for one server", () => {
  const elsewhere = () => stage.discord.addChannel(stage.discord.addGuild("Elsewhere"), "news");
  const wanted = (channel: Channel) => ({
    guildId: channel.guildId,
    destination: channel.id,
    filter: { ...EVERYTHING, words: ["secret plan"] },
    manner: AT_ONCE,
    createdBy: "1",
  });

  it("is neither shown to another nor changed by it, whatever number it sends", async () => {
    const other = elsewhere();
    const theirs = await createSubscription(stage.db, wanted(stage.channel), stage.clock());
    await createSubscription(stage.db, { ...wanted(other), filter: { ...EVERYTHING, words: ["ours"] } }, stage.clock());
    const list = await type("following", {}, who(undefined, other));
    const detail = await press(list.message, "Edit, pause, test or remove …", who(undefined, other), [
      String(theirs.id),
    ]);
    expect(JSON.stringify(detail.message)).not.toContain("secret plan");
    for (const options of [{ words: "new" }, {}]) {
      const refused = await type("follow", { ...options, replace: theirs.id }, who(undefined, other));
      expect(refused.message?.content).toContain(`no request ${theirs.id} here`);
    }
    expect(await subscriptionById(stage.db, theirs.id)).toEqual(theirs);
  });

  it("is not told by the button of a digest that was published elsewhere", async () => {
    const theirs = await createSubscription(stage.db, wanted(stage.channel), stage.clock());
    const button = { type: 2, style: 2, label: "Why these?", custom_id: `digest:${theirs.id}:1` };
    const digest = { components: [{ type: 1, components: [button] }], content: "" };
    const [here, there] = [stage.channel, elsewhere()].map((channel) => stage.discord.say(channel, digest));
    expect(contentOf(await press(here!, "Why these?"))).toContain("secret plan");
    const other = stage.discord.world.channels.get(there!.channelId)!;
    expect(contentOf(await press(there!, "Why these?", who(undefined, other)))).not.toContain("secret plan");
  });
});

describe("a message of another bot with our buttons on it", () => {
  const forged = (storyId: number) =>
    stage.discord.say(stage.channel, {
      content: "Not ours",
      components: [{ type: 1, components: [{ type: 2, style: 2, label: "Why", custom_id: `why:${storyId}:1` }] }],
    });

  it("is no card", async () => {
    const { story, card } = await posted();
    const seen = await stage.discord.people.menu("Why was this posted?", forged(story.id), who());
    expect(contentOf(seen)).toContain("no card of Policywire");
    const ours = await stage.discord.people.menu("Why was this posted?", card, who());
    expect(ours.message?.embeds[0]?.title).toBe(`Why story ${story.id}`);
  });

  it("is not taken for what a try before may have posted", async () => {
    forged(7);
    const claim = {
      deliveryId: 1,
      storyId: 7,
      revision: 1,
      destination: stage.channel.id,
      messageId: null,
      sagaMessageId: null,
    };
    const outcome = await stage.bot.post({ ...claim, attempts: 2 }, card());
    expect(outcome).toMatchObject({ kind: "posted", messageId: stage.discord.messagesIn(stage.channel)[1]?.id });
  });
});

it("lets the first server set stories right when another invites the bot, and that one not", async () => {
  await stage.close();
  stage = await setStage("embeds", { tellsOperators: false });
  const { story } = await posted();
  stage.pass(1_000);
  const other = stage.discord.addChannel(stage.discord.addGuild("Latecomers"), "news");
  const offered = async (where = who()) =>
    JSON.stringify((await type("story", { story: story.id }, where)).message?.components).includes("Set right");
  // The gateway tells of the new server before it brings what is typed there.
  expect(await offered(who(undefined, other))).toBe(false);
  expect(await offered()).toBe(true);
  stage.discord.removeGuild(stage.discord.world.guilds.get(other.guildId!)!);
  expect(await offered()).toBe(true);
});
