import type { Weights } from "#model/weights.ts";
import { fitWeights, type Lesson } from "#pipeline/tag/fit.ts";
import { byTime } from "#pipeline/tag/held-out.ts";
import { matrixOf } from "#pipeline/tag/matrix.ts";
import { agreement, type Lessons, refit } from "#pipeline/tag/refit.ts";
import type { Rules } from "#pipeline/tag/tag.ts";
import type { Labelled } from "#pipeline/tag/tasks.ts";
import { say } from "./say.ts";

/** Stretches of time that are held out in turn to see what the weights are worth. */
const PARTS = 4;

/** Where there is no store. */
export const NO_LESSONS: Lessons = { items: [], until: null };

export type Learned = { readonly weights: Weights; readonly note: string };

/** Items are fitted to anew; what people set right moves the weights in use. In words why nothing can be learned. */
export async function learned(
  items: readonly Labelled[],
  { items: decided, until }: Lessons,
  rules: Rules,
): Promise<Learned | string> {
  const { weights } = rules.pack;
  if (items.length > 0) {
    const all = [...items, ...decided];
    const heard = (done: number, of: number) => say(`${all.length} labelled items; ${done} of ${of} fits`);
    const lesson = await fitWeights(matrixOf(all, rules), rules, byTime(all, PARTS), heard);
    say("");
    return { weights: { ...lesson.weights, taughtUntil: until }, note: noteOf(lesson, items.length, decided.length) };
  }
  if (decided.length === 0 || weights === null)
    return "Nothing to learn from: no file of labelled items was named (docs/learning.md says what stands in them), and nothing was set right in the store since the weights were learned.";
  const moved = { ...refit(decided, rules, weights), taughtUntil: until };
  return { weights: moved, note: noteOfMove(decided, rules, weights) };
}

function noteOf({ heldOut }: Lesson, items: number, decided: number): string {
  const percent = (share: number) => (100 * share).toFixed(0);
  const agree = ({ precision, recall }: Lesson["heldOut"]["point"]) =>
    `precision ${percent(precision)}, recall ${percent(recall)}`;
  const also = decided === 0 ? "" : ` and to ${decided} stories that were set right`;
  return [
    `Fitted to ${items} items${also}. On each quarter of their time, judged by what was fitted to the rest:`,
    `relevance ${agree(heldOut.relevant)};`,
    `points ${agree(heldOut.point)};`,
    `stage right in ${percent(heldOut.stage)} of 100, certainty in ${percent(heldOut.certainty)}.`,
  ].join(" ");
}

/** What the move is worth: each quarter of the decisions is judged by weights that the others moved. */
function noteOfMove(decided: readonly Labelled[], rules: Rules, weights: Weights): string {
  let [asked, before, after] = [0, 0, 0];
  for (const part of byTime(decided, PARTS)) {
    const others = decided.filter((_, i) => !part.has(i));
    const held = decided.filter((_, i) => part.has(i));
    before += agreement(held, rules, weights).right;
    const judged = agreement(held, rules, refit(others, rules, weights));
    after += judged.right;
    asked += judged.asked;
  }
  return (
    `Moved by ${decided.length} stories that were set right. Of ${asked} things decided about them the weights in use say ${before}; ` +
    `weights moved by the other quarters of the time say ${after}.`
  );
}
