import { afterEach, beforeEach, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel } from "#support/discord/discord.ts";
import { withinCeilings } from "#worker/ceilings.ts";
import { deliverDue } from "#worker/deliver.ts";

const PRESS = { id: "gazette", primary: false };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const deliver = async () => {
  // More than a burst of a channel's pace.
  for (let at = 0; at < 20; at += 1) {
    await deliverDue(
      { db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug },
      stage.bot,
      new AbortController().signal,
    );
    stage.pass(5_000);
  }
};

/** Forty developments of one feed at once. */
async function flood(channel: Channel): Promise<void> {
  await createSubscription(
    stage.db,
    { guildId: stage.guild.id, destination: channel.id, filter: EVERYTHING, createdBy: null, manner: AT_ONCE },
    stage.clock(),
  );
  const stories = [];
  for (let at = 1; at <= 40; at += 1) stories.push(await stage.tell({ title: `Development ${at}` }));
  const owed = stories.map(({ id }) => ({
    storyId: id,
    revision: 1,
    destination: channel.id,
    dueAt: stage.clock(),
  }));
  const ceilings = { perFeed: 12, perChannel: 30 };
  await enqueue(stage.db, await withinCeilings(stage.db, owed, PRESS, ceilings, stage.clock()));
}

it("posts the newest of a flood one by one, and the rest as one line that shows them all", async () => {
  await flood(stage.channel);
  await deliver();
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(12);
  stage.pass(HOUR_MS);
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await deliver();
  stage.pass(HOUR_MS);
  await deliver();
  const lines = stage.discord.messagesIn(stage.channel).slice(12);
  expect(lines.map(({ content }) => content)).toEqual([
    "**28 more developments** within the hour, beside those that were posted one by one.",
  ]);
  let { message } = await stage.discord.people.press(lines[0]!, "Show all", { channel: stage.channel });
  expect(message?.embeds[0]?.description).toContain("Development 28");
  for (let page = 2; page <= 6; page += 1)
    ({ message } = await stage.discord.people.press(message!, "More", { channel: stage.channel }));
  expect(message?.embeds[0]?.description).toContain("Development 1]");
  const elsewhere = stage.discord.addChannel(stage.guild, "elsewhere");
  const copy = stage.discord.say(elsewhere, lines[0]!);
  const asked = await stage.discord.people.press(copy, "Show all", { channel: elsewhere });
  expect(asked.message?.content).toContain("belongs to another channel");
});

it("posts the line into a forum as a post of its own, once", async () => {
  const forum = stage.discord.addChannel(stage.guild, "forum", { type: 15 });
  await flood(forum);
  await deliver();
  stage.pass(HOUR_MS);
  stage.discord.faults.next({ kind: "status", status: 502, when: "after" }, { route: "POST /channels/:/threads" });
  await deliver();
  stage.pass(HOUR_MS);
  await deliver();
  const threads = [...stage.discord.world.channels.values()].filter(({ parentId }) => parentId === forum.id);
  expect(threads).toHaveLength(13);
  const line = threads.find(({ name }) => name === "More developments")!;
  const { message } = await stage.discord.people.press(line.messages[0]!, "Show all", { channel: line });
  expect(message?.embeds[0]?.description).toContain("Development 28");
});
