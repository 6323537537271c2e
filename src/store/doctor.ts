import { sql } from "kysely";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import { datedAhead, newestAt } from "./ahead.ts";
import { type Db, engineOf } from "./engine/engine.ts";
import { oldestOf, RETENTION, sizeOf } from "./retention.ts";
import { msOf } from "./rows.ts";
import { holeText, isUnreadable, rowsOf } from "./salvage.ts";
import { TABLES } from "./transfer.ts";

/** What an examination found: a fault comes with what to do. */
export type Finding = { readonly sound: boolean; readonly text: string };

/** A delivery that is due for so long is not just waiting its turn. */
const OVERDUE_MS = HOUR_MS;

/** Of a file that is damaged. */
const REMEDY = "Stop the worker and restore a backup, or save what can be read with `policywire export`.";

/** Examines a store and what waits in it. Reads all of it: minutes for a large one. Changes nothing. */
export async function examine(db: Db, now: Date): Promise<Finding[]> {
  const file = await examined("The file", () => structure(db), ` ${REMEDY}`);
  return [
    ...file,
    ...(file.every(({ sound }) => sound) ? [] : await readable(db)),
    ...(await examined("References", () => references(db))),
    ...(await examined("The search index", () => fullText(db))),
    ...(await examined("The outbox", () => outbox(db, now))),
    ...(await examined("Dead letters", () => deadLetters(db))),
    ...(await examined("Feeds", () => feeds(db, now))),
    ...(await examined("What is to be pruned", () => pruning(db, now))),
    ...(await examined("Times", () => clocks(db, now))),
    ...(await examined("The size", () => size(db))),
  ];
}

/** Of a damaged file each thing is looked at that can be. */
async function examined(what: string, look: () => Promise<Finding>, remedy = ""): Promise<Finding[]> {
  try {
    return [await look()];
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return [fault(`${what} cannot be read: the file is damaged there.${remedy}`)];
  }
}

/** How far the tables of a damaged file can be read. */
async function readable(db: Db): Promise<Finding[]> {
  if (engineOf(db) === "postgres") return [];
  const found: Finding[] = [];
  for (const { name, key } of TABLES)
    for await (const _ of rowsOf(db, name, key, (hole) => found.push(fault(holeText(hole)))));
  return found;
}

const sound = (text: string): Finding => ({ sound: true, text });
const fault = (text: string): Finding => ({ sound: false, text });

async function structure(db: Db): Promise<Finding> {
  if (engineOf(db) === "postgres") {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
      where not indisvalid and relnamespace = current_schema()::regnamespace`.execute(db);
    return rows.length === 0
      ? sound("All indexes are valid.")
      : fault(`Invalid indexes: ${rows.map(({ name }) => name).join(", ")}. Run \`reindex database\`.`);
  }
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(5)`.execute(db);
  const found = rows.map(({ integrity_check }) => integrity_check);
  if (found[0] === "ok") return sound("The file is whole.");
  return fault(`The file is damaged: ${found.join("; ")}. ${REMEDY}`);
}

async function references(db: Db): Promise<Finding> {
  if (engineOf(db) === "postgres") return sound("The server keeps every reference.");
  const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(db);
  if (rows.length === 0) return sound("Every reference leads somewhere.");
  return fault(
    `${rows.length} rows refer to nothing, in ${[...new Set(rows.map(({ table }) => table))].join(", ")}. Restore a backup.`,
  );
}

/** Search knows the articles in stories. */
async function fullText(db: Db): Promise<Finding> {
  const known = engineOf(db) === "sqlite" ? "article_words_docsize" : "article_words";
  const count = (table: string) => sql`(select count(*) from ${sql.table(table)})`;
  const { rows } = await sql<{ indexed: number; articles: number }>`
    select ${count(known)} as indexed, ${count("members")} as articles`.execute(db);
  const { indexed, articles } = rows[0]!;
  if (indexed === articles) return sound(`${articles} articles in stories, and search knows them.`);
  return fault(
    `Search knows ${indexed} of ${articles} articles in stories. Export the store and import it into a new one, which builds the index anew.`,
  );
}

async function outbox(db: Db, now: Date): Promise<Finding> {
  const late = await db
    .selectFrom("deliveries")
    .select((eb) => [
      eb.fn.countAll<number>().as("count"),
      eb.fn.min("due_at").as("since"),
      eb.fn.max("reason").as("reason"),
    ])
    .where("state", "=", "due")
    .where("due_at", "<", msOf(now) - OVERDUE_MS)
    .executeTakeFirstOrThrow();
  if (late.count === 0) return sound("No delivery is late.");
  const because = late.reason === null ? "Is a worker running?" : `The last reason: ${late.reason}`;
  return fault(
    `${late.count} deliveries are due since ${new Date(late.since).toISOString()} at the longest. ${because}`,
  );
}

async function deadLetters(db: Db): Promise<Finding> {
  const dead = await db
    .selectFrom("deliveries")
    .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.max("reason").as("reason")])
    .where("state", "=", "dead")
    .executeTakeFirstOrThrow();
  return dead.count === 0
    ? sound("No dead letters.")
    : fault(`${dead.count} deliveries can never be posted (${dead.reason}). Please report it.`);
}

async function feeds(db: Db, now: Date): Promise<Finding> {
  const rows = await db
    .selectFrom("feeds")
    .select(["feed_id", "failing_since", "last_polled_at"])
    .where("listed", "=", 1)
    .execute();
  if (rows.length === 0) return sound("No feeds yet: `policywire run` registers those of its pack.");
  const failing = rows.filter(({ failing_since }) => failing_since !== null && failing_since < msOf(now) - DAY_MS);
  const polled = rows.some(({ last_polled_at }) => last_polled_at !== null && last_polled_at > msOf(now) - DAY_MS);
  if (!polled) return fault("No feed was polled in the last day. Start a worker with `policywire run`.");
  if (failing.length === 0) return sound(`${rows.length} feeds, none failing for a day.`);
  return fault(
    `${failing.length} of ${rows.length} feeds fail for more than a day: ${failing
      .slice(0, 5)
      .map(({ feed_id }) => feed_id)
      .join(", ")}. Correct or remove them in feeds.yaml.`,
  );
}

async function pruning(db: Db, now: Date): Promise<Finding> {
  const row = await db.selectFrom("schedules").select("ran_at").where("name", "=", "prune").executeTakeFirst();
  if (row === undefined) return sound("Nothing was pruned yet.");
  const old = row.ran_at < msOf(now) - 3 * DAY_MS;
  const text = `Last pruned on ${new Date(row.ran_at).toISOString().slice(0, 10)}.`;
  if (old) return fault(`${text} Keep a worker running for more than an hour a day.`);
  const { articleDays, textDays, deliveryDays } = RETENTION;
  const { deliveries, texts, stories } = await oldestOf(db);
  const overdue = (at: Date | null, days: number) => (at === null ? 0 : (msOf(now) - msOf(at)) / DAY_MS - days);
  const days = Math.max(overdue(deliveries, deliveryDays), overdue(texts, textDays), overdue(stories, articleDays));
  // One is deleted a day, and the day that is under way is not over.
  return days < 3
    ? sound(text)
    : sound(
        `${text} What is kept is up to ${Math.floor(days)} days older than it need be, as a prune deletes a day's share; \`policywire doctor --prune\` deletes all of that.`,
      );
}

/** What a wrong clock left behind, and whether it is wrong now. */
async function clocks(db: Db, now: Date): Promise<Finding> {
  const newest = await newestAt(db);
  if (newest !== null && msOf(newest) > msOf(now) + OVERDUE_MS)
    return fault(
      `The newest that is stored is from ${newest.toISOString()}, after now (${now.toISOString()}). Correct the clock of this machine; if it is right, the worker corrects what is stored within an hour.`,
    );
  const ahead = await datedAhead(db, now);
  return ahead.length === 0
    ? sound("No time is further ahead than it should be.")
    : fault(`A wrong clock dated ahead: ${ahead.join("; ")}. A worker pulls them back within an hour.`);
}

async function size(db: Db): Promise<Finding> {
  return sound(`The store takes ${((await sizeOf(db)) / 1_048_576).toFixed(1)} MiB.`);
}
