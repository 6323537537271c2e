import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Where } from "#store/engine/database.ts";
import { startPostgres } from "#support/postgres.ts";
import { familyCpuMs } from "./program.ts";

export type Used = {
  readonly where: Where;
  /** Processor time of the server's processes that run now, or 0 where they cannot be seen. */
  readonly cpuMs: () => number;
};

/**
 * An empty schema of a PostgreSQL, deleted after `work`: of DATABASE_URL where it is set, else of a server started for it, which
 * need not survive a power cut (fsync off).
 */
export async function inDatabase<T>(work: (used: Used) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  const started = given === undefined ? await startPostgres() : null;
  if (started?.kind === "failed") throw new Error(started.reason);
  const url = new URL(given ?? started?.url ?? "");
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const schema = `load_${randomBytes(4).toString("hex")}`;
  try {
    await client.query(`create schema ${schema}`);
    const { rows } = await client.query<{ pid: string }>(
      "select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid",
    );
    const postmaster = Number(rows[0]?.pid);
    url.searchParams.set("options", `-c search_path=${schema}`);
    return await work({
      where: { url: url.href, dataDir: "" },
      cpuMs: () => (started === null ? 0 : familyCpuMs(postmaster)),
    });
  } finally {
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
    started?.stop();
  }
}
