import { PermissionFlagsBits } from "discord.js";
import { install } from "undici";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { DAY_MS, MINUTE_MS } from "#model/time.ts";
import { createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { deliverDue } from "#worker/deliver.ts";
import { oweMemos } from "#worker/memos.ts";

// As the program does before it connects: discord.js sends files as this package's forms alone.
install();

let stage: Stage;

/** A Friday, an hour and a quarter before memos of UTC come. */
const FRIDAY = new Date("2026-10-30T14:45:00Z");

beforeEach(async () => {
  stage = await setStage("embeds", { from: FRIDAY });
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const follow = (channel = stage.channel) =>
  createSubscription(
    stage.db,
    {
      guildId: stage.guild.id,
      destination: channel.id,
      filter: { ...EVERYTHING, points: ["penalties"] },
      createdBy: null,
      manner: { ...AT_ONCE, memo: true },
    },
    new Date(FRIDAY.getTime() - 9 * DAY_MS),
  );

async function memoTimes(): Promise<void> {
  await oweMemos(stage);
  const { db, pack, clock, bug } = stage;
  await deliverDue({ db, pack, clock, bug }, stage.bot, new AbortController().signal);
}

const here = () => ({ channel: stage.channel });

it("posts a lede for each point with the memo as a file, once, after a lost answer too", async () => {
  await follow();
  const story = await stage.tell({ title: "Council fines *Lanternworks*" });
  await memoTimes();
  expect(stage.discord.messagesIn(stage.channel)).toEqual([]);
  stage.pass(80 * MINUTE_MS);
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await memoTimes();
  stage.pass(10 * MINUTE_MS);
  await memoTimes();
  const [message, ...others] = stage.discord.messagesIn(stage.channel);
  expect(others).toEqual([]);
  expect(message?.content).toBe("1 development on 1 friction point; every feed was read");
  expect(message?.embeds[0]?.title).toBe("Weekly memo · 23 Oct 2026 – 30 Oct 2026");
  const description = String(message?.embeds[0]?.description);
  expect(description).toContain("**Penalties and fines** · 1 development");
  expect(description).toContain(`[Council fines \\*Lanternworks\\*](`);
  expect(description).toContain(`story ${story.id}`);
  const [file] = message!.files;
  expect(file?.name).toBe("memo-2026-10-30-week.md");
  expect(file?.text).toMatch(/^# Weekly memo · 23 Oct 2026 – 30 Oct 2026\n\nPenalties and fines\. 1 development/);
  const month = await stage.discord.people.press(message!, "The month", here());
  expect(month.message?.files[0]?.name).toBe("memo-2026-10-30-month.md");
});

it("stands without its file where none may be attached, and says how to have it", async () => {
  const channel = stage.discord.addChannel(stage.guild, "closed");
  stage.discord.deny(channel, PermissionFlagsBits.AttachFiles);
  await follow(channel);
  await stage.tell({ title: "Council fines Lanternworks" });
  stage.pass(80 * MINUTE_MS);
  await memoTimes();
  const [message] = stage.discord.messagesIn(channel);
  expect(message?.files).toEqual([]);
  expect(message?.content).toContain("Council fines Lanternworks");
  expect(message?.content).toContain("Attach Files");
});

it("/memo gives whoever asks that of the channel's request, of another, or of a point, for a time", async () => {
  const { id } = await follow();
  await stage.tell({ title: "Council fines Lanternworks", points: ["penalties"] });
  await stage.tell({ title: "Auditors hand in a plan", points: ["audit-scope"] });
  const ask = async (options = {}) => (await stage.discord.people.type("memo", options, here())).message;
  const own = await ask();
  expect(own?.files[0]?.text).toContain("Council fines");
  expect(own?.files[0]?.text).not.toContain("Auditors");
  const audits = await ask({ point: "audit-scope", period: "quarter" });
  expect(audits?.embeds[0]?.title).toMatch(/^Quarterly memo · 30 Jul 2026/);
  expect(audits?.files[0]?.text).toContain("Auditors");
  expect((await ask({ request: id }))?.files[0]?.text).toBe(own?.files[0]?.text);
  expect((await ask({ request: id + 7 }))?.content).toContain(`There is no request ${id + 7} here.`);
  expect((await ask({ point: "audit-scope", place: "EU" }))?.embeds[0]?.description).toBe("Nothing moved.");
  const { choices } = await stage.discord.people.complete("memo", "request", "pen", here());
  expect(choices).toEqual([{ name: `${id}: Penalties and fines`, value: id }]);
});

it("/follow turns it on for a request that stands", async () => {
  const { id } = await follow();
  const form = await stage.discord.people.type("follow", { replace: id, memo: false }, here());
  await stage.discord.people.press(form.message!, "Save", here());
  const [changed] = await subscriptionsOf(stage.db, { guildId: stage.guild.id });
  expect(changed?.manner.memo).toBe(false);
  const again = await stage.discord.people.type("follow", { replace: id, memo: true }, here());
  expect(JSON.stringify(again.message?.embeds)).toContain("a memo on Fridays");
});
