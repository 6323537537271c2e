import { sql } from "kysely";
import { type Db, type Engine, engineOf } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { manners } from "./migrations/0002-manners.ts";
import { sharing } from "./migrations/0003-sharing.ts";
import { held } from "./migrations/0004-held.ts";
import { amendments } from "./migrations/0005-amendments.ts";
import { byHand } from "./migrations/0006-by-hand.ts";
import { placings } from "./migrations/0007-placings.ts";
import { wordsAtOnce } from "./migrations/0008-words-at-once.ts";
import { spending } from "./migrations/0009-spending.ts";
import { feedClaims } from "./migrations/0010-feed-claims.ts";
import { wordsInBlocks } from "./migrations/0011-words-in-blocks.ts";
import { knownEntries } from "./migrations/0012-known-entries.ts";
import { wordsOfStories } from "./migrations/0013-words-of-stories.ts";
import { keysOfTurns } from "./migrations/0014-keys-of-turns.ts";
import { support } from "./migrations/0015-support.ts";
import { namesOfSagas } from "./migrations/0016-names-of-sagas.ts";
import { said } from "./migrations/0017-said.ts";
import { decided } from "./migrations/0018-decided.ts";
import { addresses } from "./migrations/0019-addresses.ts";
import { guilds } from "./migrations/0020-guilds.ts";
import { reviewsAndFlags } from "./migrations/0021-reviews-and-flags.ts";
import { matters } from "./migrations/0022-matters.ts";
import { deadlines } from "./migrations/0023-deadlines.ts";
import { quotes } from "./migrations/0024-quotes.ts";
import { tries } from "./migrations/0025-tries.ts";
import { reminders } from "./migrations/0026-reminders.ts";
import { memos } from "./migrations/0027-memos.ts";
import { seen } from "./migrations/0028-seen.ts";
import { mentionedBy } from "./migrations/0029-mentioned-by.ts";
import { destinations } from "./migrations/0030-destinations.ts";
import { documents } from "./migrations/0031-documents.ts";

/** Append-only: a migration that has left this machine is never changed, only followed by another. */
const MIGRATIONS: readonly ((engine: Engine) => readonly string[])[] = [
  firstTables,
  manners,
  sharing,
  held,
  amendments,
  byHand,
  placings,
  wordsAtOnce,
  spending,
  feedClaims,
  wordsInBlocks,
  knownEntries,
  wordsOfStories,
  keysOfTurns,
  support,
  namesOfSagas,
  said,
  decided,
  addresses,
  guilds,
  reviewsAndFlags,
  matters,
  deadlines,
  quotes,
  tries,
  reminders,
  memos,
  seen,
  mentionedBy,
  destinations,
  documents,
];

/** The schema that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

export type Migrated = { readonly kind: "current" } | { readonly kind: "newer"; readonly version: number };

/** Brings the database to a version in one transaction, so that it is never left in between. A newer one is left alone. */
export async function migrate(db: Db, to = SCHEMA_VERSION): Promise<Migrated> {
  if ((await schemaVersion(db)) === to) return { kind: "current" };
  return transact(db, async (tx) => {
    await sql`create table if not exists schema_version (version integer not null)`.execute(tx);
    const found = await readVersion(tx);
    if (found > to) return { kind: "newer", version: found };
    for (const migration of MIGRATIONS.slice(found, to)) {
      for (const statement of migration(engineOf(tx))) await sql.raw(statement).execute(tx);
    }
    await sql`delete from schema_version`.execute(tx);
    await sql`insert into schema_version (version) values (${to})`.execute(tx);
    return { kind: "current" };
  });
}

/** 0 for an empty database. */
export async function schemaVersion(db: Db): Promise<number> {
  const present =
    engineOf(db) === "sqlite"
      ? sql`select 1 from sqlite_master where type = 'table' and name = 'schema_version'`
      : sql`select 1 where to_regclass('schema_version') is not null`;
  return (await present.execute(db)).rows.length === 0 ? 0 : readVersion(db);
}

async function readVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(db);
  return rows[0]?.version ?? 0;
}
