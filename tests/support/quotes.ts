import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { quotesIn } from "#pipeline/quotes/quotes.ts";

/** A text with who says what in it, as `who | office | words`. */
type Labelled = { readonly text: string; readonly said?: readonly string[]; readonly holds?: readonly string[] };

/** How a labelled text was read: what was found rightly, what was found and is not there, what is there and was not found. */
export type Read = {
  readonly text: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
  /** Of those rightly found, how many have the office that the text gives, or none where it gives none. */
  readonly offices: number;
};

/** The labelled texts that reading quotes was made on, a fifth that it was not, and texts of another hand. */
export const QUOTE_SETS = { "made on": "read", "held out": "held-out", fresh: "fresh" } as const;

export function readLabelled(set: keyof typeof QUOTE_SETS): readonly Read[] {
  const file = new URL(`../fixtures/quotes/${QUOTE_SETS[set]}.yaml`, import.meta.url);
  return (parse(readFileSync(file, "utf8")) as Labelled[]).map(readOne);
}

function readOne({ text, said = [], holds = [] }: Labelled): Read {
  const labels = [...said.map((line) => labelOf("said", line)), ...holds.map((line) => labelOf("holds", line))];
  const found = quotesIn({ text, textHash: text, language: "en" }).map(({ kind, speaker, office, parts }) => ({
    what: `${kind === "verbatim" ? "said" : "holds"} | ${speaker} | ${parts.map(({ start, end }) => text.slice(start, end)).join(" … ")}`,
    office: office ?? "",
  }));
  const wanted = new Map(labels.map(({ what, office }) => [what, office]));
  const right = found.filter(({ what }) => wanted.has(what));
  return {
    text,
    right: right.map(({ what }) => what),
    wrong: found.filter(({ what }) => !wanted.has(what)).map(({ what }) => what),
    missed: [...wanted.keys()].filter((what) => !found.some((one) => one.what === what)),
    offices: right.filter(({ what, office }) => wanted.get(what) === office).length,
  };
}

function labelOf(kind: string, line: string): { readonly what: string; readonly office: string } {
  const [who = "", office = "", ...words] = line.split("|");
  return { what: `${kind} | ${who.trim()} | ${words.join("|").trim()}`, office: office.trim() };
}

export type Score = {
  readonly labelled: number;
  readonly precision: number;
  readonly recall: number;
  readonly offices: number;
};

/** In percent. */
export function scoreOf(texts: readonly Read[]): Score {
  const count = (of: (read: Read) => number) => texts.reduce((sum, read) => sum + of(read), 0);
  const [right, wrong, missed] = [
    count((r) => r.right.length),
    count((r) => r.wrong.length),
    count((r) => r.missed.length),
  ];
  return {
    labelled: right + missed,
    precision: (100 * right) / (right + wrong),
    recall: (100 * right) / (right + missed),
    offices: (100 * count((read) => read.offices)) / right,
  };
}
