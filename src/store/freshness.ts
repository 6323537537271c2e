import type { Db } from "./engine/engine.ts";
import { dateOrNull } from "./rows.ts";

/** How fresh the store is. Silence is not "no news": an empty answer says this with it. */
export type Freshness = {
  /** Since when feeds that were read are listed; null where none was read. */
  readonly since: Date | null;
  /** When a feed was last read. */
  readonly last: Date | null;
  readonly feeds: number;
  /** Feeds that fail or are paused. */
  readonly failing: number;
};

/** How fresh the feeds of the catalogue are, together. */
export async function freshnessOf(db: Db): Promise<Freshness> {
  const rows = await db
    .selectFrom("feeds")
    .select(["added_at", "last_success_at", "failing_since", "paused_at"])
    .where("listed", "=", 1)
    .execute();
  const read = rows.filter(({ last_success_at }) => last_success_at !== null);
  return {
    since: dateOrNull(read.length === 0 ? null : Math.min(...read.map(({ added_at }) => added_at))),
    last: dateOrNull(read.length === 0 ? null : Math.max(...read.map(({ last_success_at }) => last_success_at!))),
    feeds: rows.length,
    failing: rows.filter(({ failing_since, paused_at }) => failing_since !== null || paused_at !== null).length,
  };
}
