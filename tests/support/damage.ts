import { closeSync, openSync, writeSync } from "node:fs";
import { sql } from "kysely";
import type { Db } from "#store/engine/database.ts";

/** Overwrites a page of a table in the file of a SQLite store: its middle one, or its only one. */
export async function damageTable(db: Db, table: string): Promise<void> {
  // All of it into the file first: a log would hold the page as it was.
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  const leaves = await sql<{ pageno: number }>`
    select pageno from dbstat where name = ${table} and pagetype = 'leaf' order by path`.execute(db);
  const place = await sql<{ file: string; size: number }>`
    select file, page_size as size from pragma_database_list, pragma_page_size where name = 'main'`.execute(db);
  const { file = "", size = 0 } = place.rows[0] ?? {};
  const { pageno = 0 } = leaves.rows[leaves.rows.length >> 1] ?? {};
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(size, 0x5a), 0, size, (pageno - 1) * size);
  closeSync(handle);
  // The pages that are kept in memory are let go of.
  await sql`pragma shrink_memory`.execute(db);
}
