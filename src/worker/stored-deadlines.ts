import { setImmediate as breathe } from "node:timers/promises";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { addDeadlines, textsInStories } from "#store/deadlines.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { isRunOpen, takeRun } from "#store/schedules.ts";

/** Articles read in one transaction: some ten milliseconds, after which whoever waits has the store. */
const BATCH = 50;

/** The first reading. A second one reads what is stored again: what it finds is added, what is kept of an article stays. */
const READING = new Date(1);

/**
 * Reads the days of articles that were filed by a program that read none, once for a store: those whose text is still kept, so that
 * they are as many as sixty days bring. A run that is cut off begins anew. Resolves to how many it read, or null where it was done.
 */
export async function readStoredDeadlines(db: Db, signal: AbortSignal): Promise<number | null> {
  if (!(await isRunOpen(db, "deadlines", READING))) return null;
  let [after, total] = [0, 0];
  while (!signal.aborted) {
    const articles = await textsInStories(db, after, BATCH);
    const last = articles.at(-1);
    if (last === undefined) {
      await takeRun(db, "deadlines", READING);
      break;
    }
    await transact(db, (tx) =>
      addDeadlines(
        tx,
        articles.map((article) => ({ ...article, deadlines: deadlinesIn(article) })),
      ),
    );
    total += articles.length;
    after = last.id;
    await breathe();
  }
  return total;
}
