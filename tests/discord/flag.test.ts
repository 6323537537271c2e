import { afterEach, beforeEach, expect, it } from "vitest";
import { postedCard, type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";

let stage: Stage;
let leads: Channel;

beforeEach(async () => {
  stage = await setStage();
  leads = stage.discord.addChannel(stage.guild, "leadership");
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const ANNA = "900000000000000011";
const OTTO = "900000000000000012";

const choose = (options: Record<string, string> = { "channel#": leads.id }, permissions?: bigint) =>
  stage.discord.people.type("leadership", options, {
    channel: stage.channel,
    ...(permissions === undefined ? {} : { permissions }),
  });

async function flag(card: Message, userId: string, channel = stage.channel): Promise<string> {
  const { message } = await stage.discord.people.press(card, "Flag", { channel, userId, permissions: 0n });
  expect(message?.flags).toBe(64);
  return String(message?.content);
}

const shown = () => stage.discord.messagesIn(leads).map(({ content }) => content);

it("shows the story, its link and who flagged it to leadership, once for each person", async () => {
  const { card } = await postedCard(stage);
  expect(await flag(card, ANNA)).toContain("no channel for its leadership yet");
  expect((await choose()).message?.content).toContain(`goes to <#${leads.id}>`);
  expect(await flag(card, ANNA)).toBe(`Flagged: story 1 stands in <#${leads.id}>.`);
  expect(await flag(card, ANNA)).toBe(`You flagged it before: story 1 stands in <#${leads.id}>.`);
  expect(await flag(card, OTTO)).toContain("Flagged");
  const about = "Threatened · reported, unconfirmed · United States · penalties and fines, audit scope";
  const link = `https://discord.com/channels/${stage.guild.id}/${stage.channel.id}/${card.id}`;
  expect(shown()).toEqual(
    [ANNA, OTTO].map(
      (person) =>
        `**[Department weighs penalty](https://gazette.example/1)**\n${about}\nFlagged by <@${person}> · [the card](${link})`,
    ),
  );
  const said = stage.discord.received.findLast(({ body }) => JSON.stringify(body ?? "").includes("Flagged by"));
  expect(said?.body).toMatchObject({ allowed_mentions: { parse: [] } });
});

it("is one message though the answer was lost and the press came twice", async () => {
  const { card } = await postedCard(stage);
  await choose();
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  expect(await flag(card, ANNA)).toContain("It was not flagged");
  expect(await flag(card, ANNA)).toContain("Flagged");
  expect(shown()).toHaveLength(1);
});

it("says that nothing was flagged where the bot may not post, and can be pressed again", async () => {
  const { card } = await postedCard(stage);
  await choose();
  stage.discord.faults.next({ kind: "error", status: 403, code: 50013 }, { route: "POST /channels/:/messages" });
  expect(await flag(card, ANNA)).toContain("It was not flagged");
  expect(await flag(card, ANNA)).toContain("Flagged");
});

it("stays within Discord's limits, and pings nobody, whatever a title says", async () => {
  const title = `@everyone <@1> ${"[*](https://elsewhere.example/) ".repeat(15)}`;
  const { id } = await stage.tell({ title });
  await choose();
  const button = { type: 2, style: 2, label: "Flag", custom_id: `flag:${id}:1` };
  const { card } = await postedCard(stage);
  card.components = [{ type: 1, components: [button] }];
  expect(await flag(card, ANNA)).toContain("Flagged");
  expect(shown()[0]).toMatch(/^\*\*\[\\@everyone \\<\\@1\\>/);
});

it("goes where the server's own managers chose, and nowhere once they end it", async () => {
  const { card } = await postedCard(stage);
  await choose();
  const elsewhere = stage.discord.addChannel(stage.discord.addGuild("Another server"), "news");
  expect(await flag(card, ANNA, elsewhere)).toContain("no channel for its leadership yet");
  const { message } = await choose({});
  expect(message?.content).toContain(`goes to <#${leads.id}>`);
  const where = { channel: stage.channel };
  const refused = await stage.discord.people.press(message!, "End it", { ...where, permissions: 0n });
  stage.pass(16 * 60_000);
  const late = await stage.discord.people.press(message!, "End it", { ...where, permissions: 0n });
  expect([refused, late].map((seen) => seen.message?.content)).toEqual([
    expect.stringContaining("You may not manage"),
    expect.stringContaining("You may not manage"),
  ]);
  await stage.discord.people.press(message!, "End it", where);
  expect(await flag(card, ANNA)).toContain("no channel for its leadership yet");
  expect(shown()).toEqual([]);
});
