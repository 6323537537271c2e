import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PostReminders } from "#model/delivery.ts";
import { AT_ONCE, EVERYTHING, type Filter, type Manner } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveArticle } from "#store/articles.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { releaseClaims } from "#store/outbox/claims.ts";
import { nextDeliveryAt } from "#store/outbox/deliveries.ts";
import { absorb } from "#store/regroup.ts";
import { assignArticle } from "#store/stories.ts";
import {
  addMute,
  changeSubscription,
  createSubscription,
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
} from "#store/subscriptions.ts";
import { saveTagging } from "#store/taggings.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { anArticle, aTagging, storedStory } from "#support/stored.ts";
import { deliverDue } from "#worker/deliver.ts";
import { oweDueReminders } from "#worker/reminders.ts";
import { createStoryMemory } from "#worker/story-memory.ts";

/** A channel's clock and store, what is said in it, and what becomes of each step. */
function play(db: Db, from: string) {
  let now = new Date(from);
  let articles = 0;
  const seen = new Set<number>();
  const said: { readonly at: string; readonly channel: string; readonly days: readonly string[] }[] = [];
  const worker = () => ({
    db,
    pack: PACK,
    clock: () => now,
    memory: createStoryMemory(PACK),
    bug: (where: string, cause: unknown) => {
      throw new Error(`met a bug: ${where}`, { cause });
    },
  });
  /** As Discord has it: a message of an earlier try is found, and not posted again. */
  const postReminders: PostReminders = async ({ destination, deliveryId }, days) => {
    if (seen.has(deliveryId)) return { kind: "posted", messageId: `${deliveryId}` };
    seen.add(deliveryId);
    const { due_at } = await db
      .selectFrom("deliveries")
      .select("due_at")
      .where("id", "=", deliveryId)
      .executeTakeFirstOrThrow();
    const at = new Date(due_at).toISOString().slice(0, 16);
    said.push({ at, channel: destination, days: days.map(({ day, occasion }) => `${day} ${occasion}`) });
    return { kind: "posted", messageId: `${deliveryId}` };
  };
  /** It is posted, and the process ends before it knows. */
  const postUnheard: PostReminders = async (claim, days) => {
    await postReminders(claim, days);
    return { kind: "retry", at: new Date(now.getTime() + MINUTE_MS), reason: "the answer was lost" };
  };
  const stop = new AbortController().signal;
  const post = async () => {
    throw new Error("only reminders are owed");
  };
  return {
    said,
    at: (time: string) => {
      now = new Date(time);
    },
    owe: () => oweDueReminders(worker()),
    deliver: () => deliverDue(worker(), { post, postReminders }, stop),
    /** Nothing is posted yet: it is to be tried again. */
    deliverRefused: () => {
      const later = { kind: "retry", at: new Date(now.getTime() + MINUTE_MS), reason: "Discord is away" } as const;
      return deliverDue(worker(), { post, postReminders: async () => later }, stop);
    },
    deliverUnheard: async () => {
      if ((await deliverDue(worker(), { post, postReminders: postUnheard }, stop)) > 0)
        throw new Error("nobody heard that");
      now = new Date(now.getTime() + MINUTE_MS);
    },
    /** Until `end`, a step every few hours: when a reminder was due is told by the outbox. */
    async until(end: string, step: () => Promise<unknown>, everyMs = 6 * HOUR_MS) {
      while (now < new Date(end)) {
        now = new Date(now.getTime() + everyMs);
        await step();
      }
    },
    /** An article of `into`, or of a story of its own, that sets what its text says. */
    async tell(text: string, into?: { readonly id: number }, given: Parameters<typeof storedStory>[2] = {}) {
      articles += 1;
      const told = {
        text,
        title: `Report ${articles}`,
        keys: [`guid:${articles}`],
        firstSeenAt: now,
        publishedAt: now,
      };
      const story = into ?? (await storedStory(db, told, { ...given, lastArticleAt: now }));
      const { article } = await saveArticle(db, anArticle(told));
      await saveTagging(db, article.id, aTagging);
      await assignArticle(db, article.id, story.id);
      await saveDeadlines(db, { id: article.id, text, deadlines: deadlinesIn(told) });
      return story;
    },
    follow: (filter: Partial<Filter> = {}, manner: Partial<Manner> = {}, destination = "here") =>
      createSubscription(
        db,
        {
          guildId: "1",
          destination,
          filter: { ...EVERYTHING, ...filter },
          manner: { ...AT_ONCE, ...manner },
          createdBy: null,
        },
        now,
      ),
  };
}

onEachEngine("reminders", (databases) => {
  let db: Db;
  let here: ReturnType<typeof play>;

  beforeEach(async () => {
    ({ db } = await databases.open());
    here = play(db, "2026-03-02T12:00:00Z");
    await here.owe();
  });

  afterEach(async () => {
    const owed = await db.selectFrom("deliveries").select("state").where("state", "=", "dead").execute();
    expect(owed).toEqual([]);
  });

  const both = async () => {
    await here.owe();
    await here.deliver();
  };

  test("come 7 days and 1 day before, at the hour of the channel, as one message for what is due at once", async () => {
    await here.follow({}, { timeZone: "Europe/Berlin", mode: "daily", at: "09:30" });
    await here.tell("A hearing is set for March 20, 2026.");
    await here.tell("Comments must be received by March 20, 2026.");
    await here.until("2026-03-22T00:00:00Z", both);
    const days = ["2026-03-20 Hearing", "2026-03-20 Comments close"];
    expect(here.said).toEqual([
      { at: "2026-03-13T08:30", channel: "here", days },
      { at: "2026-03-19T08:30", channel: "here", days },
    ]);
  });

  test("keep to the clocks of the zone when these change, and out of quiet hours", async () => {
    // Berlin's clocks went forward on 29 March 2026.
    await here.follow({}, { timeZone: "Europe/Berlin", quiet: { from: "22:00", to: "08:15" } });
    await here.tell("A hearing is set for April 2, 2026.");
    await here.until("2026-04-03T00:00:00Z", both);
    expect(here.said.map(({ at }) => at)).toEqual(["2026-03-26T07:15", "2026-04-01T06:15"]);
  });

  test("come once to a channel whose requests meet a day at several hours, and to each channel", async () => {
    await here.follow({ points: ["audit-scope"] });
    await here.follow({ places: ["US"] }, { mode: "daily", at: "17:00" });
    await here.follow({}, {}, "there");
    await here.tell("A hearing is set for March 20, 2026.");
    await here.until("2026-03-22T00:00:00Z", both);
    expect(here.said.map(({ at, channel }) => `${at} ${channel}`).sort()).toEqual([
      "2026-03-13T08:00 here",
      "2026-03-13T08:00 there",
      "2026-03-19T08:00 here",
      "2026-03-19T08:00 there",
    ]);
  });

  test("are of what a request asks for, all of it, and of none that wants no reminders or came too late", async () => {
    const muted = await here.tell("A hearing is set for March 20, 2026.", undefined, { stage: "adopted" });
    await here.follow({ stages: ["adopted"] }, {}, "stage");
    await here.follow({ places: ["EU"] }, {}, "place");
    await here.follow({ laws: ["sb-9"] }, {}, "law");
    await here.follow({ words: ["report 1"] }, {}, "words");
    await here.follow({ stories: [muted.id] }, { reminders: "only" }, "reader");
    await here.follow({}, { reminders: "off" }, "off");
    here.at("2026-03-15T12:00:00Z");
    await here.follow({}, {}, "late");
    await here.until("2026-03-22T00:00:00Z", both);
    const channels = (at: string) => here.said.filter((each) => each.at.startsWith(at)).map(({ channel }) => channel);
    expect(channels("2026-03-13").sort()).toEqual(["reader", "stage", "words"]);
    expect(channels("2026-03-19").sort()).toEqual(["late", "reader", "stage", "words"]);
  });

  test("are not of what is unsure, but for who asked for that story", async () => {
    const story = await here.tell("A hearing is set for March 20, 2026.");
    await db.updateTable("taggings").set({ support: 0 }).execute();
    await here.follow({}, {}, "channel");
    await here.follow({ stories: [story.id] }, {}, "reader");
    await here.until("2026-03-14T00:00:00Z", both);
    expect(here.said.map(({ channel }) => channel)).toEqual(["reader"]);
  });

  test("of a day that was found late are the nearer one alone, and of one that is over none", async () => {
    await here.follow();
    await here.until("2026-03-15T12:00:00Z", both);
    await here.tell("A hearing is set for March 20, 2026.");
    await here.until("2026-03-20T12:00:00Z", both);
    await here.tell("A vote is set for March 21, 2026.");
    await here.until("2026-03-25T00:00:00Z", both);
    expect(here.said.map(({ at, days }) => `${at} ${days}`)).toEqual(["2026-03-19T08:00 2026-03-20 Hearing"]);
  });

  test("that the program slept through come late while they are of use, the nearer one for both", async () => {
    await here.follow();
    await here.tell("A hearing is set for March 20, 2026.");
    await here.tell("A vote is set for March 22, 2026.");
    await here.tell("Comments must be received by March 16, 2026.");
    here.at("2026-03-19T10:00:00Z");
    await both();
    await both();
    expect(here.said.map(({ days }) => days)).toEqual([["2026-03-20 Hearing", "2026-03-22 Vote"]]);
    await here.until("2026-03-23T00:00:00Z", both);
    expect(here.said.slice(1).map(({ days }) => days)).toEqual([["2026-03-22 Vote"]]);
  });

  test("are dropped where the day was moved or taken back between the outbox and the channel", async () => {
    await here.follow();
    const story = await here.tell("A hearing is set for March 20, 2026.");
    const other = await here.tell("A vote is set for March 20, 2026.");
    here.at("2026-03-13T09:00:00Z");
    await here.owe();
    await here.tell("The hearing was moved from March 20 to March 25, 2026.", story);
    await here.tell("The vote scheduled for March 20, 2026, has been cancelled.", other);
    await here.deliver();
    expect(here.said).toEqual([]);
    expect(await nextDeliveryAt(db)).toBe(null);
    await here.until("2026-03-26T00:00:00Z", both);
    expect(here.said.map(({ at, days }) => `${at} ${days}`)).toEqual([
      "2026-03-18T08:00 2026-03-25 Hearing · moved from 20 Mar 2026",
      "2026-03-24T08:00 2026-03-25 Hearing · moved from 20 Mar 2026",
    ]);
  });

  test("are owed once by two workers at work at the same time", async () => {
    await here.follow();
    for (let at = 0; at < 5; at += 1) await here.tell("A hearing is set for March 20, 2026.");
    here.at("2026-03-13T08:00:00Z");
    await Promise.all([here.owe(), here.owe(), here.owe()]);
    await Promise.all([here.deliver(), here.deliver()]);
    await both();
    expect(here.said.map(({ days }) => days.length)).toEqual([5]);
  });

  test("are dropped where nobody there asks for them any more when their quiet hours are over", async () => {
    const quiet = { quiet: { from: "07:00", to: "12:00" } };
    const unfollowed = await here.follow({}, quiet);
    const hushed = await here.follow({}, quiet, "hushed");
    await here.follow({}, quiet, "muted");
    await here.follow({}, quiet, "there");
    const story = await here.tell("A hearing is set for March 20, 2026.");
    here.at("2026-03-13T08:30:00Z");
    await both();
    expect(here.said).toEqual([]);
    await removeSubscription(db, unfollowed.id);
    await changeSubscription(db, { ...hushed, manner: { ...hushed.manner, reminders: "off" } });
    const mute = { destination: "muted", kind: "story", value: `${story.id}`, until: null, createdBy: null } as const;
    await addMute(db, mute, new Date("2026-03-13T09:00:00Z"));
    here.at("2026-03-13T12:00:00Z");
    await both();
    expect(here.said.map(({ channel }) => channel)).toEqual(["there"]);
  });

  test("of a request that was paused, or wanted none, do not come afterwards for the time in between", async () => {
    const paused = await here.follow();
    const hushed = await here.follow({}, { reminders: "off" }, "hushed");
    await here.tell("A hearing is set for March 20, 2026.");
    await pauseSubscription(db, paused.id, "by hand", new Date("2026-03-12T00:00:00Z"));
    await here.until("2026-03-14T00:00:00Z", both);
    await resumeSubscription(db, paused.id);
    await changeSubscription(db, { ...hushed, manner: { ...hushed.manner, reminders: "on" } });
    await here.until("2026-03-18T00:00:00Z", both);
    expect(here.said).toEqual([]);
    await here.until("2026-03-20T00:00:00Z", both);
    expect(here.said.map(({ channel }) => channel).sort()).toEqual(["here", "hushed"]);
  });

  test("of a story that another took over, of another dispute, come once and in spite of a lost answer", async () => {
    await here.follow({ points: ["audit-scope"] });
    await here.follow({ places: ["US"] }, { mode: "daily", at: "17:00" });
    const from = await here.tell("A hearing is set for March 20, 2026.");
    const into = await here.tell("The council met.");
    here.at("2026-03-13T08:00:00Z");
    await here.owe();
    await here.deliverRefused();
    await absorb(db, { id: into.id, revision: 1 }, from.id, new Date("2026-03-13T08:00:30Z"));
    await here.until("2026-03-22T00:00:00Z", both, HOUR_MS);
    expect(here.said.map(({ at, days }) => `${at.slice(0, 10)} ${days}`)).toEqual([
      "2026-03-13 2026-03-20 Hearing",
      "2026-03-19 2026-03-20 Hearing",
    ]);
  });

  /** What a half-year brings: when it is told, of which matter, and in which words. */
  const NEWS: readonly (readonly [at: string, matter: string, text: string])[] = [
    ["2026-03-03T10:00:00Z", "postponed", "A hearing is set for April 20, 2026."],
    ["2026-04-15T10:00:00Z", "postponed", "The hearing was postponed from April 20 to May 11, 2026."],
    ["2026-05-08T10:00:00Z", "postponed", "The hearing was postponed from May 11 to June 30, 2026."],
    ["2026-03-04T10:00:00Z", "cancelled", "A vote is set for April 28, 2026."],
    ["2026-04-24T10:00:00Z", "cancelled", "The vote scheduled for April 28, 2026, has been cancelled."],
    ["2026-03-05T10:00:00Z", "contested", "The law takes effect on July 1, 2026."],
    ["2026-03-06T10:00:00Z", "contested", "The law takes effect on July 8, 2026."],
    ["2026-03-07T10:00:00Z", "would be", "The rules would take effect on May 20, 2026."],
    ["2026-03-20T10:00:00Z", "of the clock change", "Comments must be received by March 30, 2026."],
    ["2026-06-10T10:00:00Z", "late", "Comments must be received by June 13, 2026."],
    ["2026-08-20T10:00:00Z", "passed", "A vote was held on August 19, 2026."],
  ];

  /** Berlin's clocks go forward on 29 March: 08:00 there is 07:00 of UTC before, and 06:00 from then on. */
  const REMINDED = [
    "2026-03-23T07 2026-03-30 Comments close",
    "2026-03-29T06 2026-03-30 Comments close",
    "2026-04-13T06 2026-04-20 Hearing",
    "2026-04-21T06 2026-04-28 Vote",
    "2026-05-04T06 2026-05-11 Hearing · moved from 20 Apr 2026",
    "2026-05-13T06 2026-05-20 In force · would be",
    "2026-05-19T06 2026-05-20 In force · would be",
    "2026-06-12T06 2026-06-13 Comments close",
    "2026-06-23T06 2026-06-30 Hearing · moved from 11 May 2026",
    "2026-06-24T06 2026-07-01 In force · sources differ",
    "2026-06-29T06 2026-06-30 Hearing · moved from 11 May 2026",
    "2026-06-30T06 2026-07-01 In force · sources differ",
    "2026-07-01T06 2026-07-08 In force · sources differ",
    "2026-07-07T06 2026-07-08 In force · sources differ",
  ];

  /** What a process does when it ends at a step, and the next one after it. */
  const RESTARTS: Readonly<Record<string, () => Promise<unknown>>> = {
    "at no step": async () => {
      await both();
    },
    "before it is owed": async () => {
      await releaseClaims(db);
      await both();
    },
    "between the outbox and the channel": async () => {
      await here.owe();
      await releaseClaims(db);
      await both();
    },
    "once it is posted, before that is known": async () => {
      await here.owe();
      await here.deliverUnheard();
      await releaseClaims(db);
      await both();
    },
  };

  describe.each(Object.keys(RESTARTS))("of a half-year, with a process that ends %s", (name) => {
    test("come once each, and none of what was moved", async () => {
      await here.follow({}, { timeZone: "Europe/Berlin" });
      const stories = new Map<string, { readonly id: number }>();
      const news = NEWS.toSorted(([a], [b]) => (a < b ? -1 : 1));
      const restart = RESTARTS[name]!;
      for (const [at, matter, text] of news) {
        await here.until(at, restart, DAY_MS);
        stories.set(matter, await here.tell(text, stories.get(matter)));
      }
      await here.until("2026-09-01T00:00:00Z", restart, DAY_MS);
      const said = here.said.flatMap(({ at, days }) => days.map((day) => `${at.slice(0, 13)} ${day}`));
      expect(said.sort()).toEqual(REMINDED);
    });
  });
});
