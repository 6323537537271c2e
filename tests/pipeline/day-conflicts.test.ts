import { expect, it } from "vitest";
import { dayConflicts } from "#pipeline/tell/day-conflicts.ts";
import { article } from "#support/samples.ts";

const UNTAGGED = { relevant: true, support: 1, hold: null, tags: [] };

const says = (id: number, feedId: string, text: string) => ({
  article: article({ id, feedId, text }),
  tagging: UNTAGGED,
  primary: feedId === "court",
});

const hearing = (id: number, feedId: string, when: string) =>
  says(id, feedId, `The appeal of Corvane against the penalty comes to a hearing ${when}, the court in Harrow said.`);

const PAPERS = [hearing(1, "gazette", "on 3 March 2027"), hearing(2, "herald", "on 5 March 2027")];

it("shows both days of one occasion, each as its source names it", () => {
  expect(dayConflicts(PAPERS)).toEqual([
    [
      { text: "3 March 2027", articleId: 1, start: 64, end: 76 },
      { text: "5 March 2027", articleId: 2, start: 64, end: 76 },
    ],
  ]);
});

it("shows none once a primary source gives the day, or somebody says that it was moved", () => {
  expect(dayConflicts([...PAPERS, hearing(3, "court", "on 5 March 2027")])).toEqual([]);
  expect(dayConflicts([...PAPERS, hearing(3, "court", "on 11 March 2027")])).toEqual([]);
  expect(dayConflicts([...PAPERS, hearing(3, "courier", "that was moved to 9 March 2027")])).toEqual([]);
});

it.each([
  ["one day", hearing(2, "herald", "on 3 March 2027")],
  ["another matter", says(2, "herald", "Parliament holds a hearing on budgets for schools on 5 March 2027.")],
  ["another occasion", says(2, "herald", "Corvane must appeal against the penalty in Harrow by 5 March 2027.")],
  ["two days of one outlet", hearing(2, "gazette", "on 5 March 2027")],
])("sees none in %s", (_, other) => {
  expect(dayConflicts([PAPERS[0]!, other])).toEqual([]);
});
