import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Calibrated, columnsOf, tableOf, type Weights } from "#model/weights.ts";

/** Weights are kept in steps of this: finer ones change no answer. */
const STEP = 0.01;

/** Before there was a slope for what stands below even odds, one held for both sides. */
const calibrated = z.union([
  z.tuple([z.number(), z.number(), z.number()]),
  z.tuple([z.number(), z.number()]).transform(([slope, shift]): Calibrated => [slope, slope, shift]),
]);
const whole = z.array(z.int());

/** `weights.json` of a pack: of each output the rows that weigh, and what they weigh, in steps. */
const weightsFile = z.strictObject({
  note: z.string(),
  taughtUntil: z.iso.datetime().optional(),
  general: z.literal(true).optional(),
  words: z.record(z.string(), z.number()).default({}),
  features: z.array(z.string()),
  outputs: z.array(z.strictObject({ name: z.string(), bias: z.number(), rows: whole, weights: whole })),
  calibration: z.strictObject({
    relevant: calibrated,
    point: calibrated,
    stage: calibrated,
    certainty: calibrated,
  }),
});

/** The weights that a file's text holds, or in words why it holds none. */
export function readWeights(text: string): Weights | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "is no JSON";
  }
  const parsed = weightsFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue!.path.join(".") || "the file"}: ${issue!.message}`;
  }
  const { note, features, outputs, calibration, words, taughtUntil, general = false } = parsed.data;
  for (const [column, { name, rows, weights }] of outputs.entries()) {
    if (rows.length !== weights.length) return `outputs.${column}: ${name} has other numbers of rows and weights`;
    const strange = rows.findIndex((row) => row < 0 || row >= features.length);
    if (strange >= 0) return `outputs.${column}.rows.${strange}: there is no feature ${rows[strange]}`;
  }
  const columns = outputs.map(({ rows, weights }) => ({ rows, weights: weights.map((steps) => steps * STEP) }));
  return {
    note,
    outputs: outputs.map(({ name }) => name),
    features,
    table: tableOf(features.length, columns),
    bias: Float32Array.from(outputs, ({ bias }) => bias),
    calibration,
    words: new Map(Object.entries(words)),
    taughtUntil: taughtUntil === undefined ? null : new Date(taughtUntil),
    general,
  };
}

let general: Weights | undefined;

/** Those of the program, for packs of which nothing was learned: `npm run bench -- general` makes the file. */
export function generalWeights(): Weights {
  if (general === undefined) {
    const read = readWeights(readFileSync(fileURLToPath(new URL("general-weights.json", import.meta.url)), "utf8"));
    if (typeof read === "string") throw new Error(`the general weights: ${read}`);
    general = read;
  }
  return general;
}

/** The text of a weights file. */
export function weightsText(weights: Weights): string {
  const { note, outputs, features, table, bias, calibration, words, taughtUntil, general } = weights;
  const columns = columnsOf(table, outputs.length).map((column, i) => {
    const steps = Array.from(column.weights, (weight) => Math.round(weight / STEP));
    const kept = (_: unknown, at: number) => steps[at] !== 0;
    const rows = Array.from(column.rows).filter(kept);
    return { name: outputs[i]!, bias: Number(bias[i]!.toFixed(4)), rows, weights: steps.filter(kept) };
  });
  const rounded = Object.fromEntries(
    Object.entries(calibration).map(([kind, parts]) => [kind, parts.map((part) => Number(part.toFixed(4)))]),
  );
  const lines = columns.map((column) => `    ${JSON.stringify(column)}`).join(",\n");
  return `{
  "note": ${JSON.stringify(note)},${taughtUntil === null ? "" : `\n  "taughtUntil": "${taughtUntil.toISOString()}",`}${general ? `\n  "general": true,` : ""}
  "calibration": ${JSON.stringify(rounded)},
  "words": ${JSON.stringify(Object.fromEntries(words))},
  "features": ${JSON.stringify(features)},
  "outputs": [
${lines}
  ]
}
`;
}
