import { afterEach, beforeEach, expect, it } from "vitest";
import { AT_ONCE, destinationOf, EVERYTHING, type Manner } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { tellQuietDays } from "#worker/quiet-days.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

/** Asked for at 08:00, to be due at 09:00. */
const followed = (manner: Partial<Manner> = {}) =>
  createSubscription(
    stage.db,
    {
      guildId: stage.guild.id,
      destination: stage.channel.id,
      filter: EVERYTHING,
      createdBy: null,
      manner: { ...AT_ONCE, mode: "daily", at: "09:00", quietDays: true, ...manner },
    },
    stage.clock(),
  );

const look = () => tellQuietDays(stage, stage.bot.postQuietDay);

const said = () => stage.discord.messagesIn(stage.channel).map(({ content }) => content);

async function readFeed(): Promise<void> {
  const [state] = await feedStates(stage.db);
  await saveFeedState(stage.db, { ...state!, lastSuccessAt: stage.clock() });
}

it("says that nothing moved and how many feeds were read, once a day, after a lost answer too", async () => {
  await followed();
  await readFeed();
  await look();
  expect(said()).toEqual([]);
  stage.pass(HOUR_MS + 3 * MINUTE_MS);
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await look();
  stage.pass(20 * MINUTE_MS);
  await look();
  await look();
  expect(said()).toEqual(["Nothing moved; 1 of 2 feeds read."]);
  const [message] = stage.discord.messagesIn(stage.channel);
  const feeds = await stage.discord.people.press(message!, "Feeds", { channel: stage.channel });
  expect(feeds.message?.embeds[0]?.title).toBe("2 feeds, 0 failing");
  stage.pass(DAY_MS - 20 * MINUTE_MS);
  await look();
  expect(said().at(-1)).toBe("Nobody knows whether anything moved: 0 of 2 feeds read.");
  expect(said()).toHaveLength(2);
});

it("says nothing where something was told, in the digest or as a post of its own, nor hours later, nor where nobody wants it", async () => {
  const subscription = await followed();
  const { id: storyId } = await stage.tell();
  stage.pass(HOUR_MS);
  const owe = (destination: Parameters<typeof enqueue>[1][number]["destination"]) =>
    enqueue(stage.db, [{ storyId, revision: 1, destination, dueAt: stage.clock() }]);
  await owe(destinationOf(subscription));
  stage.pass(3 * MINUTE_MS);
  await look();
  stage.pass(DAY_MS - HOUR_MS);
  await owe(stage.channel.id);
  stage.pass(HOUR_MS);
  await look();
  stage.pass(DAY_MS + 2 * HOUR_MS);
  await look();
  expect(said()).toEqual([]);
});

it("is wanted by who asks for a daily or weekly digest and does not say otherwise", async () => {
  const { people } = stage.discord;
  const asked = async (options: Record<string, string | boolean>) => {
    const { message } = await people.type("follow", { point: "penalties", ...options }, { channel: stage.channel });
    await people.press(message!, "Follow", { channel: stage.channel });
  };
  await asked({});
  await asked({ mode: "daily" });
  await asked({ mode: "hourly" });
  await asked({ mode: "weekly", "quiet-days": false });
  const rows = await stage.db.selectFrom("subscriptions").select("manner").orderBy("id").execute();
  expect(rows.map(({ manner }) => JSON.parse(manner ?? "{}").quietDays)).toEqual([false, true, false, false]);
});
