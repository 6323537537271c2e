import { fitWeights, type Lesson } from "./fit.ts";
import { ANY_POINT, generalName } from "./general.ts";
import { eachGeneral } from "./general-features.ts";
import { byTime } from "./held-out.ts";
import { type Matrix, matrixOf } from "./matrix.ts";
import { type Found, rowsOf } from "./rows.ts";
import type { Rules } from "./rules.ts";
import type { Labelled } from "./tasks.ts";

/** Of points of which an article has no phrase, one in so many stands for the others. */
const SPARED = 40;
/** Stretches of time that are held out in turn. */
const PARTS = 3;

/**
 * Fits general weights to the items of one pack: of each point it asks the same question, by what the rules found of it and of the others.
 * Stage and certainty are left to the rules of a pack, whose ids no other needs to share.
 */
export async function fitGeneral(items: readonly Labelled[], rules: Rules): Promise<Lesson> {
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
  const examples = items.flatMap((item, i): { item: Labelled; row: readonly Found[] }[] => {
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
    rows: rowsOf(
      examples.map(({ row }) => row),
      names.size,
    ),
    items: examples.map(({ item }) => item),
  };
  const pack = { ...rules.pack, points: rules.pack.points.slice(0, 1).map((point) => ({ ...point, id: ANY })) };
  const { weights, heldOut } = await fitWeights(all, { ...rules, pack }, byTime(all.items, PARTS));
  return { weights: { ...weights, words: new Map(), general: true }, heldOut };
}

const ANY = ANY_POINT.slice("point:".length);

/** The row of an item with the features that other packs share; what stands for several is their sum. */
function rowOf(
  { names, rows, items }: Matrix,
  i: number,
  { pack }: Rules,
  own: string | null,
  numberOf: (name: string) => number,
): readonly Found[] {
  const sums = new Map<number, number>();
  const add = (given: string, value: number) => {
    const name = generalName(given, pack, own);
    if (name === null) return;
    const number = numberOf(name);
    sums.set(number, (sums.get(number) ?? 0) + value);
  };
  for (let at = rows.starts[i]!, end = rows.starts[i + 1]!; at < end; at += 1)
    add(names[rows.columns[at]!]!, rows.values[at]!);
  eachGeneral(items[i]!.findings.document, pack, add);
  return [...sums];
}
