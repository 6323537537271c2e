import { posts, type Revision, type Story } from "#model/story.ts";
import type { Db } from "./engine/engine.ts";
import { type Narrowed, narrowed, narrowingsOf, taggedAs } from "./latest.ts";
import { chunks, msOf } from "./rows.ts";
import { revisionsWithin, storiesById } from "./stories.ts";

/** Stories that are looked through for one time, those that moved last: a quarter in which twenty a day moved. */
const MOST_STORIES = 2_000;

export type WantedMoved = Omit<Narrowed, "since"> & {
  readonly points?: readonly string[];
  readonly places?: readonly string[];
  /** How sure one of its articles must at least be to be policy on the topic, in [0, 1]. */
  readonly support: number;
  /** What moved after one time and not after the other. */
  readonly after: Date;
  readonly by: Date;
};

/** A story as it stands, and what moved in the time. */
export type Moved = { readonly story: Story; readonly revisions: readonly Revision[] };

/** The stories of which something moved in a time that readers are sent a message about, what moved last first. */
export async function storiesMoved(db: Db, wanted: WantedMoved): Promise<readonly Moved[]> {
  const { after, by, support } = wanted;
  let query = db
    .selectFrom("revisions")
    .innerJoin("stories", "stories.id", "revisions.story_id")
    .select((eb) => ["stories.id", eb.fn.max("revisions.at").as("moved_at")])
    .where("revisions.at", ">", msOf(after))
    .where("revisions.at", "<=", msOf(by))
    .where("stories.merged_into", "is", null)
    .where(narrowed(wanted))
    .groupBy("stories.id")
    .orderBy("moved_at", "desc")
    .orderBy("stories.id", "desc")
    .limit(MOST_STORIES);
  for (const { axis, ids } of narrowingsOf(wanted)) query = query.where(taggedAs(axis, ids));
  const met = (await query.execute()).map(({ id }) => id);
  const sure = await sureAmong(db, met, support);
  const ids = met.filter((id) => sure.has(id));
  const revisions = Map.groupBy(await revisionsWithin(db, ids, after, by), ({ storyId }) => storyId);
  const moved = new Map(ids.map((id) => [id, (revisions.get(id) ?? []).filter(({ movements }) => posts(movements))]));
  const stories = await storiesById(
    db,
    ids.filter((id) => (moved.get(id) ?? []).length > 0),
  );
  return stories.map((story) => ({ story, revisions: moved.get(story.id) ?? [] }));
}

/** Of these stories those with an article that is at least so sure to be policy on the topic. */
export async function sureAmong(db: Db, storyIds: readonly number[], support: number): Promise<ReadonlySet<number>> {
  const sure = new Set<number>();
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("members")
      .innerJoin("taggings", "taggings.article_id", "members.article_id")
      .select("members.story_id")
      .distinct()
      .where("members.story_id", "in", some)
      .where("taggings.support", ">=", support)
      .execute();
    for (const row of rows) sure.add(row.story_id);
  }
  return sure;
}
