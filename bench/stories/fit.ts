/**
 * Fits the weights in src/pipeline/cluster/model.ts and measures them: `node bench/stories/fit.ts DIR [--ablate]`, where DIR
 * has `dev/stories-SET.jsonl` (articles) and `gold/stories-SET.jsonl` ({id, story}), as `policywire stories export` writes.
 * Every set is also read without its titles, its texts and its dates, so that the weights hold for feeds that lack them.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EVIDENCE } from "#pipeline/cluster/comparison.ts";
import { FITTED, type Model } from "#pipeline/cluster/model.ts";
import { type LabelledSet, readSet, withoutDates, withoutText, withoutTitle } from "./labelled.ts";
import { added, measure, scores, type Tally } from "./measure.ts";
import { FOLDS, fitModel, foldOf, pairsOf } from "./regression.ts";
import { regulators } from "./regulators.ts";

/** Kinds of evidence that are left out together. */
const KINDS: Readonly<Record<string, readonly (typeof EVIDENCE)[number][]>> = {
  "the title": ["title", "title inside title", "title in lede"],
  "the text": ["text", "opening inside opening"],
  "rare words": ["rare words"],
  numbers: ["numbers clash"],
  "other names": ["same words, other names"],
  "same outlet": ["same outlet, other title"],
  time: ["first day apart", "first three days apart", "first ten days apart"],
  "what is missing": ["headline only", "both dated"],
  meaning: ["meaning"],
  acts: ["other act"],
  crowd: ["crowd"],
};

const { values, positionals } = parseArgs({ options: { ablate: { type: "boolean" } }, allowPositionals: true });
const dir = positionals[0] ?? ".";
const names = readdirSync(join(dir, "dev")).flatMap((file) => /^stories-(.*)\.jsonl$/.exec(file)?.[1] ?? []);
const sets = names.map((name) => readSet(dir, name));
const untitled = sets.filter(hasTexts).map(withoutTitle);
/** The first are counted, the others shown. */
const measured = [...sets, ...untitled, regulators()];
const variants = sets.flatMap((set) => {
  const dated = set.rows.some(({ article }) => article.publishedAt !== null);
  const texts = hasTexts(set);
  return [
    ...(texts ? [withoutText(set)] : []),
    ...(dated ? [withoutDates(set)] : []),
    ...(texts && dated ? [withoutText(withoutDates(set))] : []),
  ];
});
const pairs = [...sets, ...untitled, ...variants].map(pairsOf);

function hasTexts({ rows }: LabelledSet): boolean {
  return rows.some(({ article }) => article.text !== "");
}

function report(label: string, tallyOf: (set: LabelledSet) => Tally): void {
  const results = measured.map((set) => ({ set, ...scores(tallyOf(set)) }));
  const mean = results.slice(0, sets.length).reduce((sum, { f1 }) => sum + f1, 0) / sets.length;
  const cells = results.map(({ set, f1, p, r, pairs: pair }) => {
    const [b, precision, recall, pairwise] = [f1, p, r, pair].map((figure) => figure.toFixed(1));
    return `${set.name} ${b} (P ${precision} R ${recall}, pairs ${pairwise})`;
  });
  console.log(`${label}: mean ${mean.toFixed(1)} | ${cells.join(" | ")}`);
}

report("as shipped", (set) => measure(set, FITTED));
const rounded = (_: string, value: unknown) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value);
const all: Model = fitModel(pairs);
console.log(JSON.stringify(all, rounded, 2));
report("all", (set) => measure(set, all));

const folds = Array.from({ length: FOLDS }, (_, fold) => fitModel(pairs, { heldOut: fold }));
report("stories held out", (set) =>
  folds.map((model, fold) => measure(set, model, ({ story }) => foldOf(story) === fold)).reduce(added),
);
const others = new Map(sets.map((set) => [set.name, fitModel(pairs.filter(({ of }) => of !== set.of))]));
report("set held out", (set) => measure(set, others.get(set.name) ?? all));

if (values.ablate) {
  for (const [kind, dropped] of Object.entries(KINDS)) {
    const model = fitModel(pairs, { dropped });
    report(`without ${kind}`, (set) => measure(set, model));
  }
}
