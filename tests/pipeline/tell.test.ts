import { describe, expect, test } from "vitest";
import { dateOf } from "#model/article.ts";
import { MOST_ACTS, MOST_EARLIER_ACTS } from "#model/limits.ts";
import { MOVEMENT_KINDS, posts } from "#model/story.ts";
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

function tag(axis: Axis, id: string, rule = "x", field: "title" | "text" = "title"): Tag {
  const evidence = {
    field,
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

  test("a new stage moves where the headline tells it; an office may tell it at the head of its text", () => {
    const adopted = (title: string, more: { text?: string; primary?: boolean } = {}, field?: "text") =>
      member(2, [tag("stage", "adopted", "x", field), tag("certainty", "official")], { title, ...more });
    const moved = (voice: Member) => tellStory([rumour], [rumour, voice], ladder).movements[0];
    const stage = { kind: "stage", from: "threatened", to: "adopted", articleId: 2, sentence: null };
    expect(moved(adopted("Office fines Corvane"))).toEqual(stage);
    expect(moved(adopted("Final rule on audits"))).toEqual(stage);
    const text = "The office fined Corvane. It was Monday.";
    expect(moved(adopted("Notice 7", { text, primary: true }, "text"))).toEqual({
      ...stage,
      sentence: { start: 0, end: 9 },
    });
    for (const recalls of ["A law on audits could help rivals", "How Corvane was fined", "Will the rule stand?"])
      expect(moved(adopted(recalls))).toEqual({ ...stage, kind: "standing" });
    expect(moved(adopted("Corvane has a week", { text }, "text"))).toEqual({ ...stage, kind: "standing" });
  });

  test("a stage that shows in an act which was told before is only read otherwise", () => {
    const fined = member(1, [tag("stage", "threatened")], { title: "Office fines Corvane" });
    const again = member(2, [tag("stage", "adopted")], { title: "Corvane fined by office" });
    expect(kinds([fined], [fined, again])).toEqual(["standing"]);
  });

  test("a move among the stages at which nothing is on its way is none for readers", () => {
    const open: Ladder = { ...ladder, stages: ladder.stages.map((stage) => ({ ...stage, group: "open" })) };
    const proposed = member(2, [tag("stage", "proposed")], { title: "Office proposes rule" });
    expect(tellStory([rumour], [rumour, proposed], open).movements).toMatchObject([{ kind: "standing" }]);
  });

  test("a confirmation moves, when a new voice that tells the same makes it", () => {
    const confirmed = member(2, [tag("stage", "threatened"), tag("certainty", "official")]);
    expect(tellStory([rumour], [rumour, confirmed], ladder).movements).toMatchObject([
      { kind: "certainty", from: "anonymous", to: "official", articleId: 2 },
    ]);
    const elsewhere = member(2, [tag("certainty", "official")]);
    expect(kinds([rumour], [rumour, elsewhere])).toEqual([]);
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

  test("the first primary source moves when it tells an act", () => {
    const order = { title: "Office orders audits at Corvane", primary: true };
    expect(kinds([rumour], [rumour, member(2, [tag("point", "penalty")], order)])).toEqual(["primary", "point"]);
    const statement = { title: "Statement on the talks", text: "The office says that talks go on.", primary: true };
    expect(kinds([rumour], [rumour, member(2, [], statement)])).toEqual([]);
    const told = member(1, [], { title: "Office orders audits" });
    expect(kinds([told], [told, member(2, [], order)])).toEqual([]);
  });

  test("an office of another kind that acts moves, and a company that goes to court; another name for who acted does not", () => {
    const fined = member(1, [], { title: "Regulator fines Corvane" });
    const moved = (title: string) => tellStory([fined], [fined, member(2, [], { title })], ladder).movements;
    expect(moved("Senate panel orders Corvane to testify")).toMatchObject([{ kind: "party", to: "Senate panel" }]);
    expect(moved("Vireo sues regulator")).toMatchObject([{ kind: "party", to: "Vireo", articleId: 2 }]);
    for (const nothingNew of [
      "Audit watchdog orders Corvane to pay",
      "Senate panel warns Corvane",
      "Senate panel may order a report",
      "Senate panel fines Corvane",
    ])
      expect(moved(nothingNew)).toEqual([]);
  });

  test("the authority of another place moves, whatever it does and whoever acted so before", () => {
    const place = (id: string, name: string, title: string): Tag => {
      const [{ phrase: _, ...evidence }] = tag("place", id).evidence as [Tag["evidence"][number]];
      const start = title.indexOf(name);
      return { ...tag("place", id), evidence: [{ ...evidence, phrase: name, start, end: start + name.length }] };
    };
    const orders = (id: number, name: string) => {
      const title = `${name} orders Corvane to mend its chatbot`;
      return member(id, [place(name, name, title)], { title });
    };
    expect(tellStory([orders(1, "Norland")], [orders(1, "Norland"), orders(2, "Westmark")], ladder).movements).toEqual([
      { kind: "party", from: null, to: "Westmark", articleId: 2, sentence: null },
    ]);
    expect(kinds([orders(1, "Norland")], [orders(1, "Norland"), orders(2, "Norland")])).toEqual([]);
  });

  test("what readers are sent a message about is an act, a date or a figure, and never a point or a stage read otherwise", () => {
    expect(MOVEMENT_KINDS.filter((kind) => !posts([{ kind }]))).toEqual(["standing", "point"]);
    expect(posts([])).toBe(false);
  });
});

describe("steps within a stage", () => {
  const vote = member(1, [tag("stage", "proposed"), tag("certainty", "official")]);
  const deal = member(2, [tag("stage", "proposed", "reach deal"), tag("certainty", "official")], {
    title: "Ministers reach deal",
  });

  test("the cue that found the stage tells of a further step, which moves the story and gives it its title", () => {
    const { telling, movements } = tellStory([vote], [vote, deal], ladder);
    expect(movements).toMatchObject([{ kind: "stage", from: "proposed", to: "agreed", articleId: 2 }]);
    expect(telling).toMatchObject({ stage: "proposed", title: "Ministers reach deal" });
  });

  test("a report that recalls the stage without the step sets nothing back, and the next stage is further", () => {
    expect(kinds([vote, deal], [vote, deal, member(3, [tag("stage", "proposed")])])).toEqual([]);
    expect(tellStory([vote, deal], [vote, deal, member(3, [tag("stage", "adopted")])], ladder).movements).toMatchObject(
      [{ kind: "stage", from: "agreed", to: "adopted" }],
    );
  });
});

describe("turning points", () => {
  const stageOf = (id: number, stage: string, title: string, primary = false) =>
    member(id, [tag("stage", stage), tag("certainty", "official")], { title, primary });
  const adopted = stageOf(1, "adopted", "Office orders audits at Corvane");
  const suspended = stageOf(2, "suspended", "Court suspends audits at Corvane");

  test("an act that undoes an earlier one on the same object is a reversal, and so is the way back", () => {
    expect(kinds([adopted], [adopted, suspended])).toEqual(["reversal"]);
    const back = stageOf(3, "adopted", "Office lifts stop of audits at Corvane", true);
    expect(kinds([adopted, suspended], [adopted, suspended, back])).toEqual(["reversal", "primary"]);
  });

  test("a settlement, and an act on something else, turn nothing: they are stages", () => {
    for (const title of ["Corvane settles over audits", "Court suspends ferry timetable"])
      expect(kinds([adopted], [adopted, stageOf(2, "suspended", title)])[0]).toBe("stage");
  });

  test("a headline by which an act is taken back is a reversal, whatever stage is read, and leads", () => {
    const back = member(3, [], { title: "Ministry withdraws audits at Corvane" });
    const { telling, movements } = tellStory([adopted], [adopted, back], ladder);
    expect(movements).toEqual([{ kind: "reversal", from: null, to: null, articleId: 3, sentence: null }]);
    expect(telling).toMatchObject({ stage: "adopted", title: "Ministry withdraws audits at Corvane" });
    expect(kinds([adopted], [adopted, member(3, [], { title: "Ministry withdraws ferry timetable" })])).not.toContain(
      "reversal",
    );
  });

  test("an act is held against the newest tellings of what it undoes, however many there are, and of a list the first acts", () => {
    const bans = Array.from({ length: 3 * MOST_EARLIER_ACTS }, (_, at) =>
      member(at + 1, [], { title: `Office bans chips at wharf${at} and pier${at}` }),
    );
    const lifted = (at: number, before = "") =>
      member(900, [], { title: `${before}Ministry lifts stop at wharf${at} and pier${at}` });
    const kindsOf = (last: Member) => kinds(bans, [...bans, last]);
    expect(kindsOf(lifted(bans.length - 1))).toContain("reversal");
    expect(kindsOf(lifted(2 * MOST_EARLIER_ACTS))).toContain("reversal");
    expect(kindsOf(lifted(2 * MOST_EARLIER_ACTS - 1))).not.toContain("reversal");
    const list = "Council meets. ".repeat(MOST_ACTS - 1);
    expect(kindsOf(lifted(bans.length - 1, list))).toContain("reversal");
    expect(kindsOf(lifted(bans.length - 1, `Council meets. ${list}`))).not.toContain("reversal");
  });

  test("one report that recalls an earlier stage turns nothing back; a second firm one does", () => {
    const recall = (id: number) => stageOf(id, "adopted", "How audits came to Corvane");
    expect(kinds([adopted, suspended], [adopted, suspended, recall(3)])).toEqual([]);
    expect(kinds([adopted, suspended, recall(3)], [adopted, suspended, recall(3), recall(4)])).toEqual(["standing"]);
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
    const own = tellStory([first], [first, member(2, [], { text: wire, primary: true })], ladder);
    expect(own.telling.leadArticleId).toBe(2);
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
