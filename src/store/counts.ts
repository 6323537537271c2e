import type { Db } from "./engine/engine.ts";
import { chunks, dateAt, msOf } from "./rows.ts";

/** How many stories have a tag, and when the newest article of one is from. */
export type StoryCount = { readonly stories: number; readonly last: Date };

/** Stories with news since a moment, by the points or places that they have; of a tag that none has there is nothing. */
export async function storyCounts(
  db: Db,
  axis: "point" | "place",
  ids: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, StoryCount>> {
  const counts = new Map<string, StoryCount>();
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom("story_tags")
      .select((eb) => ["tag_id", eb.fn.countAll<number>().as("stories"), eb.fn.max("at").as("last")])
      .where("axis", "=", axis)
      .where("tag_id", "in", some)
      .where("at", ">=", msOf(since))
      .groupBy("tag_id")
      .execute();
    for (const { tag_id: id, stories, last } of rows)
      counts.set(id, { stories: Number(stories), last: dateAt(Number(last)) });
  }
  return counts;
}
