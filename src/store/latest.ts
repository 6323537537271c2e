import type { Story } from "#model/story.ts";
import type { Db } from "./engine/engine.ts";
import { msOf } from "./rows.ts";
import { storiesById, storyFrom } from "./stories.ts";

/** Counting the stories of a tag stops here: past it either axis is a fine one to walk along. */
const COUNTED_STORIES = 1_000;

export type Wanted = {
  /** Friction points, of which one must be on the story; any when empty or left out. */
  readonly points?: readonly string[];
  readonly places?: readonly string[];
  /** The newest article's date is this or later. */
  readonly since?: Date;
  readonly limit: number;
};

type Narrowing = { readonly axis: "point" | "place"; readonly ids: readonly string[] };

/** The newest stories, by the date of their newest article. */
export async function latestStories(db: Db, wanted: Wanted): Promise<Story[]> {
  const since = wanted.since === undefined ? Number.MIN_SAFE_INTEGER : msOf(wanted.since);
  const narrowings: Narrowing[] = [
    { axis: "point" as const, ids: wanted.points ?? [] },
    { axis: "place" as const, ids: wanted.places ?? [] },
  ].filter(({ ids }) => ids.length > 0);
  const [first, second] = narrowings.length < 2 ? narrowings : await rarestFirst(db, narrowings, since);
  if (first !== undefined) return storiesById(db, await newestTagged(db, first, second, since, wanted.limit));
  const rows = await db
    .selectFrom("stories")
    .selectAll()
    .where("last_article_at", ">=", since)
    .where("merged_into", "is", null)
    .orderBy("last_article_at", "desc")
    .orderBy("id", "desc")
    .limit(wanted.limit)
    .execute();
  return rows.map(storyFrom);
}

/** Walks along the stories of each id of `first`, newest first, for the ids of stories that `second` has too. */
async function newestTagged(
  db: Db,
  first: Narrowing,
  second: Narrowing | undefined,
  since: number,
  limit: number,
): Promise<number[]> {
  const found = new Map<number, number>();
  for (const id of new Set(first.ids)) {
    let query = db
      .selectFrom("story_tags as tag")
      .select(["tag.story_id", "tag.at"])
      .where("tag.axis", "=", first.axis)
      .where("tag.tag_id", "=", id)
      .where("tag.at", ">=", since)
      .orderBy("tag.at", "desc")
      .orderBy("tag.story_id", "desc")
      .limit(limit);
    if (second !== undefined) {
      query = query.where((eb) =>
        eb.exists(
          eb
            .selectFrom("story_tags as other")
            .select("other.story_id")
            .whereRef("other.story_id", "=", "tag.story_id")
            .where("other.axis", "=", second.axis)
            .where("other.tag_id", "in", second.ids),
        ),
      );
    }
    for (const row of await query.execute()) found.set(row.story_id, row.at);
  }
  return [...found]
    .sort(([a, aAt], [b, bAt]) => bAt - aAt || b - a)
    .slice(0, limit)
    .map(([id]) => id);
}

/** Whoever asks for a rare point in a common place should not walk along the place. */
async function rarestFirst(db: Db, narrowings: readonly Narrowing[], since: number): Promise<Narrowing[]> {
  const counted: { readonly narrowing: Narrowing; readonly stories: number }[] = [];
  for (const narrowing of narrowings) {
    const { stories } = await db
      .selectFrom((eb) =>
        eb
          .selectFrom("story_tags")
          .select("story_id")
          .where("axis", "=", narrowing.axis)
          .where("tag_id", "in", narrowing.ids)
          .where("at", ">=", since)
          .limit(COUNTED_STORIES)
          .as("some"),
      )
      .select((eb) => eb.fn.countAll<number>().as("stories"))
      .executeTakeFirstOrThrow();
    counted.push({ narrowing, stories });
  }
  return counted.sort((a, b) => a.stories - b.stories).map(({ narrowing }) => narrowing);
}
