import type { Kysely, SelectQueryBuilder } from "kysely";
import { PostgresAdapter } from "kysely";
import type { Schema } from "#store/tables.ts";

export type Engine = "sqlite" | "postgres";

/** A connection to the store, or a transaction on it: every function of the store takes either. */
export type Db = Kysely<Schema>;

/** A store that was opened. */
export type Store = {
  readonly db: Db;
  /**
   * The same for those who ask while it is written: a select waits for no transaction, and holds nothing up. Of an embedded
   * database it runs in a thread, which is there while people ask.
   */
  readonly lookUps: Db;
};

export const engineOf = (db: Db): Engine =>
  db.getExecutor().adapter instanceof PostgresAdapter ? "postgres" : "sqlite";

/**
 * Of rows that are to be changed those that nobody else is changing, locked. Whoever holds rows and never waits for another can
 * be in no deadlock, outside `transact` too. SQLite has one writer at a time.
 */
export const unlocked = <S, T extends keyof S, O>(db: Db, rows: SelectQueryBuilder<S, T, O>) =>
  engineOf(db) === "postgres" ? rows.forUpdate().skipLocked() : rows;

/** What came of opening a database: a refusal is a sentence that names the place and the remedy. */
export type Opening<T> =
  | { readonly kind: "opened"; readonly database: T }
  | { readonly kind: "refused"; readonly reason: string };

export const refused = (reason: string): { readonly kind: "refused"; readonly reason: string } => ({
  kind: "refused",
  reason,
});
