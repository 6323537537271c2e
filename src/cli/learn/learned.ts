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

/**
 * Fewer items teach nothing anew: a quarter of them held out is a dozen, of which no figure says anything, and hardly a point has examples
 * enough.
 */
const FEWEST = 50;

/** Where there is no store. */
export const NO_LESSONS: Lessons = { items: [], until: null };

export type Learned = { readonly weights: Weights; readonly note: string };

/**
 * Items are fitted to anew; where none were asked for (null), what people set right moves the weights in use. In words why nothing can be
 * learned.
 */
export async function learned(
  items: readonly Labelled[] | null,
  { items: decided, until }: Lessons,
  rules: Rules,
): Promise<Learned | string> {
  if (items !== null) return fitted(items, { items: decided, until }, rules);
  const { weights } = rules.pack;
  if (decided.length === 0 || weights === null)
    return "Nothing to learn from: no file of labelled items was named (docs/learning.md says what stands in them), and nothing was set right in the store since the weights were learned.";
  const moved = { ...refit(decided, rules, weights), taughtUntil: until };
  return { weights: moved, note: noteOfMove(decided, rules, weights) };
}

async function fitted(
  items: readonly Labelled[],
  { items: decided, until }: Lessons,
  rules: Rules,
): Promise<Learned | string> {
  const all = [...items, ...decided];
  if (all.length < FEWEST)
    return `Too little to fit weights to: ${all.length} labelled items, where it takes ${FEWEST}. Label more; or set stories right in Discord and run \`learn\` without files, which moves the weights in use and takes no such number.`;
  const parts = byTime(all, PARTS);
  const heard = (done: number, of: number) => say(`${all.length} labelled items; ${done} of ${of} fits`);
  const lesson = await fitWeights(matrixOf(all, rules), rules, parts, heard);
  say("");
  const also = decided.length === 0 ? "" : ` and to ${decided.length} stories that were set right`;
  const worth = parts.length > 0 ? worthOf(lesson) : NOTHING_HELD_OUT;
  return {
    weights: { ...lesson.weights, taughtUntil: until },
    note: `Fitted to ${items.length} items${also}. ${worth}`,
  };
}

const NOTHING_HELD_OUT =
  "None of them has a date (publishedAt), so nothing was held out: what the weights are worth is not known.";

function worthOf({ heldOut }: Lesson): string {
  const percent = (share: number) => (100 * share).toFixed(0);
  const agree = ({ precision, recall }: Lesson["heldOut"]["point"]) =>
    `precision ${percent(precision)}, recall ${percent(recall)}`;
  return [
    "On each quarter of their time, judged by what was fitted to the rest:",
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
