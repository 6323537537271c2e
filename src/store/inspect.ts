import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { openServer, type Where } from "./engine/database.ts";
import { engineOf, type Opening, refused } from "./engine/engine.ts";
import { explain, openSqlite, sqlitePath } from "./engine/sqlite.ts";
import { SCHEMA_VERSION, schemaVersion } from "./migrate.ts";

/** What a database is found to be: `absent` and `older` are made and migrated at the next start, `newer` is refused. */
export type Inspection = { readonly state: "absent" | "older" | "current" | "newer"; readonly version: number };

/** Looks at the store without making or migrating it. */
export async function inspectDatabase(where: Where): Promise<Opening<Inspection>> {
  if (where.url === null && !existsSync(sqlitePath(where.dataDir))) return makeable(where.dataDir);
  const opening = where.url === null ? openSqlite(where.dataDir) : await openServer(where.url);
  if (opening.kind === "refused") return opening;
  const { db } = opening.database;
  try {
    const version = await schemaVersion(db);
    if (version === 0) return inspected("absent", 0);
    if (version < SCHEMA_VERSION) return inspected("older", version);
    return inspected(version === SCHEMA_VERSION ? "current" : "newer", version);
  } catch (error) {
    if (engineOf(db) === "postgres") throw error;
    return {
      kind: "refused",
      reason: `${sqlitePath(where.dataDir)} cannot be used as the database: ${explain(error)}`,
    };
  } finally {
    await db.destroy();
  }
}

/** A folder can be made where its nearest existing ancestor is a folder that may be written to. */
function makeable(dataDir: string): Opening<Inspection> {
  let nearest = resolve(dataDir);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory()) return refused(`${nearest} is no folder; choose another with --data.`);
  try {
    accessSync(nearest, constants.W_OK);
    return inspected("absent", 0);
  } catch {
    return refused(`${nearest} cannot be written; give this user the right, or choose another folder with --data.`);
  }
}

const inspected = (state: Inspection["state"], version: number) =>
  ({ kind: "opened", database: { state, version } }) as const;
