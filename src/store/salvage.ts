import { sql } from "kysely";
import { type Db, engineOf } from "./engine/engine.ts";

export type Row = Readonly<Record<string, string | number | null>>;

/** What of a table could not be read: all between these two rows, or from its begin, or to its end. */
export type Hole = { readonly table: string; readonly after: Row | null; readonly before: Row | null };

/** Rows read at a time: memory stays flat however large the store is. */
const PAGE = 200;

/** SQLite's primary result codes for a page that cannot be read, by its content and by its disk. */
const UNREADABLE = [11, 10];

export const isUnreadable = (error: unknown): boolean =>
  error instanceof Error &&
  "errcode" in error &&
  typeof error.errcode === "number" &&
  UNREADABLE.includes(error.errcode & 0xff);

/**
 * The rows of a table by its key. Where a page of it is damaged, those before it and, from the end of the table backwards, those
 * after it; `missed` hears of what is left between.
 */
export async function* rowsOf(
  db: Db,
  table: string,
  key: readonly string[],
  missed: (hole: Hole) => void,
): AsyncGenerator<Row> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const valuesOf = (row: Row) => sql.join(key.map((column) => row[column]));

  /** The next few from either end of what is not read yet; null where they cannot be read. */
  async function next(after: Row | null, before: Row | null, backwards: boolean, limit: number): Promise<Row[] | null> {
    const beyond = after === null ? sql`1 = 1` : sql`(${columns}) > (${valuesOf(after)})`;
    const below = before === null ? sql`1 = 1` : sql`(${columns}) < (${valuesOf(before)})`;
    const order = sql.join(key.map((column) => sql`${sql.ref(column)} ${sql.raw(backwards ? "desc" : "asc")}`));
    try {
      const { rows } =
        await sql<Row>`select * from ${sql.table(table)} where ${beyond} and ${below} order by ${order} limit ${limit}`.execute(
          db,
        );
      return rows;
    } catch (error) {
      if (isUnreadable(error)) return null;
      throw error;
    }
  }

  let [after, before]: (Row | null)[] = [null, null];
  for (const backwards of [false, true]) {
    // A page of rows that cannot be read may begin with some that can.
    for (const limit of [PAGE, 1]) {
      for (;;) {
        const rows: Row[] | null = await next(after ?? null, before ?? null, backwards, limit);
        if (rows === null) break;
        yield* rows;
        if (rows.length < limit)
          return backwards ? missed({ table, after: after ?? null, before: before ?? null }) : undefined;
        if (backwards) before = rows.at(-1) ?? null;
        else after = rows.at(-1) ?? null;
      }
    }
  }
  missed({ table, after: after ?? null, before: before ?? null });
}

type Reference = { readonly from: string; readonly table: string; readonly to: string };

/** A reference that no constraint keeps: a story is told by the article that leads it. */
const LEADS: Reference = { from: "lead_article_id", table: "articles", to: "id" };

/** Tells rows that refer to what could not be read: they would be refused where the rest is taken in. */
export function orphansOf(db: Db): {
  lost(hole: Hole): void;
  isOrphan(table: string, key: readonly string[], row: Row): Promise<boolean>;
} {
  const holes: Hole[] = [];
  const left = new Map<string, Set<string | number | null | undefined>>();
  const references = new Map<string, readonly Reference[]>();

  async function referencesOf(table: string): Promise<readonly Reference[]> {
    const known = references.get(table);
    if (known !== undefined) return known;
    const { rows } = await sql<Reference>`
      select "from", "table", "to" from pragma_foreign_key_list(${table})`.execute(db);
    const all = table === "stories" ? [...rows, LEADS] : rows;
    references.set(table, all);
    return all;
  }

  function isGone({ table, to }: Reference, value: string | number | null | undefined): boolean {
    if (value === null || value === undefined) return false;
    const between = ({ after, before }: Hole) =>
      (after === null || value > (after[to] ?? "")) && (before === null || value < (before[to] ?? ""));
    return holes.some((hole) => hole.table === table && between(hole)) || (left.get(table)?.has(value) ?? false);
  }

  return {
    lost: (hole) => void holes.push(hole),
    async isOrphan(table, key, row) {
      if (holes.length === 0 || engineOf(db) === "postgres") return false;
      const orphan = (await referencesOf(table)).some((reference) => isGone(reference, row[reference.from]));
      const [id = ""] = key;
      if (orphan && key.length === 1) left.set(table, (left.get(table) ?? new Set()).add(row[id]));
      return orphan;
    },
  };
}

/** What could not be read, in a sentence. */
export function holeText({ table, after, before }: Hole): string {
  if (after === null && before === null) return `Nothing of ${table} can be read.`;
  const [from, to] = [after, before].map((row) => (row === null ? null : JSON.stringify(Object.values(row)[0])));
  if (before === null) return `${table} can be read up to ${from}, and no further.`;
  return `${table} can be read ${after === null ? "" : `up to ${from}, and again `}from ${to} on.`;
}
