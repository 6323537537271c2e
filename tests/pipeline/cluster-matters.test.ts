import { describe, expect, test } from "vitest";
import type { Tag } from "#model/tag.ts";
import { DAY_MS } from "#model/time.ts";
import { createStoryIndex, type Placeable, QUIET_DAYS } from "#pipeline/cluster/cluster.ts";

const UNTAGGED = { relevant: true, support: 1, hold: null, tags: [] };
const START = Date.UTC(2026, 2, 2, 9);

function article(id: number, title: string, text: string, days = 0): Placeable {
  const at = new Date(START + days * DAY_MS);
  return { id, feedId: `feed-${id}`, title, text, publishedAt: at, firstSeenAt: at };
}

const placeTag = (id: string, phrase?: string): Tag => {
  const where = { field: "text", start: 0, end: 1, sentence: { start: 0, end: 1 }, reading: "stated" } as const;
  const evidence = phrase === undefined ? [] : [{ ...where, phrase, rule: phrase }];
  return { axis: "place", id, strength: "strong", primary: true, evidence };
};
const at = (...tags: readonly Tag[]) => ({ ...UNTAGGED, tags });

/** Whether `later` opens a story in the saga of `earlier`; other stories fill the window, so that names can be rare. */
function joins(earlier: Placeable, later: Placeable, tagging: { earlier?: object; later?: object } = {}): boolean {
  const index = createStoryIndex();
  for (let other = 0; other < OTHERS.length; other++) {
    index.add(article(900 + other, OTHERS[other]!, ""), UNTAGGED, 900 + other, 900 + other);
  }
  index.add(earlier, { ...UNTAGGED, ...tagging.earlier }, 5, 50);
  const placed = index.place(later, { ...UNTAGGED, ...tagging.later });
  expect(placed.storyId).toBeNull();
  return placed.sagaId === 50;
}

/** Three of these tell of one minister. */
const OTHERS = [
  "Ada Crane opens a school of robotics",
  "Ada Crane on trains, taxes and chatbots",
  "Why Ada Crane likes drones",
  "Harbour ferry timetable changes for spring",
];

describe("numbers", () => {
  const bill = article(1, "Senators vote on SB 1047", "The vote on audits of large models by Corvane was close.");
  const later = article(2, "Governor weighs veto", "Labs have written letters against Senate Bill 1047.", 3);
  const naming = article(2, "Governor weighs veto", "Corvane has written letters against Senate Bill 1047.", 3);

  test("a state's bill joins its saga whatever the words, and that of another state never", () => {
    const [here, there] = ["US-AA", "US-BB"].map((id) => at(placeTag("US"), placeTag(id)));
    expect(joins(bill, later, { earlier: here!, later: here! })).toBe(true);
    expect(joins(bill, naming, { earlier: here!, later: there! })).toBe(false);
  });

  test("where one tells no state, both must share a rare name besides", () => {
    const [here, country] = [at(placeTag("US-AA")), at(placeTag("US"))];
    for (const state of [country, UNTAGGED]) {
      expect(joins(bill, later, { earlier: here, later: state })).toBe(false);
      expect(joins(bill, naming, { earlier: here, later: state })).toBe(true);
    }
  });

  test("an act of the European Union is one wherever it is spoken of, however it is written", () => {
    const act = article(1, "Standards bodies meet", "Regulation (EU) No 1025/2012 was discussed at length.");
    const speech = article(2, "Industry asks for more time", "The change to CELEX 32012R1025 comes too early.", 4);
    expect(joins(act, speech, { earlier: at(placeTag("EU")), later: at(placeTag("DE")) })).toBe(true);
  });
});

/** Days after which a story is over, so that what is worded as it was may be of its saga alone. */
const LATER = QUIET_DAYS + 2;

describe("names", () => {
  const person = article(1, "Ada Crane: robots need rules soon", "Ada Crane spoke about rules for robots on Monday.");
  const again = article(2, "Ada Crane says robots need patience", "Ada Crane spoke about robots and patience.", LATER);

  test("a person whom other stories name ties nothing together", () => {
    expect(joins(person, again)).toBe(false);
  });

  test("nor does one name that is not acted upon, but two do", () => {
    const text = "Vireo spoke about rules for robots on Monday.";
    const one = article(1, "Vireo: robots need rules soon", text);
    expect(joins(one, article(2, "Vireo says robots need patience", "Vireo spoke about robots.", LATER))).toBe(false);
    const quillon = " It answered Quillon.";
    const two = article(2, "Vireo says robots need patience", `Vireo spoke about robots.${quillon}`, LATER);
    expect(joins({ ...one, text: text + quillon }, two)).toBe(true);
  });

  test("two words of one name are one name", () => {
    const one = article(1, "Orla Finch: robots need rules soon", "On Monday Orla Finch spoke about rules for robots.");
    const two = article(2, "Orla Finch says robots need patience", "In Dover Orla Finch spoke about robots.", LATER);
    expect(joins(one, two)).toBe(false);
  });

  test("a company that is acted upon does", () => {
    const fined = article(1, "Watchdog fines Vireo over robots", "Vireo was fined over its robots on Monday.");
    const appeal = article(2, "Vireo appeals over robots", "Vireo appealed in the matter of its robots.", LATER);
    expect(joins(fined, appeal)).toBe(true);
  });

  test("a summit ties what is said of it together, with whoever holds it, but not with a place alone", () => {
    const held = (who: string, id: number, days: number) => {
      const title = `${who} ${id === 1 ? "plans" : "defends"} robot summit`;
      return article(id, title, `Before the robot summit ${who} spoke of robots in ${who}.`, days);
    };
    expect(joins(held("Finch", 1, 0), held("Finch", 2, LATER))).toBe(true);
    const index = createStoryIndex({ stages: [], actors: [], places: [{ id: "NO", name: "Norland", aliases: [] }] });
    index.add(held("Norland", 1, 0), UNTAGGED, 5, 50);
    expect(index.place(held("Norland", 2, LATER), UNTAGGED).sagaId).toBeNull();
  });

  test("an office that the pack knows, or the outlet, is no name of a matter", () => {
    const fined = article(1, "Watchdog fines Vireo over robots", "Vireo was fined over its robots on Monday.");
    const appeal = article(2, "Vireo appeals over robots", "Vireo appealed in the matter of its robots.", LATER);
    expect(joins(fined, appeal, { later: at(placeTag("NO", "Vireo")) })).toBe(false);
    expect(joins(fined, { ...appeal, feedId: "vireo.example" })).toBe(false);
  });
});
