import { DAY_MS } from "#model/time.ts";
import { compareAll, EVIDENCE } from "#pipeline/cluster/comparison.ts";
import { type Model, SET_BY_HAND } from "#pipeline/cluster/model.ts";
import { profileOf } from "#pipeline/cluster/profile.ts";
import { createWindow } from "#pipeline/cluster/window.ts";
import type { LabelledSet } from "./labelled.ts";

export const FOLDS = 5;
const MOST_DAYS_APART = 30;
/** What a set read without texts or dates counts beside the set as it is. */
const VARIANT_WEIGHT = 0.4;
const RIDGE = 3;

export type Pairs = {
  readonly of: string;
  readonly x: (readonly number[])[];
  readonly y: number[];
  /** Bits of the folds of its two stories: a pair is held out when either is. */
  readonly folds: number[];
  readonly weight: number;
};

export const foldOf = (story: number): number => (Math.imul(story, 0x9e3779b1) >>> 8) % FOLDS;

export type Fit = { readonly heldOut?: number | null; readonly dropped?: readonly (typeof EVIDENCE)[number][] };

/** Every article with its candidates, as the index would see them had it placed all before rightly. */
export function pairsOf({ name, of, rows }: LabelledSet): Pairs {
  const window = createWindow();
  const pairs: Pairs = { of, x: [], y: [], folds: [], weight: name === of ? 1 : VARIANT_WEIGHT };
  for (const { article, story } of rows) {
    const profile = profileOf(article);
    const query = window.ask(profile);
    for (const { entry, evidence } of compareAll(query, window.candidates(query))) {
      const apart =
        profile.at === null || entry.profile.at === null ? 0 : Math.abs(profile.at - entry.profile.at) / DAY_MS;
      if (apart > MOST_DAYS_APART) continue;
      pairs.x.push(evidence);
      pairs.y.push(Number(entry.storyId === story));
      // A pair is held out when either story is.
      pairs.folds.push((1 << foldOf(story)) | (1 << foldOf(entry.storyId)));
    }
    window.add(article.id, profile, story, 0);
  }
  return pairs;
}

/** Logistic regression by Newton's method, each set weighing the same, with a ridge on standardised evidence. */
export function fitModel(sets: readonly Pairs[], { heldOut = null, dropped = [] }: Fit = {}): Model {
  const x: (readonly number[])[] = [];
  const y: number[] = [];
  const w: number[] = [];
  for (const set of sets) {
    const kept = [...set.x.keys()].filter((at) => heldOut === null || (set.folds[at]! & (1 << heldOut)) === 0);
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
  const used = EVIDENCE.map((name) => Number(!dropped.includes(name) && !(name in SET_BY_HAND)));
  const b = new Float64Array(size + 1);
  const z = new Float64Array(size + 1).fill(1);
  for (let step = 0; step < 25; step++) {
    const gradient = new Float64Array(size + 1);
    const hessian = Array.from({ length: size + 1 }, () => new Float64Array(size + 1));
    for (const [row, each] of x.entries()) {
      let odds = b[size]!;
      for (let i = 0; i < size; i++) {
        z[i] = (used[i]! * (each[i]! - mean[i]!)) / spread[i]!;
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
      gradient[i]! += RIDGE * b[i]!;
      hessian[i]![i]! += RIDGE;
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
  const byHand = Object.fromEntries(
    Object.entries(SET_BY_HAND).filter(([name]) => !dropped.some((each) => each === name)),
  );
  return {
    weights: { ...weights, ...byHand },
    bias: b[size]! - EVIDENCE.reduce((sum, name, i) => sum + weights[name] * mean[i]!, 0),
  };
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
