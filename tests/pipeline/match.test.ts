import { describe, expect, test } from "vitest";
import { digestOf } from "#model/destination.ts";
import { AT_ONCE, EVERYTHING, type Filter } from "#model/subscription.ts";
import { flipsBack, isBacklog, isNews, matches, owedTo, subscribersOf } from "#pipeline/match.ts";
import { article, hours, NOW, story } from "#support/samples.ts";

const wants = (filter: Partial<Filter>, given = {}) =>
  matches({ ...EVERYTHING, ...filter }, { story: story(given), feedIds: ["gazette"], laws: ["US-ID bill SB77"] });

describe("a filter", () => {
  test("that asks for nothing matches everything", () => expect(wants({})).toBe(true));

  test("matches when each list shares an id with the story", () => {
    expect(wants({ points: ["audit-scope", "timelines"], places: ["US"], stages: ["threatened"] })).toBe(true);
    expect(wants({ points: ["audit-scope"], places: ["EU"] })).toBe(false);
    expect(wants({ sources: ["gazette"], actors: ["commerce"] })).toBe(true);
    expect(wants({ stages: ["adopted"] })).toBe(false);
  });

  test("for a stage does not match a story without one", () =>
    expect(wants({ stages: ["threatened"] }, { stage: null })).toBe(false));

  test("looks for whole words, in the title and in the summary", () => {
    expect(wants({ words: ["Penalty"] })).toBe(true);
    expect(wants({ words: ["pen"] })).toBe(false);
    expect(wants({ words: ["weighs  penalty"] })).toBe(true);
    const summary = [{ text: "The monitor stays.", articleId: 1, start: 0, end: 18, ranges: [] }];
    expect(wants({ words: ["penalty", "monitor"] }, { summary })).toBe(true);
    expect(wants({ words: ["penalty", "monitor"] })).toBe(false);
  });

  test("drops what `not` names, by id or by word", () => {
    expect(wants({ points: ["penalties"], not: ["audit-scope"] })).toBe(false);
    expect(wants({ not: ["department"] })).toBe(false);
    expect(wants({ not: ["copyright"] })).toBe(true);
    expect(wants({ not: ["gazette"] })).toBe(false);
    expect(wants({ not: [{ storyId: 7 }] })).toBe(false);
    expect(wants({ stories: [7] })).toBe(true);
    expect(wants({ stories: [8] })).toBe(false);
  });
});

describe("an article is news", () => {
  const press = { primary: false, addedAt: hours(-200), firstPoll: false };

  test("for 72 hours from the press, for a week from a primary source", () => {
    const old = article({ publishedAt: hours(-73) });
    expect(isNews(article({ publishedAt: hours(-71) }), press)).toBe(true);
    expect(isNews(old, press)).toBe(false);
    expect(isNews(old, { ...press, primary: true })).toBe(true);
    expect(isNews(article({ publishedAt: hours(-169) }), { ...press, primary: true })).toBe(false);
  });

  test("unless it was published before its feed was added", () => {
    const added = { ...press, addedAt: hours(-2) };
    expect(isNews(article({ publishedAt: hours(-3) }), added)).toBe(false);
    expect(isNews(article({ publishedAt: hours(-1) }), added)).toBe(true);
  });

  test("without a date only after the feed's first poll", () => {
    const undated = article({ publishedAt: null });
    expect(isNews(undated, { ...press, firstPoll: true })).toBe(false);
    expect(isNews(undated, press)).toBe(true);
  });

  test("dated ahead only after the feed's first poll: what stood there before may speak of any day to come", () => {
    for (const ahead of [0.1, 8, 24 * 30]) {
      const hearing = article({ publishedAt: hours(ahead) });
      expect(isNews(hearing, { ...press, firstPoll: true })).toBe(false);
      expect(isNews(hearing, press)).toBe(true);
    }
    // As far as clocks differ it is of now.
    expect(isNews(article({ publishedAt: hours(0.08) }), { ...press, firstPoll: true })).toBe(true);
  });
});

test("what a first poll brings, and what is dated ahead by more than clocks differ, is a backlog", () => {
  const arrival = { primary: false, addedAt: hours(-200), firstPoll: false };
  const backlog = (ahead: number) => isBacklog(article({ publishedAt: hours(ahead) }), arrival);
  expect([-1, 0, 1, 1.1].map(backlog)).toEqual([false, false, false, true]);
  expect(isBacklog(article({ publishedAt: null }), arrival)).toBe(false);
  expect(isBacklog(article(), { ...arrival, firstPoll: true })).toBe(true);
});

describe("a stage that moves", () => {
  const moved = (at: number, from: string, to: string, kind: "stage" | "reversal" = "reversal") => ({
    at: hours(at),
    movements: [{ kind, from, to, articleId: 1, sentence: null }],
  });
  const blocked = moved(0, "in force", "blocked");

  test("flips when it goes back to one that was shown within a day", () => {
    expect(flipsBack(moved(24, "blocked", "in force"), [blocked])).toBe(true);
    expect(flipsBack(moved(24.1, "blocked", "in force"), [blocked])).toBe(false);
    expect(flipsBack(blocked, [])).toBe(false);
    expect(flipsBack(moved(1, "blocked", "repealed", "stage"), [blocked])).toBe(false);
  });

  test("is told when something else moves with it", () => {
    const dated = { kind: "date" as const, from: null, to: "2026-12-01", articleId: 1, sentence: null };
    const back = moved(1, "blocked", "in force");
    expect(flipsBack({ ...back, movements: [...back.movements, dated] }, [blocked])).toBe(false);
    expect(flipsBack({ at: hours(1), movements: [] }, [blocked])).toBe(false);
  });
});

test("a channel gets nothing older than its request, and nothing while it is paused", () => {
  const subscription = {
    id: 1,
    guildId: "1",
    destination: "2",
    filter: EVERYTHING,
    manner: AT_ONCE,
    createdAt: hours(-2),
    createdBy: null,
    pausedAt: null,
    pauseReason: null,
  };
  const later = { ...subscription, id: 2, createdAt: hours(-0.5) };
  const paused = { ...subscription, id: 3, pausedAt: NOW };
  const found = subscribersOf({ story: story(), feedIds: [], laws: [] }, article(), [subscription, later, paused]);
  expect(found.map(({ id }) => id)).toEqual([1]);
});

test("a place is served once: a post of its own is not repeated in a digest", () => {
  const base = {
    id: 1,
    guildId: "1",
    destination: "2",
    filter: EVERYTHING,
    manner: AT_ONCE,
    createdAt: NOW,
    createdBy: null,
    pausedAt: null,
    pauseReason: null,
  };
  const daily = { ...base, id: 2, manner: { ...AT_ONCE, mode: "daily" as const, at: "09:00" } };
  const elsewhere = { ...daily, id: 3, destination: "3" };
  expect(owedTo([base, { ...base, id: 9 }, daily, elsewhere], NOW)).toEqual([
    { destination: "2", dueAt: NOW },
    { destination: digestOf(3), dueAt: hours(1) },
  ]);
});
