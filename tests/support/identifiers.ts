import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { identifiersIn } from "#text/identifiers.ts";

/** A sentence, and what it names as it is filed. */
const labelled = z.array(z.tuple([z.string()], z.string()));

/** Sentences that the forms were tuned on, those held apart, which only the measure reads, and those of another hand. */
export const PARTS = ["tuned", "held-out", "fresh"] as const;

/** Of all that is found in labelled sentences the share that is labelled, and of all that is labelled the share that is found. */
export function measured(part: (typeof PARTS)[number]) {
  const file = new URL(`../fixtures/identifiers/${part}.yaml`, import.meta.url);
  const faults: string[] = [];
  let [right, found, wanted, named, bare] = [0, 0, 0, 0, 0];
  for (const [text, ...labels] of labelled.parse(parse(readFileSync(file, "utf8")))) {
    const keys = identifiersIn(text);
    const missed = labels.filter((label) => !keys.has(label));
    const wrong = [...keys].filter((key) => !labels.includes(key));
    found += keys.size;
    wanted += labels.length;
    right += labels.length - missed.length;
    if (labels.length > 0) named++;
    else bare++;
    if (missed.length + wrong.length > 0)
      faults.push(`${text} Missed: ${missed.join(", ")}. Wrong: ${wrong.join(", ")}.`);
  }
  return { named, bare, precision: right / Math.max(1, found), recall: right / Math.max(1, wanted), faults };
}
