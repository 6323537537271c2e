import { type Pack, primaryIn } from "#model/pack.ts";
import { standingIn } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { knownDays } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { dayOf, isoDay } from "#text/calendar.ts";

/** The days that stand in these stories from today on, in order. */
export async function daysAhead(
  db: Db,
  storyIds: readonly number[],
  now: Date,
  pack: Pick<Pack, "feeds">,
): Promise<readonly StandingDay[]> {
  const since = isoDay(dayOf(now));
  return standingIn({ ...(await knownDays(db, { storyIds, since })), since }, primaryIn(pack));
}
