import { describe, expect, test } from "vitest";
import type { Stage } from "#model/pack.ts";
import type { Axis, Tag, Tagging } from "#model/tag.ts";
import { DAY_MS } from "#model/time.ts";
import { createStoryIndex, type Placeable } from "#pipeline/cluster/cluster.ts";

const MONDAY = Date.UTC(2026, 2, 2, 9);

function article(id: number, title: string, text: string, days = 0): Placeable {
  const at = new Date(MONDAY + days * DAY_MS);
  return { id, feedId: `feed-${id}`, title, text, publishedAt: at, firstSeenAt: at };
}

function tagged(stage: string, ...places: readonly string[]): Tagging {
  const tag = (axis: Axis, id: string, start = 0): Tag => {
    const span = { start, end: start + 1 };
    const evidence = { ...span, field: "title", phrase: id, sentence: span, rule: id, reading: "stated" } as const;
    return { axis, id, strength: "strong", primary: true, evidence: [evidence] };
  };
  const named = places.map((place, at) => tag("place", place, at));
  return { relevant: true, support: 1, hold: null, tags: [tag("stage", stage), ...named.toReversed()] };
}

const STAGES: readonly Stage[] = [
  { id: "hearing", name: "In court", order: 2, cues: [], conditionalCap: false, kind: "court" },
  { id: "adopted", name: "Adopted", order: 1, cues: [], conditionalCap: false },
];

const ruling = article(
  1,
  "Judge halts ferry inspection order for Corvane",
  "A federal judge in Portland, Oregon, halted the order by which the Transport Department would inspect Corvane's ferry robots.",
);
const otherRuling = article(
  2,
  "Judge lets ferry inspection order for Corvane stand",
  "Corvane must open its ferry robots to the Transport Department: in Boise, Idaho, a federal judge let the order stand.",
  1,
);

describe("a matter before courts", () => {
  const index = createStoryIndex({ stages: STAGES, actors: [], places: [] });
  index.add(ruling, tagged("hearing", "US", "US-OR"), 7, 3);

  test("two courts on one dispute are two developments of one saga", () => {
    expect(index.place(otherRuling, tagged("hearing", "US", "US-ID"))).toMatchObject({ storyId: null, sagaId: 3 });
  });

  test("a report of one court that names the other's place after its own is of its own", () => {
    const placed = index.place(otherRuling, tagged("hearing", "US-ID", "US-OR"));
    expect(placed).toMatchObject({ storyId: null, sagaId: 3 });
  });

  test("a report that names only the country may be of the ruling there", () => {
    expect(index.place(otherRuling, tagged("hearing", "US")).storyId).toBe(7);
  });

  test("what a court makes of an order is not the order", () => {
    const order = article(
      3,
      "Transport Department to look into Corvane's ferry robots",
      "Inspectors may board boats that steer themselves, the Transport Department ordered after two collisions.",
      -2,
    );
    expect(index.place(order, tagged("hearing", "US")).storyId).toBe(7);
    expect(index.place(order, tagged("adopted", "US"))).toMatchObject({ storyId: null, sagaId: 3 });
  });

  test("one report without the court among several does not part them", () => {
    const both = createStoryIndex({ stages: STAGES, actors: [], places: [] });
    const third = article(
      3,
      ruling.title,
      "The Transport Department may not inspect the ferry robots of Corvane for now.",
    );
    both.add(ruling, tagged("hearing", "US-OR"), 7, 3);
    both.add({ ...ruling, id: 4 }, tagged("hearing", "US-OR"), 7, 3);
    both.add(third, tagged("adopted", "US"), 7, 3);
    expect(both.place({ ...third, id: 5 }, tagged("hearing", "US")).storyId).toBe(7);
  });
});
