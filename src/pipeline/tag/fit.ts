import { type Calibration, tableOf, type Weights } from "#model/weights.ts";
import { type Answer, type Answers, calibrate } from "./calibration.ts";
import { commonWords } from "./common-words.ts";
import { fitAll, type Heard } from "./fit-threads.ts";
import { type Agreement, agreementOf, shareRight } from "./held-out.ts";
import { type Examples, sumsOf } from "./logistic.ts";
import type { Matrix } from "./matrix.ts";
import { weightsOfOne } from "./rows.ts";
import type { Rules } from "./rules.ts";
import { type Task, tasksOf } from "./tasks.ts";

/** Weights of words below it are left out: a word counts a fifth of its weight, so that ten of them move no answer by a hundredth. */
const LEAST_WEIGHT = 0.05;

export type Lesson = {
  readonly weights: Weights;
  /** On the parts held out, each judged by what was fitted to the others; stage and certainty: how often the likeliest is right. */
  readonly heldOut: {
    readonly relevant: Agreement;
    readonly point: Agreement;
    readonly stage: number;
    readonly certainty: number;
  };
};

/** Fits all that the items teach. The same items in the same order give the same weights to the byte. */
export async function fitWeights(
  matrix: Matrix,
  rules: Rules,
  parts: readonly ReadonlySet<number>[],
  heard?: Heard,
): Promise<Lesson> {
  const tasks = tasksOf(matrix.items, rules);
  const all = tasks.map((task) => examplesOf(task, matrix));
  // Without each of the parts in turn, then to everything.
  const fits = [...parts.flatMap((part) => all.map((examples) => without(part, examples))), ...all];
  const fitted = await fitAll(matrix.rows, fits, heard);
  const answers = answersOf(tasks, all, matrix, parts, fitted);
  const calibration = calibrate(answers);
  return {
    weights: {
      ...weightsOf(tasks, fitted.slice(-tasks.length), matrix.names, calibration),
      words: commonWords(matrix),
    },
    heldOut: {
      relevant: agreementOf(answers.relevant, calibration.relevant),
      point: agreementOf(answers.point, calibration.point),
      stage: shareRight(answers.stage),
      certainty: shareRight(answers.certainty),
    },
  };
}

function examplesOf({ outputs, choose }: Task, { items }: Matrix): Examples {
  const chosen = items.map(choose);
  return {
    outputs: outputs.length,
    choices: Int32Array.from(chosen, ([choice]) => choice),
    weights: Float64Array.from(chosen, ([, weight]) => weight),
  };
}

const without = (part: ReadonlySet<number>, examples: Examples): Examples => ({
  ...examples,
  weights: examples.weights.map((weight, i) => (part.has(i) ? 0 : weight)),
});

/** What was fitted without each of the parts says of it. */
function answersOf(
  tasks: readonly Task[],
  all: readonly Examples[],
  { rows }: Matrix,
  parts: readonly ReadonlySet<number>[],
  fitted: readonly Float64Array[],
): Answers {
  const answers: Record<keyof Calibration, Answer[]> = { relevant: [], point: [], stage: [], certainty: [] };
  for (const [n, part] of parts.entries()) {
    for (const [k, { kind }] of tasks.entries()) {
      const { choices, weights } = all[k]!;
      for (const i of part) {
        const sums = sumsOf(fitted[n * tasks.length + k]!, rows, i);
        if (weights[i]! > 0) answers[kind].push({ sums, choice: choices[i]!, weight: weights[i]! });
      }
    }
  }
  return answers;
}

function weightsOf(
  tasks: readonly Task[],
  fitted: readonly Float64Array[],
  names: readonly string[],
  calibration: Calibration,
): Omit<Weights, "words"> {
  const outputs = tasks.flatMap((task) => task.outputs);
  const columns = fitted.flatMap((weights, task) => {
    const { length } = tasks[task]!.outputs;
    return Array.from({ length }, (_, k) => weightsOfOne(weights, k, length));
  });
  const isKept = (name: string, weight: number) => /^[mr]:/.test(name) || Math.abs(weight) >= LEAST_WEIGHT;
  const kept = names.flatMap((name, i) => (columns.some((column) => isKept(name, column[i]!)) ? [i] : []));
  const table = tableOf(
    kept.length,
    columns.map((column) => {
      const rows = kept.flatMap((i, row) => (isKept(names[i]!, column[i]!) ? [row] : []));
      return { rows, weights: rows.map((row) => column[kept[row]!]!) };
    }),
  );
  return {
    note: "",
    outputs,
    features: kept.map((i) => names[i]!),
    table,
    bias: Float32Array.from(columns, (column) => column.at(-1)!),
    calibration,
    taughtUntil: null,
    general: false,
  };
}
