import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Schema } from "#store/tables.ts";
import { type Db, type Opening, refused, type Store } from "./engine.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/** A connection that waits in silence for so long is tried: of a server whose machine is gone no word ever comes. */
const SILENCE_MS = 10_000;

/** Connections a process holds: transactions run one at a time, the rest serves claims and look-ups. */
const POOL_SIZE = 6;

/** Generated columns, `for update skip locked` and identity columns are older; 14 is the oldest that still gets fixes. */
const OLDEST_SERVER = 140_000;

/** PostgreSQL's oid of int8, whose values `pg` returns as text; ours (ids, milliseconds) stay below 2^53. */
const INT8 = 20;

/** Connects to `url` (`postgres://user:password@host:port/database`). */
export async function openPostgres(url: string): Promise<Opening<Store>> {
  const place = withoutPassword(url);
  if (place === null)
    return refused("DATABASE_URL is not a URL of the form postgres://user:password@host:5432/database.");
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENCE_MS,
    application_name: "policywire",
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // A connection that breaks is replaced at its next use, and whoever waits for its answer is told; without listeners, to the
  // idle and to each that is in use, a server that restarts would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", nameBreak));
  const db: Db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    const fault = await check(db);
    if (fault === null) return { kind: "opened", database: { db, lookUps: db } };
    await db.destroy();
    return refused(`${place}: ${fault}`);
  } catch (error) {
    await db.destroy();
    return refused(`${place} cannot be used as the database: ${explain(error)}`);
  }
}

/** A connection that ends without a word gives its queries an error without a code. */
function nameBreak(error: Error & { code?: string }): void {
  error.code ??= "ECONNRESET";
}

async function check(db: Db): Promise<string | null> {
  const { rows } = await sql<{ version: string; encoding: string }>`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`.execute(
    db,
  );
  const { version = "0", encoding = "" } = rows[0] ?? {};
  if (Number(version) < OLDEST_SERVER) return "this PostgreSQL is older than 14; upgrade the server.";
  if (encoding !== "UTF8") return `its encoding is ${encoding}; create the database with encoding UTF8.`;
  return null;
}

function withoutPassword(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== "postgres:" && parsed.protocol !== "postgresql:") return null;
  return `postgres://${parsed.username === "" ? "" : `${parsed.username}@`}${parsed.host}${parsed.pathname}`;
}

/**
 * System errors and SQLSTATEs that a person can do something about,
 * https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers there; start the server, or correct host and port in DATABASE_URL.",
  ENOTFOUND: "the host is not known; correct it in DATABASE_URL.",
  ETIMEDOUT: "the server does not answer; check host, port and firewall.",
  "28P01": "user or password is wrong; correct them in DATABASE_URL and DATABASE_PASSWORD.",
  "28000": "the server refuses this user; correct DATABASE_URL or the server's pg_hba.conf.",
  "3D000": "there is no such database; create it with `createdb`.",
  "42501": "this user lacks a right; make it the owner of the database.",
  "53300": "the server has no connection left; raise its max_connections.",
};

function explain(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return REMEDIES[code] ?? `${error.message}.`;
}
