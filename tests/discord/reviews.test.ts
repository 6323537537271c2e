import { afterEach, beforeEach, expect, it } from "vitest";
import type { Article } from "#model/article.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import type { Tagging } from "#model/tag.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import { transact } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { enqueue, type Owed } from "#store/outbox/owed.ts";
import { activeSubscriptions, createSubscription } from "#store/subscriptions.ts";
import { PACK, type Stage, setStage } from "#support/discord/bot.ts";
import { aWorld } from "#support/filing.ts";
import { article, hours } from "#support/samples.ts";
import { deliverDue } from "#worker/deliver.ts";
import { fileArticle } from "#worker/file-article.ts";
import { fileReleased, tellHeld } from "#worker/reviews.ts";
import { storeNew } from "#worker/store-new.ts";
import type { World } from "#worker/world.ts";

let stage: Stage;
let world: World;

beforeEach(async () => {
  stage = await setStage();
  world = { ...aWorld(stage.db, PACK), clock: stage.clock };
  const { guild, channel, db } = stage;
  const wanted = { guildId: guild.id, destination: channel.id, filter: EVERYTHING, createdBy: null, manner: AT_ONCE };
  await createSubscription(db, wanted, hours(-5));
  const [state] = await feedStates(db);
  await db
    .updateTable("feeds")
    .set({ added_at: hours(-99).getTime() })
    .where("feed_id", "=", state!.feedId)
    .execute();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const HELD: Tagging = { relevant: true, support: 1, hold: "calls itself fiction", tags: [] };

/** As a poll files what a feed gives. */
async function comes(given: Partial<Article> = {}, tagging: Partial<Tagging> = {}): Promise<void> {
  const { id: _, ...one } = article({ firstSeenAt: stage.clock(), ...given });
  await transact(stage.db, async (tx) => {
    const now = stage.clock();
    const reading = { article: one, tagging: { ...HELD, ...tagging }, entryHash: one.textHash };
    const owed = new Map<string, Owed>();
    const arrival = { primary: false, addedAt: hours(-99), firstPoll: false };
    const index = await world.stories.current(tx, now);
    const subscriptions = () => activeSubscriptions(tx, now);
    await fileArticle(reading, {
      tx,
      world,
      arrival,
      now,
      owed,
      index,
      subscriptions,
      added: await added(tx, reading),
    });
    await enqueue(tx, [...owed.values()]);
  });
}

/** An article that its feed gave before is no new one. */
const added = async (tx: Parameters<typeof storeNew>[0], reading: Parameters<typeof storeNew>[1][number]) =>
  (await tx.selectFrom("articles").select("id").execute()).length === 0 ? storeNew(tx, [reading]) : new Map();

/** What the worker does every few seconds. */
async function tick(): Promise<void> {
  await fileReleased(world);
  await tellHeld(world, stage.bot.postHeld!);
  await deliverDue(world, stage.bot, new AbortController().signal);
}

const told = () => stage.discord.messagesIn(stage.operators);
const posted = () => stage.discord.messagesIn(stage.channel);

const press = async (label: string, permissions?: bigint, channel = stage.operators) => {
  const who = permissions === undefined ? {} : { permissions };
  const { message } = await stage.discord.people.press(told()[0]!, label, { channel, ...who });
  return String(message?.content);
};

it("tells moderators of a held item once, and pings nobody", async () => {
  await comes({ title: "@everyone Department weighs [penalty]" });
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await tick();
  stage.pass(HOUR_MS);
  await tick();
  await tick();
  expect(told().map(({ content }) => content)).toEqual([
    expect.stringMatching(
      /^\*\*Held for review:\*\* \[\\@everyone .*\nThe Gazette · <t:\d+:R> · The item calls itself fiction\.$/,
    ),
  ]);
  expect(stage.discord.received.findLast(({ body }) => body !== null)?.body).toMatchObject({
    allowed_mentions: { parse: [] },
  });
  expect(posted()).toEqual([]);
});

it("does not tell of what is no policy news, or old", async () => {
  await comes({}, { relevant: false });
  await tick();
  expect(told()).toEqual([]);
});

it("does not tell of what was published long ago", async () => {
  await comes({ publishedAt: hours(-90) });
  await tick();
  expect(told()).toEqual([]);
});

it("posts what is released, once, however often it is pressed, by one who may", async () => {
  await comes();
  await tick();
  const buttons = told()[0]!.components;
  expect(await press("Release", 0n)).toContain("Only who may manage this server");
  await tick();
  expect(posted()).toEqual([]);
  expect(await press("Release")).toContain("**Released** by <@");
  // The message as it was before: its buttons are pressed again, by another, and after a restart.
  told()[0]!.components = buttons;
  world = { ...aWorld(stage.db, PACK), clock: stage.clock };
  expect(await press("Drop")).toContain("**Released** by <@");
  await tick();
  await tick();
  expect(posted()).toHaveLength(1);
  expect(posted()[0]?.embeds[0]?.title).toBe("Department weighs penalty");
});

it("keeps what is dropped from readers", async () => {
  await comes();
  await tick();
  expect(await press("Drop")).toContain("**Dropped** by <@");
  await tick();
  expect(posted()).toEqual([]);
});

it("keeps what was released in its story through an edit that says the same of itself", async () => {
  await comes();
  await tick();
  await press("Release");
  await tick();
  const text = "The department is weighing a large penalty. This is a work of fiction.";
  await comes({ text, textHash: "another" });
  await tick();
  const rows = await stage.db.selectFrom("taggings").select("hold").execute();
  expect(rows).toEqual([{ hold: null }]);
  expect(posted()).toHaveLength(1);
});

it("gives what is released days later a place, and no post", async () => {
  await comes();
  await tick();
  stage.pass(4 * DAY_MS);
  await press("Release");
  await tick();
  expect(posted()).toEqual([]);
  expect(await stage.db.selectFrom("members").select("story_id").execute()).toHaveLength(1);
});

it("is pressed in vain in a server that does not keep the rules", async () => {
  await comes();
  await tick();
  const elsewhere = stage.discord.addChannel(stage.discord.addGuild("Another server"), "news");
  expect(await press("Release", undefined, elsewhere)).toContain("Only who may manage this server");
});
