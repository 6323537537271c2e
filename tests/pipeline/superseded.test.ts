import { expect, test } from "vitest";
import { MOST_DATES } from "#model/limits.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { supersededIn } from "#pipeline/tell/superseded.ts";
import { article, hours } from "#support/samples.ts";

const member = (id: number, text: string): Member => ({
  primary: false,
  tagging: { relevant: true, support: 1, hold: null, tags: [] },
  article: article({ id, text, publishedAt: hours(id - 9) }),
});

const DATED = "The harbour rule takes effect on 1 December 2026. Ferry lines asked for more time to train their crews.";
const MOVED =
  "The council postponed the harbour rule, which now takes effect on 1 March 2027. Crews must still be trained.";

const overIn = (...members: readonly Member[]) =>
  [...supersededIn(members)].map(([id, [span]]) => [
    id,
    members.find(({ article }) => article.id === id)!.article.text.slice(span!.start, span!.end),
  ]);

test("a sentence with a day or a figure that a later source moved tells of a state that is over", () => {
  const over = [[1, "The harbour rule takes effect on 1 December 2026."]];
  expect(overIn(member(1, DATED), member(2, MOVED))).toEqual(over);
  expect(overIn(member(2, MOVED), member(1, DATED))).toEqual(over);
  const fined = member(1, "The regulator proposed a penalty of $2 million against the ferry company.");
  const raised = member(2, "The regulator raised the proposed penalty against the ferry company to $3 million.");
  expect(overIn(fined, raised)).toEqual([[1, fined.article.text]]);
});

test("what is only recalled, or is of another occasion, supersedes nothing", () => {
  expect(overIn(member(1, DATED), member(2, "The harbour rule takes effect on 2 March 2027, lines say."))).toEqual([]);
  expect(overIn(member(1, DATED), member(2, "The council scheduled a hearing for 9 December 2026."))).toEqual([]);
});

test("of two that give different days the later in the list moves the other, when both came at once", () => {
  const earlier = member(1, "The council scheduled the hearing for 1 December 2026.");
  const text = "The council scheduled the hearing for 9 December 2026.";
  const later = { ...member(2, text), article: { ...member(2, text).article, publishedAt: hours(-8) } };
  expect(overIn(earlier, later)).toEqual([[1, earlier.article.text]]);
});

test("what sources that name a day in each sentence leave over is each sentence once, and of the first ones", () => {
  const text = Array.from({ length: 2_000 }, (_, at) => `Vote sets ${1 + (at % 28)} May ${2027 + (at % 3)}.`).join(" ");
  const over = supersededIn([1, 2, 3].map((id) => member(id, text)));
  expect([...over.keys()].sort()).toEqual([1, 2]);
  for (const spans of over.values()) {
    expect(spans).toHaveLength(MOST_DATES);
    expect(new Set(spans).size).toBe(MOST_DATES);
  }
});

test("a summary leaves it out, unless it has nothing else to say", () => {
  const members = [member(1, DATED), member(2, MOVED)];
  const spans = supersededIn(members);
  const sources = members.map(({ article: { id, title, text }, primary }) => ({ id, title, text, primary }));
  const said = (superseding: boolean, of = sources) =>
    summarize(
      of.map((source) => ({ ...source, superseded: superseding ? (spans.get(source.id) ?? []) : [] })),
      { maxSentences: 4 },
    ).sentences.map(({ text }) => text);
  expect(said(false)).toContain("The harbour rule takes effect on 1 December 2026.");
  expect(said(true).join(" ")).toContain("1 March 2027");
  expect(said(true)).not.toContain("The harbour rule takes effect on 1 December 2026.");
  const alone = [{ ...sources[0]!, text: "The harbour rule takes effect on 1 December 2026." }];
  expect(said(true, alone)).toHaveLength(1);
});
