import { describe, expect, test } from "vitest";
import { dateOf } from "#model/article.ts";
import type { Axis, Tag } from "#model/tag.ts";
import { HOUR_MS } from "#model/time.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { membershipOf } from "#pipeline/tell/membership.ts";
import type { Ladder } from "#pipeline/tell/standing.ts";
import { tellStory as tellMembership } from "#pipeline/tell/tell.ts";

const START = Date.UTC(2026, 2, 2, 9);

const ladder: Ladder = {
  stages: ["threatened", "proposed", "adopted", "suspended"].map((id, order) => ({
    id,
    name: id,
    order,
    cues: [],
    conditionalCap: false,
    eases: id === "suspended",
    steps: id === "proposed" ? [{ id: "agreed", name: "agreed", cues: ["reach deal"] }] : [],
  })),
  certainties: ["official", "anonymous"].map((id, order) => ({
    id,
    name: id,
    label: id,
    order,
    cues: [],
    firm: id === "official",
  })),
};

function tag(axis: Axis, id: string, rule = "x"): Tag {
  const evidence = {
    field: "text",
    phrase: "x",
    start: 3,
    end: 4,
    sentence: { start: 0, end: 9 },
    rule,
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
    tagging: { relevant: true, support: 1, hold: null, tags },
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
      textHash: `hash of ${id}: ${more.text}`,
    },
  };
}

const tellStory = (before: readonly Member[], after: readonly Member[], by: Ladder) =>
  tellMembership(membershipOf(before), membershipOf(after), by);

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

  test("a friction point that press alone finds moves when a second report has it too", () => {
    const [one, two] = [member(2, [tag("point", "penalty")]), member(3, [tag("point", "penalty")])];
    expect(kinds([rumour], [rumour, one])).toEqual([]);
    expect(kinds([rumour, one], [rumour, one, two])).toEqual(["point"]);
    expect(kinds([rumour, one, two], [rumour, one, two, member(4, [tag("point", "penalty")])])).toEqual([]);
  });

  test("a new friction point and the first primary source move", () => {
    expect(kinds([rumour], [rumour, member(2, [tag("point", "penalty")], { primary: true })])).toEqual([
      "point",
      "primary",
    ]);
  });
});

describe("steps within a stage", () => {
  const vote = member(1, [tag("stage", "proposed"), tag("certainty", "official")]);
  const deal = member(2, [tag("stage", "proposed", "reach deal"), tag("certainty", "official")]);

  test("the cue that found the stage tells of a further step, which moves the story and gives it its title", () => {
    const { telling, movements } = tellStory([vote], [vote, deal], ladder);
    expect(movements).toMatchObject([{ kind: "stage", from: "proposed", to: "agreed", articleId: 2 }]);
    expect(telling).toMatchObject({ stage: "proposed", title: "Title 2" });
  });

  test("a report that recalls the stage without the step sets nothing back, and the next stage is further", () => {
    expect(kinds([vote, deal], [vote, deal, member(3, [tag("stage", "proposed")])])).toEqual([]);
    expect(tellStory([vote, deal], [vote, deal, member(3, [tag("stage", "adopted")])], ladder).movements).toMatchObject(
      [{ kind: "stage", from: "agreed", to: "adopted" }],
    );
  });
});

describe("turning points", () => {
  const adopted = member(1, [tag("stage", "adopted"), tag("certainty", "official")]);
  const suspended = member(2, [tag("stage", "suspended"), tag("certainty", "official")]);

  test("a stage that eases the pressure is a reversal, on one voice that need not be firm, and so is the way back", () => {
    expect(kinds([adopted], [adopted, member(2, [tag("stage", "suspended")])])).toEqual(["reversal"]);
    const back = member(3, [tag("stage", "adopted")], { primary: true });
    expect(tellStory([adopted], [adopted, suspended], ladder).movements).toMatchObject([
      { kind: "reversal", to: "suspended" },
    ]);
    expect(kinds([adopted, suspended], [adopted, suspended, back])).toEqual(["reversal", "primary"]);
  });

  test("one report that recalls an earlier stage turns nothing back; a second firm one does", () => {
    const recall = (id: number) => member(id, [tag("stage", "adopted"), tag("certainty", "official")]);
    expect(kinds([adopted, suspended], [adopted, suspended, recall(3)])).toEqual([]);
    expect(kinds([adopted, suspended, recall(3)], [adopted, suspended, recall(3), recall(4)])).toEqual(["reversal"]);
  });
});

describe("copies", () => {
  const wire =
    "The harbour board voted nine to two on Thursday to make every ferry line publish its crew rosters, after a year of complaints from islanders who were left on the quay without a word of warning when boats did not sail.";

  test("the same text under another title moves nothing, whatever its tags", () => {
    const first = member(1, [], { text: wire });
    expect(
      kinds([first], [first, member(2, [tag("point", "rosters")], { text: wire, title: "Islanders win" })]),
    ).toEqual([]);
  });

  test("a primary source is a voice of its own, even when press copied it", () => {
    const first = member(1, [], { text: wire });
    expect(kinds([first], [first, member(2, [], { text: wire, primary: true })])).toEqual(["primary"]);
  });
});

describe("dates", () => {
  const set = member(1, [], { text: "The rule takes effect on 1 June 2026." });

  test("a date that a source moves is a movement, with what it was", () => {
    const moved = member(2, [], {
      text: "The agency postponed the rule, which now takes effect on September 1, 2026.",
    });
    expect(tellStory([set], [set, moved], ladder).movements).toEqual([
      { kind: "date", from: "2026-06-01", to: "2026-09-01", articleId: 2, sentence: { start: 0, end: 75 } },
    ]);
  });

  test("a date that is only recalled, or lies in the past, is none", () => {
    expect(
      kinds([set], [set, member(2, [], { text: "Under the rule, which takes effect on June 1, audits follow." })]),
    ).toEqual([]);
    expect(kinds([set], [set, member(2, [], { text: "The hearing was scheduled for 3 January 2026." })])).toEqual([]);
  });

  test("what is due to a cause, or tried for free, is no date of the matter", () => {
    for (const text of [
      "Due to concerns about noise the minister postponed her holiday to December 9.",
      "The company scheduled a free trial of its chatbot for December 9.",
    ]) {
      expect(tellStory([set], [set, member(2, [], { text })], ladder).movements).toEqual([]);
    }
  });

  test("a day that is told by the article's own date is that day", () => {
    const hearing = member(2, [], { text: "The court scheduled a hearing for tomorrow, the company said." });
    const tomorrow = new Date(dateOf(hearing.article).getTime() + 86_400_000).toISOString().slice(0, 10);
    expect(tellStory([set], [set, hearing], ladder).movements).toMatchObject([{ kind: "date", to: tomorrow }]);
  });

  test("a date without a year is the next one", () => {
    const hearing = member(2, [], { text: "The court scheduled a hearing for December 9." });
    expect(tellStory([set], [set, hearing], ladder).movements).toMatchObject([
      { kind: "date", from: null, to: "2026-12-09" },
    ]);
  });
});

describe("figures", () => {
  const fined = member(1, [], { text: "The regulator proposed a penalty of $2 million against the ferry company." });

  test("a figure that a source changes is a movement", () => {
    const raised = member(2, [], {
      text: "The regulator raised the proposed penalty against the company to $3.5 million.",
    });
    expect(tellStory([fined], [fined, raised], ladder).movements).toMatchObject([
      { kind: "figure", from: "$2 million", to: "$3.5 million", articleId: 2 },
    ]);
  });

  test("words that only look like a change, or that any sentence has, are none", () => {
    const fresh = [
      "A lower court said the regulator owed the ferry company legal costs of $300,000 for the proposed hearing.",
      "Makers of cutting-edge ferries told the regulator that a proposed penalty of their company would cost $40 million.",
    ];
    for (const text of fresh) expect(kinds([fined], [fined, member(2, [], { text })])).not.toContain("figure");
    const training = "The office would pay for training that the company said would cost $150,000.";
    expect(kinds([fined], [fined, member(2, [], { text: training, primary: true })])).not.toContain("figure");
  });

  test("a figure that is said twice moved once", () => {
    const text = "The regulator proposed a penalty of $3 million against the ferry company.";
    const office = member(2, [], {
      text: `${text} It was late. ${text.replace("proposed", "confirmed")}`,
      primary: true,
    });
    expect(tellStory([fined], [fined, office], ladder).movements.filter(({ kind }) => kind === "figure")).toHaveLength(
      1,
    );
  });

  test("another figure in the press, or of another thing, is none", () => {
    expect(
      kinds(
        [fined],
        [fined, member(2, [], { text: "The regulator proposed a penalty of $3 million against the ferry company." })],
      ),
    ).toEqual([]);
    expect(
      kinds([fined], [fined, member(2, [], { text: "Ticket sales increased to $9 million last spring." })]),
    ).toEqual([]);
  });
});

test("the title comes from a voice that tells where the matter stands now", () => {
  const statement = member(1, [tag("stage", "threatened")], { title: "Statement on the talks", primary: true });
  const order = member(2, [tag("stage", "proposed")], { title: "Office proposes an order" });
  const background = member(3, [], { title: "How we got here", primary: true });
  expect(tellStory([], [statement, order, background], ladder).telling.title).toBe("Office proposes an order");
});
