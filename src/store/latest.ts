import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Story } from "#model/story.ts";
import type { Db } from "./engine/engine.ts";
import { msOf } from "./rows.ts";
import { storiesById, storyFrom } from "./stories.ts";
import type { Schema } from "./tables.ts";

/** Counting the stories of a tag stops here: past it either axis is a fine one to walk along. */
const COUNTED_STORIES = 1_000;

/** Of each list that is given a story must share something; of all when it is empty or left out. */
export type Narrowed = {
  readonly stages?: readonly string[];
  readonly actors?: readonly string[];
  /** Laws, codes and standards that an article of the story names, and keys of matters that one is about. */
  readonly laws?: readonly string[];
  /** Feeds that an article of the story comes from. */
  readonly sources?: readonly string[];
  /** The newest article's date is this or later. */
  readonly since?: Date;
};

export type Wanted = Narrowed & {
  /** Friction points, of which one must be on the story; any when empty or left out. */
  readonly points?: readonly string[];
  readonly places?: readonly string[];
  /** Only what comes behind this story, for a further page. */
  readonly behind?: Pick<Story, "id" | "lastArticleAt">;
  readonly limit: number;
};

type Narrowing = { readonly axis: "point" | "place"; readonly ids: readonly string[] };

/** The axes on which something is asked for. */
export const narrowingsOf = ({ points = [], places = [] }: Pick<Wanted, "points" | "places">): readonly Narrowing[] =>
  [
    { axis: "point" as const, ids: points },
    { axis: "place" as const, ids: places },
  ].filter(({ ids }) => ids.length > 0);

/** That the story at hand has one of these tags. */
export const taggedAs =
  (axis: Narrowing["axis"], ids: readonly string[]) =>
  (eb: ExpressionBuilder<Schema, "stories">): Expression<SqlBool> =>
    eb.exists(
      eb
        .selectFrom("story_tags")
        .select("story_tags.story_id")
        .whereRef("story_tags.story_id", "=", "stories.id")
        .where("story_tags.axis", "=", axis)
        .where("story_tags.tag_id", "in", ids),
    );

/** The newest stories, by the date of their newest article. */
export async function latestStories(db: Db, wanted: Wanted): Promise<Story[]> {
  const since = wanted.since === undefined ? Number.MIN_SAFE_INTEGER : msOf(wanted.since);
  const narrowings = narrowingsOf(wanted);
  const [first, second] = narrowings.length < 2 ? narrowings : await rarestFirst(db, narrowings, since);
  if (first !== undefined) return storiesById(db, await newestTagged(db, first, second, since, wanted));
  let query = db.selectFrom("stories").selectAll().where("merged_into", "is", null).where(narrowed(wanted));
  if (wanted.behind !== undefined) {
    const { id, lastArticleAt } = wanted.behind;
    query = query
      .where("last_article_at", "<=", msOf(lastArticleAt))
      .where((eb) => eb.or([eb("last_article_at", "<", msOf(lastArticleAt)), eb("id", "<", id)]));
  }
  const rows = await query.orderBy("last_article_at", "desc").orderBy("id", "desc").limit(wanted.limit).execute();
  return rows.map(storyFrom);
}

/** Those of the stories that are what is wanted, in the same order. */
export async function among(db: Db, stories: readonly Story[], wanted: Wanted): Promise<Story[]> {
  if (stories.length === 0) return [];
  let query = db
    .selectFrom("stories")
    .select("id")
    .where(
      "id",
      "in",
      stories.map(({ id }) => id),
    )
    .where(narrowed(wanted));
  for (const { axis, ids } of narrowingsOf(wanted)) query = query.where(taggedAs(axis, ids));
  const met = new Set((await query.execute()).map(({ id }) => id));
  return stories.filter(({ id }) => met.has(id)).slice(0, wanted.limit);
}

/** What a row of `stories` must be beside its points and places. */
export const narrowed =
  ({ stages = [], actors = [], laws = [], sources = [], since }: Narrowed) =>
  (eb: ExpressionBuilder<Schema, "stories">): Expression<SqlBool> => {
    const members = eb.selectFrom("members").select("members.story_id").whereRef("members.story_id", "=", "stories.id");
    return eb.and([
      ...(since === undefined ? [] : [eb("stories.last_article_at", ">=", msOf(since))]),
      ...(stages.length === 0 ? [] : [eb("stories.stage", "in", stages)]),
      // Ids hold no quotes, so that one in a JSON list is found as it stands there.
      ...(actors.length === 0 ? [] : [eb.or(actors.map((id) => eb("stories.actors", "like", `%"${id}"%`)))]),
      ...(laws.length === 0
        ? []
        : [
            eb.or([
              eb.exists(
                members
                  .innerJoin("tags", "tags.article_id", "members.article_id")
                  .where("tags.axis", "=", "instrument")
                  .where("tags.tag_id", "in", laws),
              ),
              eb.exists(
                members
                  .innerJoin("sightings", "sightings.article_id", "members.article_id")
                  .innerJoin("matters", "matters.id", "sightings.matter_id")
                  .where("matters.key", "in", laws),
              ),
            ]),
          ]),
      ...(sources.length === 0
        ? []
        : [
            eb.exists(
              members
                .innerJoin("articles", "articles.id", "members.article_id")
                .where("articles.feed_id", "in", sources),
            ),
          ]),
    ]);
  };

const isNarrowed = ({ stages = [], actors = [], laws = [], sources = [] }: Narrowed): boolean =>
  [stages, actors, laws, sources].some((list) => list.length > 0);

/** Walks along the stories of each id of `first`, newest first, for the ids of stories that `second` has too. */
async function newestTagged(
  db: Db,
  first: Narrowing,
  second: Narrowing | undefined,
  since: number,
  wanted: Wanted,
): Promise<number[]> {
  const { limit, behind } = wanted;
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
    if (behind !== undefined) {
      const at = msOf(behind.lastArticleAt);
      query = query
        .where("tag.at", "<=", at)
        .where((eb) => eb.or([eb("tag.at", "<", at), eb("tag.story_id", "<", behind.id)]));
    }
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
    if (isNarrowed(wanted)) {
      query = query.where((eb) =>
        eb.exists(
          eb
            .selectFrom("stories")
            .select("stories.id")
            .whereRef("stories.id", "=", "tag.story_id")
            .where(narrowed(wanted)),
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
  for (const narrowing of narrowings)
    counted.push({ narrowing, stories: await storiesTagged(db, narrowing, { since, most: COUNTED_STORIES }) });
  return counted.sort((a, b) => a.stories - b.stories).map(({ narrowing }) => narrowing);
}

/** How many stories have one of some tags; counting stops at `most`. */
export async function storiesTagged(
  db: Db,
  { axis, ids }: Narrowing,
  { since = Number.MIN_SAFE_INTEGER, most }: { readonly since?: number; readonly most: number },
): Promise<number> {
  const { stories } = await db
    .selectFrom((eb) =>
      eb
        .selectFrom("story_tags")
        .select("story_id")
        .where("axis", "=", axis)
        .where("tag_id", "in", ids)
        .where("at", ">=", since)
        .limit(most)
        .as("some"),
    )
    .select((eb) => eb.fn.countAll<number>().as("stories"))
    .executeTakeFirstOrThrow();
  return Number(stories);
}

/** Stories looked through for one that somebody names by words of its title, the newest. */
const NAMED_AMONG = 2_000;

/** A story by its number, then the newest whose titles hold all words that were typed, in any order and as far as typed. */
export async function storiesNamed(db: Db, typed: string, limit: number): Promise<Story[]> {
  const words = typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const newest = db
    .selectFrom("stories")
    .selectAll()
    .where("merged_into", "is", null)
    .orderBy("last_article_at", "desc")
    .orderBy("id", "desc")
    .limit(NAMED_AMONG)
    .as("newest");
  let query = db.selectFrom(newest).selectAll().orderBy("last_article_at", "desc").orderBy("id", "desc").limit(limit);
  for (const word of words) query = query.where((eb) => eb(eb.fn("lower", ["title"]), "like", `%${word}%`));
  const named = (await query.execute()).map(storyFrom);
  const numbered = /^\d{1,15}$/.test(typed.trim()) ? await storiesById(db, [Number(typed)]) : [];
  return [...numbered, ...named.filter(({ id }) => id !== numbered[0]?.id)].slice(0, limit);
}
