import { type Pack, stageGroups } from "#model/pack.ts";
import { type Column, columnsOf, tableOf, type Weights } from "#model/weights.ts";
import { GENERAL_STEMS } from "./general-words.ts";

/** What stands for a pack's points, whichever, in general weights: in features of another point than the one that is asked about. */
const ANY = "*";
/** … and in those of the point itself. */
const OWN = "own";

/** What general weights say of any point. */
export const ANY_POINT = `point:${ANY}`;

/**
 * The name of a feature in general weights, which know no pack: what names a point, a stage or a place of one stands for all of its kind.
 * Null for what no other pack has: its cues, and words that are no acts. `own` is the point that is asked about, null for relevance.
 */
export function generalName(name: string, { facets }: Pack, own: string | null): string | null {
  const [kind = "", id = "", ...rest] = name.slice(2).split(":");
  if (name.startsWith("m:")) return null;
  if (!name.startsWith("r:"))
    return own === null && name.startsWith("a:") && GENERAL_STEMS.has(name.slice(2)) ? name : null;
  switch (kind) {
    case "cue":
    case "relevant":
    case "sum":
    case "policy":
      return null;
    case "near":
      return id === own ? [`r:near`, OWN, ...rest].join(":") : null;
    case "score":
    case "point":
      return [`r:${kind}`, id === own ? OWN : ANY, ...rest].join(":");
    case "stage": {
      if (PLACES.has(id)) return name;
      const { of, open } = stageGroups(facets);
      return ["r:stage", of.get(id) === open ? "open" : ANY, ...rest].join(":");
    }
    case "certainty":
      return [
        "r:certainty",
        facets.certainties.find((each) => each.id === id)?.firm === true ? "firm" : ANY,
        ...rest,
      ].join(":");
    case "place":
    case "remedy":
      return PLACES.has(id) ? name : `r:${kind}:${ANY}`;
    default:
      return name;
  }
}

/** Where a rule stands: features of it are of no id. */
const PLACES = new Set(["title", "lede", "body"]);

/** General weights as those of a pack, which name its own points, stages and places. */
export function forPack(general: Weights, pack: Pack): Weights {
  const { points, facets } = pack;
  const features = [
    ...general.features.filter((name) => generalName(name, pack, null) === name && !name.includes(ANY)),
    ...points.flatMap(({ id }) => [
      `r:near:${id}:title`,
      `r:near:${id}:text`,
      `r:score:${id}`,
      `r:point:${id}:strong`,
      `r:point:${id}:weak`,
    ]),
    ...(["stage", "certainty"] as const).flatMap((axis) =>
      (axis === "stage" ? facets.stages : facets.certainties).flatMap(({ id }) => [
        `r:${axis}:${id}:true`,
        `r:${axis}:${id}:false`,
      ]),
    ),
    ...facets.places.map(({ id }) => `r:place:${id}:true`),
    ...facets.remedies.map(({ id }) => `r:remedy:${id}`),
  ];
  const known = columnsOf(general.table, general.outputs.length);
  const columnFor = (output: string, own: string | null): Column => {
    const { rows, weights } = known[general.outputs.indexOf(output)]!;
    const weightOf = new Map(Array.from(rows, (row, i) => [general.features[row]!, weights[i]!]));
    const all = features.map((name) => weightOf.get(generalName(name, pack, own) ?? "") ?? 0);
    const weighing = [...all.keys()].filter((row) => all[row] !== 0);
    return { rows: weighing, weights: weighing.map((row) => all[row]!) };
  };
  const biasOf = (output: string) => general.bias[general.outputs.indexOf(output)]!;
  return {
    note: general.note,
    outputs: ["relevant", ...points.map(({ id }) => `point:${id}`)],
    features,
    table: tableOf(features.length, [columnFor("relevant", null), ...points.map(({ id }) => columnFor(ANY_POINT, id))]),
    bias: Float32Array.from([biasOf("relevant"), ...points.map(() => biasOf(ANY_POINT))]),
    calibration: general.calibration,
    words: new Map(),
    taughtUntil: null,
    general: true,
  };
}
