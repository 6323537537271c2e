import { setImmediate as breathe } from "node:timers/promises";
import type { StoredArticle } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import type { Tagging } from "#model/tag.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { isRunOpen, takeRun } from "#store/schedules.ts";
import { keptOf, type ReadTable, textsInStories } from "#store/stored-texts.ts";
import { taggingsOf } from "#store/taggings.ts";
import { keepQuotes } from "./keep-quotes.ts";
import { noteMatters } from "./note-matters.ts";

/** What is read of an article when it is filed, and where it is kept: a program that reads one thing more adds a line. */
type Reading = {
  readonly name: string;
  readonly table: ReadTable;
  readonly keep: (tx: Db, article: StoredArticle, tagging: Tagging, pack: Pack) => Promise<void>;
};

const READINGS: readonly Reading[] = [
  {
    name: "deadlines",
    table: "deadlines",
    keep: (tx, article) => saveDeadlines(tx, { ...article, deadlines: deadlinesIn(article) }),
  },
  { name: "matters", table: "sightings", keep: noteMatters },
  { name: "quotes", table: "quotes", keep: keepQuotes },
];

/** Articles read in one transaction: some tens of milliseconds, after which whoever waits has the store. */
const BATCH = 50;

/** The first time. With another a stored text is read again of which nothing is kept; of others what is kept stays. */
const FIRST = new Date(1);

/**
 * Reads the days, matters and quotes of articles that were filed by a program that read none, each once for a store: those whose text
 * is still kept, so that they are as many as sixty days bring. A run that is cut off begins anew. Resolves to how many articles it
 * read, or null where all was done.
 */
export async function readStored(db: Db, pack: Pack, signal: AbortSignal): Promise<number | null> {
  const open: Reading[] = [];
  for (const reading of READINGS) if (await isRunOpen(db, reading.name, FIRST)) open.push(reading);
  if (open.length === 0) return null;
  let [after, total] = [0, 0];
  while (!signal.aborted) {
    const articles = await transact(db, (tx) => readSome(tx, open, pack, after));
    const last = articles.at(-1);
    if (last === undefined) {
      for (const { name } of open) await takeRun(db, name, FIRST);
      break;
    }
    total += articles.length;
    after = last.id;
    await breathe();
  }
  return total;
}

/** Reads the next articles after the id `after`, of each those of which nothing is kept. */
async function readSome(
  tx: Db,
  open: readonly Reading[],
  pack: Pack,
  after: number,
): Promise<readonly StoredArticle[]> {
  const articles = await textsInStories(tx, after, BATCH);
  if (articles.length === 0) return articles;
  const ids = articles.map(({ id }) => id);
  const taggings = await taggingsOf(tx, ids);
  for (const { table, keep } of open) {
    const kept = await keptOf(tx, table, ids);
    for (const article of articles) {
      const tagging = taggings.get(article.id);
      if (tagging !== undefined && !kept.has(article.id)) await keep(tx, article, tagging, pack);
    }
  }
  return articles;
}
