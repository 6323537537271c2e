import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import type { Db } from "./engine/engine.ts";
import { explain, makePrivate, sqlitePath } from "./engine/sqlite.ts";

export type BackedUp =
  | { readonly kind: "done"; readonly pages: number }
  | { readonly kind: "refused"; readonly reason: string };

/** Every page in one step: a copy in several steps begins anew whenever a worker writes in between. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the database of a data folder to a new file, all of one moment, also while a worker writes. It is whole or not there.
 */
export async function backUp(dataDir: string, target: string): Promise<BackedUp> {
  const path = sqlitePath(dataDir);
  if (!existsSync(path)) return { kind: "refused", reason: `There is no database at ${path}.` };
  if (existsSync(resolve(target))) return { kind: "refused", reason: `${target} is there already; name a new file.` };
  // A backup in a folder that was made for a slip of the pen, or for a disk that is not mounted, is found by nobody.
  const folder = dirname(resolve(target));
  if (!isFolder(folder)) return { kind: "refused", reason: `There is no folder ${folder}: make it first.` };
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    makePrivate(unfinished);
    using source = new DatabaseSync(path, { readOnly: true });
    const pages = await backup(source, unfinished, { rate: ALL_PAGES });
    const damage = damageOf(unfinished);
    if (damage !== null)
      return {
        kind: "refused",
        reason: `The copy of ${path} is damaged (${damage}): look with \`policywire doctor\`.`,
      };
    renameSync(unfinished, target);
    return { kind: "done", pages };
  } catch (error) {
    return { kind: "refused", reason: `${path} could not be copied to ${target}: ${explain(error)}` };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Writes a store that has no file into a data folder that holds none yet, whole or not at all. Resolves to what is wrong with
 * that, or null.
 */
export async function keepCopy(db: Db, dataDir: string): Promise<string | null> {
  const path = sqlitePath(dataDir);
  const fault = faultOfNewStore(dataDir);
  if (fault !== null) return fault;
  const unfinished = `${path}.unfinished`;
  try {
    mkdirSync(dataDir, { recursive: true });
    rmSync(unfinished, { force: true });
    makePrivate(unfinished);
    await sql`vacuum into ${unfinished}`.execute(db);
    renameSync(unfinished, path);
    return null;
  } catch (error) {
    return `${path} could not be written: ${explain(error)}`;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Why a new store cannot be kept in a data folder, or null. */
export const faultOfNewStore = (dataDir: string): string | null =>
  existsSync(sqlitePath(dataDir)) ? `${dataDir} holds a store already; name an empty folder.` : null;

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

function damageOf(path: string): string | null {
  using copy = new DatabaseSync(path);
  // One file is easier to carry away than three.
  copy.exec("pragma journal_mode = delete");
  const found = copy.prepare("pragma quick_check(1)").get()?.quick_check;
  return found === "ok" ? null : String(found);
}
