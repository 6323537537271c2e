import { type LessonChanges, LOOK_BACK_DAYS } from "#model/lesson-changes.ts";
import { DAY_MS, mondayBefore } from "#model/time.ts";
import { refit } from "#pipeline/tag/refit.ts";
import { countCorrected } from "#store/corrections.ts";
import { isRunOpen, takeRun } from "#store/schedules.ts";
import { lessonChanges } from "./lesson-changes.ts";
import { lessonsIn } from "./lessons.ts";
import type { World } from "./world.ts";

/** Stories set right from which on weights that know of them are worth a look. */
const ENOUGH = 10;
/** Titles that a sentence names. */
const NAMED = 3;

/**
 * Tells what the weights would change that know of what people set right since the ones in use were learned, once there is enough of it;
 * again every week until somebody adopts them. Nothing changes by itself. A week whose work failed is still open.
 */
export async function tellLessons({
  db,
  rules,
  clock,
  tell,
}: Pick<World, "db" | "rules" | "clock" | "tell">): Promise<void> {
  const { pack } = rules;
  if (pack.weights === null) return;
  const now = clock();
  const week = mondayBefore(now);
  if (!(await isRunOpen(db, "lessons", week))) return;
  // All that was decided is read only where it can be enough.
  const { taughtUntil } = pack.weights;
  if ((await countCorrected(db, taughtUntil)) < ENOUGH) return;
  const { items } = await lessonsIn(db, rules, taughtUntil);
  if (items.length < ENOUGH) return;
  const taught = { ...rules, pack: { ...pack, weights: refit(items, rules, pack.weights) } };
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const changes = await lessonChanges(db, [rules, taught], since);
  if (!(await takeRun(db, "lessons", week))) return;
  tell(
    `${items.length} stories were set right since the weights were learned. \`policywire learn\` would ${textOf(changes)}. ` +
      "Nothing changes until somebody adopts that.",
  );
}

const textOf = ({ gained, lost }: LessonChanges): string =>
  gained.length + lost.length === 0
    ? `change no post of the last ${LOOK_BACK_DAYS} days`
    : `of the last ${LOOK_BACK_DAYS} days post ${named(gained)} more and ${named(lost)} less`;

function named(titles: readonly string[]): string {
  const shown = titles.slice(0, NAMED).map((title) => `“${title}”`);
  const more = titles.length > NAMED ? ", …" : "";
  return titles.length === 0 ? "none" : `${titles.length} (${shown.join(", ")}${more})`;
}
