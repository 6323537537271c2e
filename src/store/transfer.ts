import { sql } from "kysely";
import { z } from "zod";
import { type Db, engineOf } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { migrate, SCHEMA_VERSION, schemaVersion } from "./migrate.ts";
import { releaseAll } from "./outbox/claims.ts";
import { type Hole, holeText, orphansOf, type Row, rowsOf } from "./salvage.ts";

/** Every table that holds something worth keeping, in an order in which none refers to a later one, with its primary key. */
export const TABLES: readonly { readonly name: string; readonly key: readonly string[] }[] = [
  { name: "feeds", key: ["feed_id"] },
  { name: "feed_gaps", key: ["feed_id", "since"] },
  { name: "articles", key: ["id"] },
  { name: "article_keys", key: ["feed_id", "key"] },
  { name: "taggings", key: ["article_id"] },
  { name: "deadlines", key: ["article_id", "occasion", "day"] },
  { name: "tags", key: ["article_id", "axis", "tag_id"] },
  { name: "quotes", key: ["article_id", "number"] },
  { name: "sagas", key: ["id"] },
  { name: "stories", key: ["id"] },
  { name: "story_tags", key: ["story_id", "axis", "tag_id"] },
  { name: "members", key: ["article_id"] },
  { name: "matters", key: ["id"] },
  { name: "sightings", key: ["article_id", "matter_id"] },
  { name: "matter_parts", key: ["article_id", "matter_id", "part"] },
  { name: "matter_names", key: ["article_id", "matter_id", "folded"] },
  { name: "placings", key: ["id"] },
  { name: "revisions", key: ["story_id", "number"] },
  { name: "subscriptions", key: ["id"] },
  { name: "reminders", key: ["id"] },
  { name: "deliveries", key: ["id"] },
  { name: "mutes", key: ["id"] },
  { name: "destinations", key: ["name"] },
  { name: "guilds", key: ["guild_id"] },
  { name: "reviews", key: ["article_id"] },
  { name: "leaderships", key: ["guild_id"] },
  { name: "flags", key: ["story_id", "guild_id", "person"] },
  { name: "corrections", key: ["id"] },
  { name: "decisions", key: ["id"] },
  { name: "schedules", key: ["name"] },
  { name: "spending", key: ["day"] },
];

/** Rows written at a time: memory stays flat however large the store is. */
const PAGE = 200;

const valueSchema = z.union([z.string(), z.number(), z.null()]);
const rowSchema = z.record(z.string().regex(/^[a-z_]+$/), valueSchema);

const headerSchema = z.strictObject({
  policywire: z.literal("export"),
  schema: z.int().positive(),
  at: z.iso.datetime(),
});
const trailerSchema = z.strictObject({ end: z.literal(true), rows: z.int().nonnegative() });
const lineSchema = z.union([
  z.strictObject({ table: z.enum(TABLES.map(({ name }) => name)), row: rowSchema }),
  trailerSchema,
]);

/**
 * The whole store as JSON values, one a line: a header, each row with its table, and a trailer that counts them. All of one
 * moment, also while a worker writes. Use a store opened to read. Of a damaged one all that can be read, without the rows that
 * refer to what cannot; `missed` hears of that, a sentence at a time.
 */
export async function* exported(
  db: Db,
  now: Date,
  missed: (sentence: string) => void = () => {},
): AsyncGenerator<object> {
  const snapshot =
    engineOf(db) === "postgres"
      ? await db.startTransaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute()
      : await db.startTransaction().execute();
  const { lost, isOrphan } = orphansOf(snapshot);
  const hear = (hole: Hole) => {
    lost(hole);
    missed(holeText(hole));
  };
  try {
    yield { policywire: "export", schema: SCHEMA_VERSION, at: now.toISOString() };
    let [rows, orphans] = [0, 0];
    for (const { name, key } of TABLES) {
      for await (const row of rowsOf(snapshot, name, key, hear)) {
        if (await isOrphan(name, key, row)) {
          orphans++;
          continue;
        }
        rows++;
        yield { table: name, row };
      }
    }
    if (orphans > 0) missed(`${orphans} rows that refer to what cannot be read are left out.`);
    yield { end: true, rows };
  } finally {
    await snapshot.rollback().execute();
  }
}

/** What came of an import: a refusal names the line, and nothing of the import is kept. */
export type Imported =
  | { readonly kind: "imported"; readonly rows: number }
  | { readonly kind: "refused"; readonly reason: string };

class Refusal extends Error {}

/**
 * Fills an empty store from the lines of an export, in one transaction. An export of an older program is taken in as that program
 * had it and then migrated.
 */
export async function importInto(db: Db, lines: AsyncIterable<string>): Promise<Imported> {
  try {
    const rows = await transact(db, async (tx) => {
      const taken = await takeLines(tx, lines);
      await migrate(tx);
      // Workers had them in the store that was exported, and none of those comes here.
      await releaseAll(tx);
      if (engineOf(tx) === "postgres") await advanceIdentities(tx);
      return taken;
    });
    await refreshStatistics(db);
    return { kind: "imported", rows };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", reason: error.message };
    throw error;
  }
}

async function takeLines(tx: Db, lines: AsyncIterable<string>): Promise<number> {
  let number = 0;
  let rows = 0;
  let ended = false;
  const waiting: { table: string; rows: Row[] } = { table: "", rows: [] };
  const flush = async () => {
    if (waiting.rows.length > 0) await insert(tx, waiting.table, waiting.rows, number);
    waiting.rows = [];
  };
  for await (const text of lines) {
    number++;
    if (number === 1) {
      await prepare(tx, read(headerSchema, text, number).schema);
      continue;
    }
    if (ended) throw new Refusal(`Line ${number} comes after the export's end. Is it two exports in one file?`);
    const line = read(lineSchema, text, number);
    if ("end" in line) {
      await flush();
      if (line.rows !== rows) throw new Refusal(`The export says ${line.rows} rows, but has ${rows}. Make a new one.`);
      ended = true;
      continue;
    }
    if (waiting.table !== line.table || waiting.rows.length === PAGE) await flush();
    waiting.table = line.table;
    waiting.rows.push(line.row);
    rows++;
  }
  if (!ended) throw new Refusal(`The export stops short at line ${number}, before its end. Make a new one.`);
  return rows;
}

/** Makes the tables as the program that exported had them. */
async function prepare(tx: Db, schema: number): Promise<void> {
  if (schema > SCHEMA_VERSION) {
    throw new Refusal(
      `The export is of a newer Policywire (its schema is ${schema}, this program knows ${SCHEMA_VERSION}). Use the newer program.`,
    );
  }
  const found = await schemaVersion(tx);
  if (
    found !== 0 &&
    (found !== schema || (await tx.selectFrom("feeds").select("feed_id").limit(1).execute()).length > 0)
  ) {
    throw new Refusal("The database is not empty. Import into a new one, and change to it when that worked.");
  }
  await migrate(tx, schema);
}

function read<T>(schema: z.ZodType<T>, text: string, number: number): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(`Line ${number} is not JSON.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    number === 1 ? "The first line is not the head of an export." : `Line ${number} is not a line of an export.`,
  );
}

async function insert(tx: Db, table: string, rows: readonly Row[], number: number): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
  try {
    await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}`.execute(
      tx,
    );
  } catch (error) {
    // Whatever the database refuses in a row (a missing column, a double, a stranger's id) is the file's fault.
    throw new Refusal(
      `The database refuses a row of ${table} near line ${number}: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

/** After much was written at once: PostgreSQL plans by statistics that it would gather only minutes later. */
export async function refreshStatistics(db: Db): Promise<void> {
  if (engineOf(db) === "postgres") await sql`analyze`.execute(db);
}

/** PostgreSQL does not count ids that were given to it. */
async function advanceIdentities(tx: Db): Promise<void> {
  for (const { name, key } of TABLES) {
    if (key[0] !== "id") continue;
    await sql`select setval(pg_get_serial_sequence(${name}, 'id'), (select max(id) from ${sql.table(name)}))`.execute(
      tx,
    );
  }
}
