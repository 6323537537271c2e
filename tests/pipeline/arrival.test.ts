import { expect, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { candidatesOf } from "#pipeline/summarize/candidates.ts";
import { conflictsIn } from "#pipeline/summarize/conflicts.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { movementsBetween } from "#pipeline/tell/movements.ts";
import { article } from "#support/samples.ts";

/** Reports of a story that everybody writes about, and copies of the first of them. */
const REPORTS = 400;
const COPIES = 2_000;

const SENTENCES = 40;

/** What comparing the figures of a story may take when one more report arrives: other stories wait for it. */
const MOST_MS = 20;
/** Arrivals of which the quickest counts: the others were disturbed, or compiled. */
const ARRIVALS = 20;

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const { facets } = loaded.pack;

/** A report with a figure in every sentence, none of them another report's. */
const reportOf = (number: number): string =>
  Array.from(
    { length: SENTENCES },
    (_, at) => `The regulator raised the fine over records and audits to $${number * SENTENCES + at} million.`,
  ).join(" ");

const memberOf = (id: number, text: string, textHash: string): Member => ({
  article: article({ id, text, textHash }),
  tagging: { relevant: true, support: 1, hold: null, tags: [] },
  primary: false,
});

const COPIED = reportOf(1);
const members = Array.from({ length: REPORTS + COPIES }, (_, at) =>
  at < REPORTS ? memberOf(at, reportOf(at + 1), `report-${at}`) : memberOf(at, COPIED, "report-0"),
);

function quickest(work: (arrival: number) => void): number {
  const took = Array.from({ length: ARRIVALS }, (_, arrival) => {
    const started = performance.now();
    work(arrival);
    return performance.now() - started;
  });
  return Math.min(...took);
}

test("what a report changes in the figures of a story of 2,400 is told in time", () => {
  // The story's earlier reports were read when they came.
  movementsBetween([], members, facets);
  const moved: number[] = [];
  const ms = quickest((arrival) => {
    const last = memberOf(9_000 + arrival, reportOf(9_000 + arrival), `last-${arrival}`);
    moved.push(movementsBetween(members, [...members, last], facets).length);
  });
  // Each of the sentences of it that are read moves the figure.
  expect(moved).toEqual(Array.from({ length: ARRIVALS }, () => 8));
  expect(ms).toBeLessThanOrEqual(MOST_MS);
});

test("whether its sources differ is found in time", () => {
  const sources = members.map(({ article: { id, title, text }, primary }) => ({ id, title, text, primary }));
  const candidates = candidatesOf(sources);
  let found = 0;
  const ms = quickest(() => {
    found = conflictsIn(candidates, sources).length;
  });
  expect(found).toBeGreaterThan(0);
  expect(ms).toBeLessThanOrEqual(MOST_MS);
});
