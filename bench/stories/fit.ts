/**
 * Fits the weights in src/pipeline/cluster/model.ts and measures them: `node bench/stories/fit.ts DIR`, where DIR has
 * `dev/stories-SET.jsonl` (articles) and `gold/stories-SET.jsonl` ({id, story}), as `policywire stories export` writes.
 * Every set is also read without its texts and without its dates, so that the weights hold for feeds that lack them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createStoryIndex } from "#pipeline/cluster/cluster.ts";
import { compareAll, EVIDENCE } from "#pipeline/cluster/evidence.ts";
import type { Model } from "#pipeline/cluster/model.ts";
import { type Placeable, readArticle } from "#pipeline/cluster/reading.ts";
import { createWindow } from "#pipeline/cluster/window.ts";

const FOLDS = 5;
const VARIANT_WEIGHT = 0.4;
const DAY_MS = 86_400_000;
const MOST_DAYS_APART = 30;
const UNTAGGED = { relevant: true, hold: null, tags: [] };

type Labelled = { readonly article: Placeable; readonly story: number };
type LabelledSet = { readonly name: string; readonly of: string; readonly rows: readonly Labelled[] };
type Pairs = {
  readonly of: string;
  readonly x: Float64Array[];
  readonly y: number[];
  readonly fold: number[];
  readonly weight: number;
};

function readSet(dir: string, name: string): LabelledSet {
  const lines = (part: string) =>
    readFileSync(join(dir, part, `stories-${name}.jsonl`), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  const stories = new Map<string, number>();
  const gold = new Map<string, number>();
  for (const { id, story } of lines("gold")) {
    const number = stories.get(String(story)) ?? stories.size + 1;
    stories.set(String(story), number);
    gold.set(id, number);
  }
  let seenAt = 0;
  const rows = lines("dev").map((line, at) => {
    const publishedAt = line.publishedAt ? new Date(line.publishedAt) : null;
    seenAt = Math.max(seenAt, publishedAt?.getTime() ?? 0);
    const article = {
      id: at + 1,
      feedId: line.source ?? "",
      title: line.title,
      text: line.text ?? "",
      publishedAt,
      firstSeenAt: new Date(seenAt),
    };
    return { article, story: gold.get(line.id)! };
  });
  return { name, of: name, rows };
}

const withoutText = ({ of, rows }: LabelledSet): LabelledSet => ({
  name: `${of} headlines`,
  of,
  rows: rows.map(({ article, story }) => ({ story, article: { ...article, text: "" } })),
});

/** Undated, in an order that tells nothing. */
function withoutDates({ of, rows }: LabelledSet): LabelledSet {
  let seed = 12_345;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed;
  };
  const shuffled = rows.map((row) => ({ row, at: random() })).sort((a, b) => a.at - b.at);
  return {
    name: `${of} undated`,
    of,
    rows: shuffled.map(({ row: { article, story } }, at) => ({
      story,
      article: { ...article, id: at + 1, publishedAt: null, firstSeenAt: new Date(0) },
    })),
  };
}

/** Every article with its candidates, as the index would see them had it placed all before rightly. */
function pairsOf({ name, of, rows }: LabelledSet): Pairs {
  const window = createWindow();
  const pairs: Pairs = { of, x: [], y: [], fold: [], weight: name === of ? 1 : VARIANT_WEIGHT };
  const foldOf = (story: number) => (Math.imul(story, 0x9e3779b1) >>> 8) % FOLDS;
  for (const { article, story } of rows) {
    const reading = readArticle(article);
    const query = window.ask(reading);
    for (const { entry, evidence } of compareAll(window, query, window.candidates(query))) {
      const apart =
        reading.at === null || entry.reading.at === null ? 0 : Math.abs(reading.at - entry.reading.at) / DAY_MS;
      if (apart > MOST_DAYS_APART) continue;
      pairs.x.push(evidence);
      pairs.y.push(Number(entry.storyId === story));
      // A pair is held out when either story is.
      pairs.fold.push((1 << foldOf(story)) | (1 << foldOf(entry.storyId)));
    }
    window.add(article.id, 0, reading, story, 0);
  }
  return pairs;
}

/** Logistic regression by Newton's method, each set weighing the same, with a ridge on standardised evidence. */
function fitModel(sets: readonly Pairs[], without: number | null, ridge = 3): Model {
  const x: Float64Array[] = [];
  const y: number[] = [];
  const w: number[] = [];
  for (const set of sets) {
    const kept = [...set.x.keys()].filter((at) => without === null || (set.fold[at]! & (1 << without)) === 0);
    const positive = kept.reduce((sum, at) => sum + set.y[at]!, 0);
    for (const at of kept) {
      x.push(set.x[at]!);
      y.push(set.y[at]!);
      w.push((set.weight * 300) / Math.max(1, positive));
    }
  }
  const size = EVIDENCE.length;
  const total = w.reduce((a, b) => a + b, 0);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  for (const [row, each] of x.entries()) for (let i = 0; i < size; i++) mean[i]! += (w[row]! * each[i]!) / total;
  for (const [row, each] of x.entries())
    for (let i = 0; i < size; i++) spread[i]! += (w[row]! * (each[i]! - mean[i]!) ** 2) / total;
  for (let i = 0; i < size; i++) spread[i] = Math.sqrt(spread[i]!) || 1;
  const b = new Float64Array(size + 1);
  const z = new Float64Array(size + 1).fill(1);
  for (let step = 0; step < 25; step++) {
    const gradient = new Float64Array(size + 1);
    const hessian = Array.from({ length: size + 1 }, () => new Float64Array(size + 1));
    for (const [row, each] of x.entries()) {
      let odds = b[size]!;
      for (let i = 0; i < size; i++) {
        z[i] = (each[i]! - mean[i]!) / spread[i]!;
        odds += b[i]! * z[i]!;
      }
      const p = 1 / (1 + Math.exp(-odds));
      const slope = w[row]! * p * (1 - p);
      const error = w[row]! * (p - y[row]!);
      for (let i = 0; i <= size; i++) {
        gradient[i]! += error * z[i]!;
        const scaled = slope * z[i]!;
        const line = hessian[i]!;
        for (let j = 0; j <= i; j++) line[j]! += scaled * z[j]!;
      }
    }
    for (let i = 0; i < size; i++) {
      gradient[i]! += ridge * b[i]!;
      hessian[i]![i]! += ridge;
    }
    for (let i = 0; i <= size; i++) for (let j = i + 1; j <= size; j++) hessian[i]![j] = hessian[j]![i]!;
    const change = solve(hessian, gradient);
    let largest = 0;
    for (let i = 0; i <= size; i++) {
      b[i]! -= change[i]!;
      largest = Math.max(largest, Math.abs(change[i]!));
    }
    if (largest < 1e-5) break;
  }
  const weights = Object.fromEntries(EVIDENCE.map((name, i) => [name, b[i]! / spread[i]!])) as Model["weights"];
  return { weights, bias: b[size]! - EVIDENCE.reduce((sum, name, i) => sum + weights[name] * mean[i]!, 0) };
}

function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (let at = 0; at < size; at++) {
    let pivot = at;
    for (let i = at + 1; i < size; i++) if (Math.abs(rows[i]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = i;
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    for (let i = 0; i < size; i++) {
      if (i === at) continue;
      const share = rows[i]![at]! / (rows[at]![at]! || 1e-12);
      for (let j = at; j <= size; j++) rows[i]![j]! -= share * rows[at]![j]!;
    }
  }
  return Float64Array.from(rows, (row, at) => row[size]! / (row[at]! || 1e-12));
}

/** BCubed and pairwise F1 of a set placed online with a model. */
function measure({ rows }: LabelledSet, model: Model): { b: number; p: number; r: number; pair: number } {
  const index = createStoryIndex(model);
  let opened = 0;
  const clusters = rows.map(({ article }) => {
    const { storyId } = index.place(article, UNTAGGED);
    const story = storyId ?? ++opened;
    index.add(article, UNTAGGED, story, story);
    return story;
  });
  const sizes = (keys: readonly (string | number)[]) => {
    const counts = new Map<string | number, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const gold = sizes(rows.map(({ story }) => story));
  const found = sizes(clusters);
  const both = sizes(rows.map(({ story }, at) => `${story} ${clusters[at]}`));
  let [p, r, sharedPairs] = [0, 0, 0];
  for (const [key, count] of both) {
    const [story, cluster] = key.toString().split(" ").map(Number) as [number, number];
    p += count ** 2 / found.get(cluster)!;
    r += count ** 2 / gold.get(story)!;
    sharedPairs += (count * (count - 1)) / 2;
  }
  const pairCount = (counts: ReadonlyMap<string | number, number>) =>
    [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  [p, r] = [(100 * p) / rows.length, (100 * r) / rows.length];
  return {
    b: (2 * p * r) / (p + r),
    p,
    r,
    pair: (200 * sharedPairs) / Math.max(1, pairCount(gold) + pairCount(found)),
  };
}

const report = (label: string, sets: readonly LabelledSet[], modelOf: (set: LabelledSet) => Model) => {
  const results = sets.map((set) => ({ set, ...measure(set, modelOf(set)) }));
  const mean = results.reduce((sum, { b }) => sum + b, 0) / results.length;
  const cells = results.map(
    ({ set, b, p, r, pair }) =>
      `${set.name} ${b.toFixed(1)} (P ${p.toFixed(1)} R ${r.toFixed(1)}, pairs ${pair.toFixed(1)})`,
  );
  console.log(`${label}: mean ${mean.toFixed(1)} | ${cells.join(" | ")}`);
};

const dir = process.argv[2] ?? ".";
const names = readdirSync(join(dir, "dev")).flatMap((file) => /^stories-(.*)\.jsonl$/.exec(file)?.[1] ?? []);
const sets = names.map((name) => readSet(dir, name));
const variants = sets.flatMap((set) => {
  const dated = set.rows.some(({ article }) => article.publishedAt !== null);
  const texts = set.rows.some(({ article }) => article.text !== "");
  return [
    ...(texts ? [withoutText(set)] : []),
    ...(dated ? [withoutDates(set)] : []),
    ...(texts && dated ? [withoutText(withoutDates(set))] : []),
  ];
});
const pairs = [...sets, ...variants].map(pairsOf);
const all = fitModel(pairs, null);
console.log(
  JSON.stringify(all, (_, value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value), 2),
);
report("all", sets, () => all);
report("all, variants", variants, () => all);
report("left-out set", sets, (set) =>
  fitModel(
    pairs.filter(({ of }) => of !== set.of),
    null,
  ),
);
