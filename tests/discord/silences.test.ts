import { afterEach, beforeEach, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING, type Filter, type Manner } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { developOn } from "#support/history.ts";
import { tellBrokenRhythms } from "#worker/rhythms.ts";
import { tellSilences } from "#worker/silences.ts";

let stage: Stage;

/** 24 November 2026, a Tuesday, 08:00. */
beforeEach(async () => {
  stage = await setStage();
  stage.pass(5 * MINUTE_MS);
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const follow = (filter: Partial<Filter> = {}, manner: Partial<Manner> = {}, destination = stage.channel.id) =>
  createSubscription(
    stage.db,
    {
      guildId: stage.guild.id,
      destination,
      filter: { ...EVERYTHING, ...filter },
      createdBy: null,
      manner: { ...AT_ONCE, ...manner },
    },
    new Date(stage.clock().getTime() - DAY_MS),
  );

const look = () => tellSilences(stage, stage.bot.postSilences);
const said = () => stage.discord.messagesIn(stage.channel).map(({ content }) => content);

async function readFeeds(): Promise<void> {
  for (const state of await feedStates(stage.db))
    await saveFeedState(stage.db, { ...state, lastSuccessAt: stage.clock(), lastPolledAt: stage.clock() });
}

/** What moves now: a development on each point. */
async function move(db: Db, points: readonly string[]): Promise<void> {
  for (const point of points)
    await developOn(db, point, stage.clock(), { feedId: point === "penalties" ? "office" : "gazette" });
}

/** Days that went by before anybody looks. */
const past = (days: number, points: readonly string[]) =>
  transact(stage.db, async (tx) => {
    for (let day = 0; day < days; day++) {
      stage.pass(DAY_MS);
      await move(tx, [...points, ...points]);
    }
  });

/** Days on each of which these points move, the feeds are read, and the worker looks. */
async function live(days: number, points: readonly string[], { read = true, looks = look } = {}) {
  for (let day = 0; day < days; day++) {
    stage.pass(DAY_MS);
    await move(stage.db, points);
    if (read) await readFeeds();
    await looks();
  }
}

const BOTH = ["penalties", "audit-scope"];

it("says what is silent, since when, what is usual and that feeds were read, once a month, through restarts", async () => {
  await follow({ points: ["penalties"] });
  await past(79, BOTH);
  await live(1, BOTH);
  expect(said()).toEqual([]);
  await past(12, ["audit-scope"]);
  await live(2, ["audit-scope"]);
  expect(said()).toEqual([]);
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await live(1, ["audit-scope"]);
  await stage.restart();
  stage.pass(MINUTE_MS);
  await look();
  await look();
  // 12 February 2027 is the 80th day.
  expect(said()).toEqual([
    "**Penalties and fines** is silent: nothing has moved since 12 Feb 2027, for 14 days; usually it moves about 14 times a week. " +
      "In the last day the feed that tells of it was read: it rests, or a source is missing.",
  ]);
  const [message] = stage.discord.messagesIn(stage.channel);
  const feeds = await stage.discord.people.press(message!, "Feeds", { channel: stage.channel });
  expect(feeds.message?.embeds[0]?.title).toBe("2 feeds, 0 failing");
  await past(27, ["audit-scope"]);
  await live(2, ["audit-scope"]);
  expect(said()).toHaveLength(1);
  await live(2, ["audit-scope"]);
  expect(said()).toHaveLength(2);
  // It moves again, and is silent for less than a fortnight.
  await live(1, BOTH);
  await past(11, ["audit-scope"]);
  await live(1, ["audit-scope"]);
  expect(said()).toHaveLength(2);
});

it("says nothing in the first weeks, of what nobody follows, where it is not wanted, or when no feed was read", async () => {
  await follow({ points: ["audit-scope"] });
  await follow({ points: ["penalties"] }, { silences: false });
  await follow({ stories: [1] });
  await past(50, BOTH);
  await past(24, ["audit-scope"]);
  await live(1, ["audit-scope"]);
  expect(said()).toEqual([]);
  const late = await follow({ places: ["EU"] });
  expect(late.manner.silences).toBe(true);
  await past(40, BOTH);
  await past(19, ["audit-scope"]);
  await live(1, ["audit-scope"], { read: false });
  expect(said()).toEqual([]);
});

it("names the points of what follows everything, at the hour of the channel alone", async () => {
  await follow({}, { at: "16:00" });
  await past(80, BOTH);
  await past(20, ["audit-scope"]);
  await readFeeds();
  await look();
  expect(said()).toEqual([]);
  stage.pass(8 * HOUR_MS);
  await look();
  expect(said()).toEqual([expect.stringContaining("**Penalties and fines** is silent")]);
});

it("/follow takes whether silences are said", async () => {
  const { people } = stage.discord;
  for (const options of [{}, { silences: false }]) {
    const { message } = await people.type("follow", { point: "penalties", ...options }, { channel: stage.channel });
    await people.press(message!, "Follow", { channel: stage.channel });
  }
  const rows = await stage.db.selectFrom("subscriptions").select("manner").orderBy("id").execute();
  expect(rows.map(({ manner }) => JSON.parse(manner ?? "{}").silences)).toEqual([true, false]);
});

it("tells operators of a feed that answers and brings nothing any more, once a month", async () => {
  const sentences: string[] = [];
  const looks = () => tellBrokenRhythms({ ...stage, tell: (sentence) => sentences.push(sentence) });
  await past(80, BOTH);
  await past(13, ["audit-scope"]);
  await live(1, ["audit-scope"], { looks });
  expect(sentences).toEqual([]);
  await live(2, ["audit-scope"], { looks });
  expect(sentences).toEqual([
    "AI Office answers but has brought nothing new since 12 Feb 2027, for 14 days; usually it brings about 14 articles a week. " +
      "Its address may have changed what it lists.",
  ]);
  await past(28, ["audit-scope"]);
  await live(2, ["audit-scope"], { looks });
  expect(sentences).toHaveLength(2);
});

it("tells nothing of a feed that cannot be read: that is told as such", async () => {
  const sentences: string[] = [];
  const looks = () => tellBrokenRhythms({ ...stage, tell: (sentence) => sentences.push(sentence) });
  await past(80, BOTH);
  await past(19, ["audit-scope"]);
  await live(1, ["audit-scope"], { looks, read: false });
  expect(sentences).toEqual([]);
});
