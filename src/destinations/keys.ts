import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Keys, keysFrom, newKey } from "./seal.ts";

/** Beside the embedded database, and not in it: a copy of the database alone opens nothing. */
const FILE = "destinations.key";

export type KeySource = {
  /** POLICYWIRE_KEY, already looked at; null where it is not set. */
  readonly given: string | null;
  /** The folder of the embedded database; null for a PostgreSQL, whose workers share a key by their environment alone. */
  readonly dataDir: string | null;
};

/** What seals and opens settings; none where there is no key yet. */
export function keysOf({ given, dataDir }: KeySource): Keys {
  const text = given ?? (dataDir === null ? null : fileIn(dataDir));
  return text === null ? [] : (keysFrom(text) ?? []);
}

/** The same, after a key was made where there was none; null where none can be made. */
export function keysToSeal(source: KeySource): Keys | null {
  const keys = keysOf(source);
  if (keys.length > 0 || source.given !== null || source.dataDir === null) return keys.length > 0 ? keys : null;
  mkdirSync(source.dataDir, { recursive: true });
  // Whoever was faster made it.
  try {
    writeFileSync(join(source.dataDir, FILE), `${newKey()}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const made = keysOf(source);
  return made.length > 0 ? made : null;
}

function fileIn(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, FILE), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
