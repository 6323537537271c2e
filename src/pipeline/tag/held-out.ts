import type { Calibration } from "#model/weights.ts";
import { fitChoice } from "./logistic.ts";
import { rowsOf } from "./rows.ts";
import type { Labelled } from "./tasks.ts";

/** Parts of the dated items to hold out in turn, each a stretch of time with as many of them. */
export function byTime(items: readonly Labelled[], parts: number): readonly ReadonlySet<number>[] {
  const dated = items
    .flatMap(({ at }, i) => (at === null ? [] : [{ i, at: at.getTime() }]))
    .toSorted((a, b) => a.at - b.at || a.i - b.i);
  const size = Math.ceil(dated.length / parts);
  return Array.from(
    { length: parts },
    (_, k) => new Set(dated.slice(k * size, (k + 1) * size).map(({ i }) => i)),
  ).filter((part) => part.size > 0);
}

/** What was answered about an item that had not been seen, and what is right. */
export type Answer = { readonly sums: Float64Array; readonly choice: number; readonly weight: number };
export type Answers = Readonly<Record<keyof Calibration, Answer[]>>;

/** How the answers about items that had not been seen agree with their labels: shares of 1. */
export type Agreement = { readonly items: number; readonly precision: number; readonly recall: number };

/** Right more likely than not. */
export function agreementOf(answers: readonly Answer[], [slope, shift]: readonly [number, number]): Agreement {
  const said = answers.filter(({ sums }) => sums[0]! * slope + shift >= 0);
  const there = answers.filter(({ choice }) => choice === 1);
  const right = total(said.filter(({ choice }) => choice === 1));
  return { items: answers.length, precision: right / (total(said) || 1), recall: right / (total(there) || 1) };
}

/** Items count for as many as they stand for. */
const total = (answers: readonly Answer[]): number => answers.reduce((sum, { weight }) => sum + weight, 0);

export const shareRight = (answers: readonly Answer[]): number =>
  answers.filter(({ sums, choice }) => sums.indexOf(Math.max(...sums)) === choice).length / (answers.length || 1);

/** How far the sums may be believed, by what became of them on items that had not been seen. */
export function calibrate(judged: Answers): Calibration {
  const line = (kind: "relevant" | "point"): readonly [number, number] => {
    if (judged[kind].length === 0) return [1, 0];
    const rows = rowsOf(
      judged[kind].map(({ sums }) => [[0, sums[0]!]]),
      1,
    );
    const choices = Int32Array.from(judged[kind], ({ choice }) => choice);
    const weights = Float64Array.from(judged[kind], ({ weight }) => weight);
    const [slope, shift] = fitChoice(rows, { outputs: 1, choices, weights });
    return [slope!, shift!];
  };
  const sharpness = (kind: "stage" | "certainty"): readonly [number, number] => {
    const surprise = (sharp: number) =>
      judged[kind].reduce((sum, { sums, choice, weight }) => {
        const total = sums.reduce((all, each) => all + Math.exp((each - sums[choice]!) * sharp), 0);
        return sum + weight * Math.log(total);
      }, 0);
    const tried = Array.from({ length: 26 }, (_, i) => 0.5 + i * 0.04);
    return [judged[kind].length === 0 ? 1 : tried.reduce((a, b) => (surprise(b) < surprise(a) ? b : a)), 0];
  };
  return {
    relevant: line("relevant"),
    point: line("point"),
    stage: sharpness("stage"),
    certainty: sharpness("certainty"),
  };
}
