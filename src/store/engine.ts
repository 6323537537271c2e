import type { Kysely } from "kysely";
import { PostgresAdapter } from "kysely";
import type { Schema } from "./schema.ts";

export type Engine = "sqlite" | "postgres";

/** A connection to the store, or a transaction on it: every function of the store takes either. */
export type Db = Kysely<Schema>;

export const engineOf = (db: Db): Engine =>
  db.getExecutor().adapter instanceof PostgresAdapter ? "postgres" : "sqlite";

/** What came of opening a database: a refusal is a sentence that names the place and the remedy. */
export type Opening<T> =
  | { readonly kind: "opened"; readonly database: T }
  | { readonly kind: "refused"; readonly reason: string };

export const refused = (reason: string): { readonly kind: "refused"; readonly reason: string } => ({
  kind: "refused",
  reason,
});
