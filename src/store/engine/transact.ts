import { sql } from "kysely";
import { type Db, engineOf } from "./engine.ts";

/** Any number that nothing else on the database uses. */
const WRITER_LOCK = 7_655_941;

/**
 * Runs `work` in one transaction: all of it is kept, or none. Transactions of all workers run one after another, on SQLite by
 * `begin immediate`, on PostgreSQL by a lock that is held to the end: so ids and commits have one order, the order of arrival.
 * Do all waiting (network, parsing) before. Inside a transaction it just runs `work`.
 */
export async function transact<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db);
  if (engineOf(db) === "sqlite") return db.transaction().execute(work);
  const run = () =>
    db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(tx);
      return work(tx);
    });
  const done = (lines.get(db) ?? Promise.resolve()).then(run);
  lines.set(
    db,
    done.catch(() => {}),
  );
  return done;
}

/** A process's own transactions wait here, so that one connection waits for the lock and the others serve claims and look-ups. */
const lines = new WeakMap<Db, Promise<unknown>>();
