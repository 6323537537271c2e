import { byTime, fitWeights, type Labelled, type Lesson, type Matrix, matrixOf } from "./fit.ts";
import { ANY_POINT, generalName } from "./general.ts";
import { eachGeneral } from "./general-features.ts";
import type { Row } from "./logistic.ts";
import type { Rules } from "./rules.ts";

/** Of points of which an article has no phrase, one in so many stands for the others. */
const SPARED = 40;
/** Stretches of time that are held out in turn. */
const PARTS = 3;

/**
 * Fits general weights to the items of one pack: of each point it asks the same question, by what the rules found of it and of the others.
 * Stage and certainty are left to the rules of a pack, whose ids no other needs to share.
 */
export function fitGeneral(items: readonly Labelled[], rules: Rules): Lesson {
  const matrix = matrixOf(items, rules);
  const names = new Map<string, number>();
  const numberOf = (name: string) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, names.size);
    return names.size - 1;
  };
  // How much of what a pack's feeds bring is news of its field is not known before anybody has labelled any of it: as much as not.
  const news = items.filter(({ labels }) => labels.relevant === "yes").length;
  const weightOf = ({ labels }: Labelled) => (labels.relevant === "yes" ? 1 : news / (items.length - news));
  const rowFor = (i: number, own: string | null) => rowOf(matrix, i, rules, own, numberOf);
  const examples = items.flatMap((item, i): { item: Labelled; row: Row }[] => {
    const nothing = { stage: undefined, certainty: null } as const;
    const about = {
      item: { ...item, labels: { ...item.labels, ...nothing, points: [], judged: [] }, weight: weightOf(item) },
      row: rowFor(i, null),
    };
    const found = new Set(item.findings.points.filter(({ score }) => score > 0).map(({ point }) => point.id));
    const ofPoints = rules.pack.points.flatMap(({ id }, at) => {
      const { points, maybe, judged } = item.labels;
      if (maybe.includes(id) || judged?.includes(id) === false) return [];
      const isIn = points.includes(id);
      if (!found.has(id) && !isIn && (i + at) % SPARED !== 0) return [];
      const labels = { ...item.labels, ...nothing, points: isIn ? [ANY] : [], maybe: [], judged: null };
      return [{ item: { ...item, labels, weight: 0 }, row: rowFor(i, id) }];
    });
    return [about, ...ofPoints];
  });
  const all: Matrix = {
    names: [...names.keys()],
    rows: examples.map(({ row }) => row),
    items: examples.map(({ item }) => item),
  };
  const pack = { ...rules.pack, points: rules.pack.points.slice(0, 1).map((point) => ({ ...point, id: ANY })) };
  const { weights, heldOut } = fitWeights(all, { ...rules, pack }, byTime(all.items, PARTS));
  return { weights: { ...weights, general: true }, heldOut };
}

const ANY = ANY_POINT.slice("point:".length);

/** The row of an item with the features that other packs share; what stands for several is their sum. */
function rowOf(
  { names, rows, items }: Matrix,
  i: number,
  { pack }: Rules,
  own: string | null,
  numberOf: (name: string) => number,
): Row {
  const sums = new Map<number, number>();
  const add = (given: string, value: number) => {
    const name = generalName(given, pack, own);
    if (name === null) return;
    const number = numberOf(name);
    sums.set(number, (sums.get(number) ?? 0) + value);
  };
  const { dense, columns, values } = rows[i]!;
  for (const [column, value] of dense.entries()) add(names[column]!, value);
  for (const [at, column] of columns.entries()) add(names[column]!, values[at]!);
  eachGeneral(items[i]!.findings.document, pack, add);
  return { dense: new Float32Array(), columns: Int32Array.from(sums.keys()), values: Float32Array.from(sums.values()) };
}
