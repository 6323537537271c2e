import { readFileSync } from "node:fs";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";

/** A labelled text: what it sets, as "occasion day change", and what is found in it. */
export type Labelled = { readonly text: string; readonly set: readonly string[]; readonly found: readonly string[] };

/** The part by which rules are made, the part that is held apart, and that of another hand. */
export const PARTS = ["tuned", "apart", "fresh"] as const;

/** The day on which a text was written that names none. */
const WRITTEN = "2026-03-02";

/** The texts of a part with their labels, read. */
export function labelledDeadlines(part: (typeof PARTS)[number]): readonly Labelled[] {
  return readFileSync(`tests/fixtures/deadlines/${part}.txt`, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [labels, rest] = line.split(" | ") as [string, string];
      const [, written = WRITTEN, text = ""] = /^(?:@(\S+) )?(.*)$/.exec(rest)!;
      const set =
        labels === "-" ? [] : labels.split("; ").map((label) => (/ \w+ed$/.test(label) ? label : `${label} set`));
      const found = deadlinesIn({ text, publishedAt: null, firstSeenAt: new Date(`${written}T12:00:00Z`) });
      return { text, set, found: found.map(({ occasion, day, change }) => `${occasion} ${day} ${change}`) };
    });
}

/** Of what is found the share that is right, and of what is set the share that is found; 0 to 1. */
export function scoreOf(labelled: readonly Labelled[]) {
  const sum = (count: (each: Labelled) => number) => labelled.reduce((total, each) => total + count(each), 0);
  const right = sum(({ set, found }) => found.filter((each) => set.includes(each)).length);
  const [set, found] = [sum((each) => each.set.length), sum((each) => each.found.length)];
  return { set, found, right, precision: right / found, recall: right / set };
}
