import { expect, test } from "vitest";
import { sagaLineOf } from "#pipeline/tell/saga-line.ts";
import { nameOfSaga } from "#pipeline/tell/saga-name.ts";
import { PACK } from "#support/discord/bot.ts";
import { story } from "#support/samples.ts";

const told = (title: string, text: string, stage: string | null = null) =>
  story({ title, stage, summary: [{ text, articleId: 1, start: 0, end: text.length, ranges: [[0, text.length]] }] });

const court = { ...PACK.facets.stages[0]!, id: "litigation", kind: "court" as const };
const pack = {
  ...PACK,
  topic: { ...PACK.topic, terms: ["AI", "Corvane"] },
  facets: {
    ...PACK.facets,
    stages: [...PACK.facets.stages, court],
    actors: [
      { id: "corvane", name: "Corvane", aliases: ["Corvane"] },
      { id: "office", name: "Tidal Office", aliases: ["Tidal Office"], government: true },
    ].map((actor) => ({ government: false, ...actor })),
  },
};

test("a bill or a case that half of the titles name is the name", () => {
  const bill = "Members said that the Safe Harbour Act would stand.";
  expect(
    nameOfSaga(
      [
        told("Safe Harbour Act clears panel", bill),
        told("Corvane attacks bill", ""),
        told("Safe Harbour Act signed", ""),
      ],
      pack,
    ),
  ).toBe("Safe Harbour Act");
  const named = "It is the case of Quillon against Vireo, say Quillon and Vireo.";
  expect(nameOfSaga([told("Quillon v. Vireo: heard", named), told("Quillon v. Vireo: decided", named)], pack)).toBe(
    "Quillon v Vireo",
  );
});

test("else the commonest name, not that of an office, a topic or a feed, and a dispute where a court has it", () => {
  const text = "On Monday Corvane told the Tidal Office that AI was safe, The Gazette wrote.";
  const filed = told("Tidal Office warns Corvane over AI - The Gazette", text);
  expect(nameOfSaga([filed, told("Tidal Office and Corvane talk AI - The Gazette", text)], pack)).toBe("Corvane");
  expect(nameOfSaga([filed, told("Judge hears Corvane and Tidal Office", text, "litigation")], pack)).toBe(
    "Corvane dispute",
  );
});

test("two that stand in as many titles are named both, and a title that names nobody stands for itself, cut", () => {
  const text = "A maker, Vireo, and another, Quillon, met.";
  expect(nameOfSaga([told("Vireo meets Quillon", text), told("Quillon answers Vireo", text)], pack)).toMatch(
    /^(?:Quillon and Vireo|Vireo and Quillon)$/,
  );
  expect(nameOfSaga([told(`ministers weigh ${"a rule on ferries ".repeat(9)}`, "")], pack).length).toBeLessThan(61);
});

test("an order or a meeting that half of the titles speak of is the name, with whose it is where the words alone tell nothing", () => {
  const text = "On Monday Ada Crane spoke, and Crane left.";
  expect(
    nameOfSaga(
      [
        told("Crane plans robot safety summit", text),
        told("Robot Safety Summit Begins in Norland", text),
        told("Ministers at Crane’s summit", text),
        told("What to know about the robot safety summit in Dover", text),
      ],
      pack,
    ),
  ).toBe("Crane robot safety summit");
  const summit = ["UK robot summit: what to know", "Labs stay away from UK robot summit"];
  expect(
    nameOfSaga(
      summit.map((title) => told(title, text)),
      pack,
    ),
  ).toBe("UK robot summit");
});

test("a person, an office or what less than half of the titles share is no line", () => {
  const line = (titles: readonly string[], text: string, known = pack) => {
    const developments = titles.map((title, at) => ({ ...told(title, text), id: at + 1 }));
    return sagaLineOf({ id: titles.length }, { id: 1, givenName: null, developments }, known)?.split(" · ")[0];
  };
  const person = "At noon Ada Crane met Vireo, and Crane left; so did the Tidal Office.";
  expect(line(["Crane on robots", "Crane on trains"], person)).toBeUndefined();
  expect(line(["Ada Crane on robots", "Ada Crane on trains"], person)).toBeUndefined();
  expect(line(["Tidal Office on robots", "Tidal Office on trains"], person)).toBeUndefined();
  expect(line(["Vireo on robots", "Vireo on trains"], person)).toBe("Vireo");
  expect(line(["Vireo on robots", "Vireo on trains", "Robots", "Trains"], person)).toBeUndefined();
  const place = { id: "NO", name: "Norland", aliases: ["(norland|ministry of tides|vireo)"] };
  const governed = { ...pack, facets: { ...pack.facets, places: [place] } };
  expect(line(["Vireo on robots", "Vireo on trains"], person, governed)).toBeUndefined();
});

test("what stands before a colon goes where it is the dispute's name, and stays where it tells who acted", () => {
  const before = (title: string, givenName: string) => {
    const developments = [title, "Corvane settles"].map((each, at) => ({ ...told(each, ""), id: at + 1 }));
    return sagaLineOf({ id: 2 }, { id: 1, givenName, developments }, pack)?.split("before: ")[1];
  };
  expect(before("AI Act: pause agreed", "AI Act")).toBe("pause agreed");
  expect(before("VireoAI to parliament: pause training", "AI Act")).toBe("VireoAI to parliament: pause training");
  expect(before("Norland to AI firms: pause training", "AI Act")).toBe("Norland to AI firms: pause training");
  expect(before("Corvane v Bellwick: stay granted", "Corvane and Bellwick dispute")).toBe("stay granted");
  expect(before("Auditors: stay granted", "audit case")).toBe("Auditors: stay granted");
});

test("a further development says which it is and what was before, under the name that a person gave", () => {
  const developments = ["Corvane asks court for stay", "Corvane v Office: interim stay granted", "Corvane settles"].map(
    (title, at) => ({ ...told(title, "The court heard Corvane."), id: at + 1 }),
  );
  const saga = { id: 1, givenName: null, developments };
  expect(sagaLineOf({ id: 1 }, saga, pack)).toBeNull();
  expect(sagaLineOf({ id: 3 }, saga, pack)).toBe("Corvane · 3rd development · before: interim stay granted");
  expect(sagaLineOf({ id: 2 }, { ...saga, givenName: "The audit case" }, pack)).toBe(
    "The audit case · 2nd development · before: Corvane asks court for stay",
  );
});
