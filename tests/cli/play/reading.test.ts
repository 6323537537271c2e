import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDigest, readFilter } from "#cli/play/follow.ts";
import { feedsOf } from "#cli/play/sources.ts";
import { placesIn } from "#cli/play/spans.ts";
import { readStream } from "#cli/play/stream.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { liftPack } from "#support/rules-pack.ts";
import { plainText } from "#text/plain-text.ts";

const FEED = {
  id: "board",
  name: "Lift Board",
  url: "https://feeds.board.example/rss",
  site: "https://www.board.example/",
  place: "UK",
  kind: "regulator",
  primary: true,
  fullText: "auto",
} as const;

describe("the feeds behind sources", () => {
  const pack = liftPack({}, { feeds: [FEED] });

  it.each(["board", "LIFT BOARD", "board.example", "www.board.example", "feeds.board.example"])(
    "are the catalogue's own where it knows them by id, name or host: %s",
    (source) => {
      expect(feedsOf([source], pack).bySource.get(source)).toBe(FEED);
    },
  );

  it("are press of their name where it does not, the same however often, and in the pack", () => {
    const { bySource, pack: all } = feedsOf(["Daily Lift", "board", "daily lift"], pack);
    expect(bySource.get("Daily Lift")).toMatchObject({ id: "Daily Lift", kind: "press", primary: false });
    expect(bySource.get("daily lift")).toBe(bySource.get("Daily Lift"));
    expect(all.feeds.map(({ id }) => id)).toEqual(["board", "Daily Lift"]);
  });
});

describe("a written filter", () => {
  const pack = liftPack({}, { feeds: [FEED] });

  it("names points, places, stages, actors and sources by id or name, words, and what is not wanted", () => {
    const written =
      'point:inspections place:"United Kingdom",UK stage:adopted source:board cable "lift shaft" not:guild';
    expect(readFilter(written, pack)).toEqual({
      ...EVERYTHING,
      points: ["inspections"],
      places: ["UK", "UK"],
      stages: ["adopted"],
      sources: ["board"],
      words: ["cable", "lift shaft"],
      not: ["guild"],
    });
  });
});

describe("a written digest", () => {
  it.each([
    [[], AT_ONCE, undefined],
    [["hourly"], { ...AT_ONCE, mode: "hourly" }, undefined],
    [["daily@07:30 Europe/London"], { ...AT_ONCE, mode: "daily", at: "07:30", timeZone: "Europe/London" }, undefined],
    [["daily Berlin"], { ...AT_ONCE, mode: "daily", timeZone: "Europe/Berlin" }, undefined],
    [["daily", "Asia/Tokyo", "-"], { ...AT_ONCE, mode: "daily", timeZone: "Asia/Tokyo" }, "-"],
    [["weekly-fri@16:00", "news.jsonl"], { ...AT_ONCE, mode: "weekly", weekday: 5, at: "16:00" }, "news.jsonl"],
  ] as const)("%j", (parts, manner, file) => {
    expect(readDigest(parts)).toEqual({ manner, file });
  });

  it.each(["fortnightly", "daily@25:00", "weekly-now", "each", "daily@08:00 BST"])("is refused as %s", (written) => {
    expect(readDigest([written])).toHaveProperty("fault");
  });
});

describe("where the words of an article stand in what its feed gave", () => {
  const found = (given: string, wanted: string) => {
    const text = plainText(given);
    const start = text.indexOf(wanted);
    expect(start).toBeGreaterThanOrEqual(0);
    const ranges = placesIn(given, text)([[start, start + wanted.length]]);
    return ranges.map(([from, to]) => given.slice(from, to)).join("");
  };

  it.each([
    ["Plain. As it is.", "As it is."],
    ["<p>A first.</p>\n<p>A <b>bold</b> second one.</p>", "A bold second one."],
    ["R&amp;D is paid, says AT&T.", "R&D is paid, says AT&T."],
    ["Two   spaces.\nAnd a line.", "And a line."],
    ['<a href="/a">a</a> is a letter.', "a is a letter."],
  ])("%s", (given, wanted) => {
    expect(found(given, wanted)).toBe(wanted);
  });

  it("is never outside of it, whatever the two are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."ab <>&;/p\n") }),
        fc.string({ unit: fc.constantFrom(..."ab \n") }),
        (given, text) => {
          let last = 0;
          for (const [start, end] of placesIn(given, text)([[0, text.length]])) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeLessThanOrEqual(given.length);
            last = end;
          }
        },
      ),
    );
  });
});

it("keeps the paragraphs of plain text", async () => {
  const line = { id: 1, title: "T", text: "One.\n\nTwo.", url: "https://a.example/", at: "2026-03-02", source: "a" };
  const { items } = await readStream(Readable.from([Buffer.from(JSON.stringify(line))]));
  expect(items.map(({ html }) => plainText(html))).toEqual(["One.\n\nTwo."]);
});
