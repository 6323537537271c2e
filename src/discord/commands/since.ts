import { timestamp } from "#discord/escape.ts";
import type { Db } from "#store/engine/database.ts";
import { freshnessOf } from "#store/freshness.ts";

/** Since when news is read, and when it last was: what came before is nowhere to be found, and silence is not "no news". */
export async function sinceText(db: Db): Promise<string> {
  const { since, last } = await freshnessOf(db);
  if (since === null || last === null) return "No feed has been read yet.";
  return `Policywire reads since ${timestamp(since, "f")}; feeds were last read ${timestamp(last)}.`;
}
