import { describe, expect, test } from "vitest";
import type { Axis, Tag } from "#model/tag.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { type Ladder, tellStory } from "#pipeline/tell/tell.ts";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 2, 2, 9);

const ladder: Ladder = {
  stages: ["threatened", "proposed", "adopted"].map((id, order) => ({
    id,
    name: id,
    order,
    cues: [],
    conditionalCap: false,
  })),
  certainties: ["official", "anonymous"].map((id, order) => ({ id, name: id, label: id, order, cues: [] })),
};

function tag(axis: Axis, id: string): Tag {
  const evidence = {
    field: "text",
    phrase: "x",
    start: 3,
    end: 4,
    sentence: { start: 0, end: 9 },
    rule: "x",
    reading: "stated",
  } as const;
  return { axis, id, strength: "strong", primary: true, evidence: [evidence] };
}

function member(
  id: number,
  tags: readonly Tag[],
  more: { title?: string; text?: string; primary?: boolean } = {},
): Member {
  const at = new Date(START + id * HOUR_MS);
  const title = more.title ?? `Title ${id}`;
  return {
    primary: more.primary ?? false,
    tagging: { relevant: true, hold: null, tags },
    article: {
      id,
      feedId: `feed-${id}`,
      keys: [`key-${id}`],
      url: `https://example.org/${id}`,
      canonicalUrl: `https://example.org/${id}`,
      title,
      text: more.text ?? "A short brief.",
      textFrom: "summary",
      author: null,
      publishedAt: at,
      updatedAt: null,
      firstSeenAt: at,
      language: "en",
      textHash: `hash-${id}`,
    },
  };
}

const kinds = (before: readonly Member[], after: readonly Member[]) =>
  tellStory(before, after, ladder).movements.map((each) => each.kind);

describe("the leading source", () => {
  test("is a primary source before press, however late and brief", () => {
    const press = member(1, [], { title: "Press", text: "long ".repeat(400) });
    const { telling } = tellStory([], [press, member(2, [], { title: "Regulator", primary: true })], ladder);
    expect(telling.title).toBe("Regulator");
  });

  test("is a full report before a brief, and the earlier of two alike", () => {
    const full = (id: number) => member(id, [], { text: "long ".repeat(400) });
    expect(tellStory([], [member(1, []), full(2), full(3)], ladder).telling.leadArticleId).toBe(2);
  });
});

describe("what moved", () => {
  const rumour = member(1, [tag("stage", "threatened"), tag("certainty", "anonymous"), tag("point", "audit-scope")]);

  test("a first article opens the story", () => {
    expect(tellStory([], [rumour], ladder).movements).toEqual([
      { kind: "opened", from: null, to: "threatened", articleId: 1, sentence: null },
    ]);
  });

  test("more coverage of the same moves nothing", () => {
    expect(kinds([rumour], [rumour, member(2, [tag("stage", "threatened"), tag("point", "audit-scope")])])).toEqual([]);
  });

  test("a new stage moves, and shows the sentence that says so", () => {
    const adopted = member(2, [tag("stage", "adopted"), tag("certainty", "official")]);
    expect(tellStory([rumour], [rumour, adopted], ladder).movements).toEqual([
      { kind: "stage", from: "threatened", to: "adopted", articleId: 2, sentence: { start: 0, end: 9 } },
    ]);
  });

  test("a confirmation moves", () => {
    const confirmed = member(2, [tag("stage", "threatened"), tag("certainty", "official")]);
    expect(tellStory([rumour], [rumour, confirmed], ladder).movements).toMatchObject([
      { kind: "certainty", from: "anonymous", to: "official" },
    ]);
  });

  test("press that repeats an official act does not make it less certain", () => {
    const official = member(1, [tag("stage", "adopted"), tag("certainty", "official")]);
    const press = member(2, [tag("stage", "adopted"), tag("certainty", "anonymous")]);
    expect(tellStory([official], [official, press], ladder)).toMatchObject({
      telling: { certainty: "official" },
      movements: [],
    });
  });

  test("a new friction point and the first primary source move", () => {
    expect(kinds([rumour], [rumour, member(2, [tag("point", "penalty")], { primary: true })])).toEqual([
      "point",
      "primary",
    ]);
  });
});
