import type { Scores } from "#pipeline/tag/scorer.ts";
import { BORDER_RELEVANCE, type Labels } from "#pipeline/tag/tasks.ts";

/** An answer with the probability that was given for it, whether it held, and how much it counts. */
type Answer = { readonly probability: number; readonly holds: boolean; readonly weight: number };

/** From here on an answer is worth a look: most points of most items are said to be none of it, and rightly. */
const FROM = 0.05;
const EDGES = [FROM, 0.2, 0.4, 0.6, 0.8, 0.9, 1.001];
const THRESHOLDS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

/** What became of answers of one kind, by how sure they were. */
export class Reliability {
  readonly #answers: Answer[] = [];

  add(probability: number, holds: boolean, weight = 1): void {
    this.#answers.push({ probability, holds, weight });
  }

  /** Expected calibration error in percent of those from 0.05 on, then share said and share that held, by stretches of probability. */
  toString(): string {
    const looked = this.#answers.filter(({ probability }) => probability >= FROM);
    let error = 0;
    const cells = EDGES.slice(0, -1).map((edge, i) => {
      const some = looked.filter(({ probability }) => probability >= edge && probability < EDGES[i + 1]!);
      if (some.length === 0) return "–";
      const counted = total(some);
      const said = some.reduce((sum, { probability, weight }) => sum + probability * weight, 0) / counted;
      const held = total(holding(some)) / counted;
      error += (Math.abs(said - held) * counted) / total(looked);
      return `${percent(said)} → ${percent(held)} (${some.length})`;
    });
    return [`${(100 * error).toFixed(1)} of ${looked.length}`, ...cells].join(" | ");
  }

  /** Precision and recall of what is said from each threshold on. */
  thresholds(): string {
    const there = total(holding(this.#answers));
    return THRESHOLDS.map((least) => {
      const said = this.#answers.filter(({ probability }) => probability >= least);
      const right = total(holding(said));
      return `${least}: ${percent(right / (total(said) || 1))}/${percent(right / (there || 1))}`;
    }).join("  ");
  }
}

const total = (some: readonly Answer[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
const holding = (some: readonly Answer[]): readonly Answer[] => some.filter(({ holds }) => holds);
const percent = (share: number): string => (100 * share).toFixed(0);

/** A table for each kind of answer; relevance twice: border items count a fifth as no, as where it is learned, or whole as yes. */
export type Reliabilities = Readonly<
  Record<"relevance" | "relevance with border" | "points" | "stage" | "certainty", Reliability>
>;

export const reliabilities = (): Reliabilities => ({
  relevance: new Reliability(),
  "relevance with border": new Reliability(),
  points: new Reliability(),
  stage: new Reliability(),
  certainty: new Reliability(),
});

/** Notes what was answered about an item: of points each, of stage and certainty the likeliest, where somebody judged it. */
export function note(tables: Reliabilities, labels: Labels, scores: Scores): void {
  tables.relevance.add(scores.relevant, labels.relevant === "yes", labels.relevant === "border" ? BORDER_RELEVANCE : 1);
  tables["relevance with border"].add(scores.relevant, labels.relevant !== "no");
  for (const [id, probability] of scores.points) {
    const isOpen = labels.maybe.includes(id) || labels.judged?.includes(id) === false;
    if (!isOpen) tables.points.add(probability, labels.points.includes(id));
  }
  if (labels.relevant !== "yes") return;
  if (labels.stage !== undefined) noteLikeliest(tables.stage, scores.stages, labels.stage ?? "");
  if (labels.certainty !== null) noteLikeliest(tables.certainty, scores.certainties, labels.certainty);
}

function noteLikeliest(table: Reliability, of: ReadonlyMap<string, number>, right: string): void {
  if (of.size === 0) return;
  const [id, probability] = [...of].reduce((best, one) => (one[1] > best[1] ? one : best));
  table.add(probability, id === right);
}
