import { z } from "zod";
import { MOST_HEARD, MOST_SAID } from "#model/limits.ts";
import type { Saga } from "#model/saga.ts";
import { MOVEMENT_KINDS, type Movement, type Revision, type Story, type SummarySentence } from "#model/story.ts";
import type { Db } from "./engine/engine.ts";
import { notePlacings } from "./placed.ts";
import { chunks, dateAt, dateOrNull, msOf, msOrNull, readJson, storable } from "./rows.ts";
import type { Schema, StoryTable } from "./tables.ts";

const stringsSchema = z.array(z.string());
const spanSchema = z.object({ start: z.number(), end: z.number() });

const summarySchema: z.ZodType<SummarySentence[]> = z.array(
  spanSchema.extend({
    text: z.string(),
    articleId: z.number(),
    ranges: z.array(z.tuple([z.number(), z.number()])),
  }),
);

const movementsSchema: z.ZodType<Movement[]> = z.array(
  z.object({
    kind: z.enum(MOVEMENT_KINDS),
    from: z.string().nullable(),
    to: z.string().nullable(),
    articleId: z.number(),
    sentence: spanSchema.nullable(),
  }),
);

/** Opens a story in a saga, or in a new one when `sagaId` is null. Its articles are assigned afterwards. */
export async function openStory(tx: Db, story: Omit<Story, "id" | "sagaId">, sagaId: number | null): Promise<Story> {
  const saga = sagaId ?? (await openSaga(tx, story.openedAt));
  const row = { saga_id: saga, ...rowOf(story) };
  const { id } = await tx.insertInto("stories").values(row).returning("id").executeTakeFirstOrThrow();
  const opened = { ...story, id, sagaId: saga };
  await saveTags(tx, opened);
  return opened;
}

async function openSaga(tx: Db, openedAt: Date): Promise<number> {
  const { id } = await tx
    .insertInto("sagas")
    .values({ opened_at: msOf(openedAt) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Puts an article into a story, out of the one that it was in, unless a person put it there. Returns the placing's number.
 */
export async function assignArticle(tx: Db, articleId: number, storyId: number): Promise<number> {
  await tx
    .insertInto("members")
    .values({ article_id: articleId, story_id: storyId })
    .onConflict((conflict) =>
      conflict.column("article_id").doUpdateSet({ story_id: storyId }).where("members.by_hand", "=", 0),
    )
    .execute();
  return notePlacings(tx, [articleId]);
}

/** Articles of stories, in order of arrival. */
export async function memberIds(tx: Db, storyIds: readonly number[]): Promise<number[]> {
  const rows = await tx
    .selectFrom("members")
    .select("article_id")
    .where("story_id", "in", storyIds)
    .orderBy("article_id")
    .execute();
  return rows.map((row) => row.article_id);
}

/** Puts articles into a story, for good. */
export async function placeByHand(tx: Db, articleIds: readonly number[], storyId: number): Promise<void> {
  for (const some of chunks(articleIds))
    await tx.updateTable("members").set({ story_id: storyId, by_hand: 1 }).where("article_id", "in", some).execute();
  await notePlacings(tx, articleIds);
}

/** Notes that a person has seen the articles of these stories together: they stay, and are labelled examples. */
export async function confirmMembers(tx: Db, storyIds: readonly number[]): Promise<void> {
  await tx.updateTable("members").set({ by_hand: 1 }).where("story_id", "in", storyIds).execute();
}

/** Replaces a story as it stands. */
export async function saveStory(tx: Db, story: Story): Promise<void> {
  await tx
    .updateTable("stories")
    .set({ saga_id: story.sagaId, ...rowOf(story) })
    .where("id", "=", story.id)
    .execute();
  await tx.deleteFrom("story_tags").where("story_id", "=", story.id).execute();
  await saveTags(tx, story);
}

async function saveTags(tx: Db, story: Story): Promise<void> {
  const at = msOf(story.lastArticleAt);
  const tags = [
    ...story.points.map((id) => ({ story_id: story.id, axis: "point", tag_id: id, at })),
    ...story.places.map((id) => ({ story_id: story.id, axis: "place", tag_id: id, at })),
  ];
  if (tags.length > 0) await tx.insertInto("story_tags").values(tags).execute();
}

/** A story whose articles all went into another: its row stays as history. */
export async function noteMerged(tx: Db, from: number, into: number, now: Date): Promise<void> {
  await tx.deleteFrom("story_tags").where("story_id", "=", from).execute();
  await tx
    .updateTable("stories")
    .set({ merged_into: into, article_count: 0, closed_at: msOf(now) })
    .where("id", "=", from)
    .execute();
}

/** Closes a saga and the stories of it that are open, at `to`; or opens it and those that were closed with it, at `from`. */
export async function setClosed(tx: Db, sagaId: number, from: Date | null, to: Date | null): Promise<void> {
  await tx
    .updateTable("sagas")
    .set({ closed_at: msOrNull(to) })
    .where("id", "=", sagaId)
    .execute();
  await tx
    .updateTable("stories")
    .set({ closed_at: msOrNull(to) })
    .where("saga_id", "=", sagaId)
    .where("closed_at", from === null ? "is" : "=", msOrNull(from))
    .execute();
}

/** Remembers a state that readers were shown, and the sentences that its card said. */
export async function addRevision(tx: Db, revision: Revision, said: readonly string[] = []): Promise<void> {
  await tx
    .insertInto("revisions")
    .values({
      story_id: revision.storyId,
      number: revision.number,
      at: msOf(revision.at),
      movements: JSON.stringify(revision.movements),
      said: JSON.stringify(said),
    })
    .execute();
}

/** What readers heard of a story since it opened for them: what moved it last, and the sentences of all cards before that one. */
export type Heard = { readonly movements: readonly Movement[]; readonly said: readonly string[] };

/** With the sentences of the last card, too, when another is to follow it; the newest, in the order in which they were said. */
export async function heardOf(db: Db, storyId: number, another: boolean): Promise<Heard> {
  const rows = await db
    .selectFrom("revisions")
    .select(["movements", "said"])
    .where("story_id", "=", storyId)
    .orderBy("number")
    .execute();
  const of = `revisions of story ${storyId}`;
  const revisions = rows.map((row) => ({
    movements: readJson(movementsSchema, row.movements, of),
    said: readJson(stringsSchema, row.said, of),
  }));
  const opening = revisions.findLastIndex(({ movements }) => movements.some(({ kind }) => kind === "opened"));
  const told = revisions.slice(Math.max(0, opening), another ? undefined : -1);
  return { movements: revisions.at(-1)?.movements ?? [], said: told.flatMap(({ said }) => said).slice(-MOST_HEARD) };
}

/** Remembers what the last card of a story says, before it says something else or another follows it. */
export async function noteSaid(tx: Db, { id, revision, summary }: Story): Promise<void> {
  const row = await tx
    .selectFrom("revisions")
    .select("said")
    .where("story_id", "=", id)
    .where("number", "=", revision)
    .executeTakeFirst();
  const before = row === undefined ? [] : readJson(stringsSchema, row.said, `revisions.said of story ${id}`);
  const said = [...new Set([...before, ...summary.map(({ text }) => text)])].slice(-MOST_SAID);
  await tx
    .updateTable("revisions")
    .set({ said: JSON.stringify(said) })
    .where("story_id", "=", id)
    .where("number", "=", revision)
    .execute();
}

/** The states of stories that readers were shown after one time and not after another, first to last. */
export async function revisionsWithin(
  db: Db,
  storyIds: readonly number[],
  after: Date,
  by: Date,
): Promise<readonly Revision[]> {
  const revisions: Revision[] = [];
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("revisions")
      .selectAll()
      .where("story_id", "in", some)
      .where("at", ">", msOf(after))
      .where("at", "<=", msOf(by))
      .orderBy("story_id")
      .orderBy("number")
      .execute();
    revisions.push(...rows.map(revisionFrom));
  }
  return revisions;
}

/** When each of some stories got its last state that readers were shown; one that has none is left out. */
export async function lastRevisions(db: Db, storyIds: readonly number[]): Promise<ReadonlyMap<number, Date>> {
  const last = new Map<number, Date>();
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("revisions")
      .select((eb) => ["story_id", eb.fn.max("at").as("at")])
      .where("story_id", "in", some)
      .groupBy("story_id")
      .execute();
    for (const { story_id: id, at } of rows) last.set(id, dateAt(Number(at)));
  }
  return last;
}

/** The states of a story that readers were shown, first to last. */
export async function revisionsOf(db: Db, storyId: number): Promise<Revision[]> {
  const rows = await db.selectFrom("revisions").selectAll().where("story_id", "=", storyId).orderBy("number").execute();
  return rows.map(revisionFrom);
}

/** Those before the one that a story is at. */
export const revisionsBefore = async (db: Db, { id, revision }: Pick<Story, "id" | "revision">): Promise<Revision[]> =>
  // One that has just opened has none, and most have just opened.
  revision <= 1 ? [] : (await revisionsOf(db, id)).filter(({ number }) => number < revision);

export async function revisionOf(db: Db, storyId: number, number: number): Promise<Revision | null> {
  const row = await db
    .selectFrom("revisions")
    .selectAll()
    .where("story_id", "=", storyId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row === undefined ? null : revisionFrom(row);
}

/** What a revision moved, from its column. */
export const movementsIn = (text: string, storyId: number): readonly Movement[] =>
  readJson(movementsSchema, text, `revisions.movements of story ${storyId}`);

const revisionFrom = (row: Schema["revisions"]): Revision => ({
  storyId: row.story_id,
  number: row.number,
  at: dateAt(row.at),
  movements: movementsIn(row.movements, row.story_id),
});

/** The story of that number; for one that was merged into another, that other, whose id is the story's. */
export async function storyById(db: Db, id: number): Promise<Story | null> {
  const row = await db.selectFrom("stories").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  return row.merged_into === null ? storyFrom(row) : storyById(db, row.merged_into);
}

/** In the order of `ids`; those that are not in the store are left out. */
export async function storiesById(db: Db, ids: readonly number[]): Promise<Story[]> {
  const found = new Map<number, Story>();
  for (const some of chunks(ids)) {
    for (const row of await db.selectFrom("stories").selectAll().where("id", "in", some).execute())
      found.set(row.id, storyFrom(row));
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/**
 * Calls a saga by a person's name for it, or (null) by the one that its articles give it. False when there is no such saga.
 */
export async function renameSaga(tx: Db, sagaId: number, name: string | null): Promise<boolean> {
  const renamed = await tx
    .updateTable("sagas")
    .set({ given_name: name === null ? null : storable(name) })
    .where("id", "=", sagaId)
    .executeTakeFirst();
  return renamed.numUpdatedRows > 0n;
}

/** The saga that a story belongs to. */
export async function sagaOf(db: Db, { sagaId: id }: Pick<Story, "sagaId">): Promise<Saga> {
  const row = await db.selectFrom("sagas").select("given_name").where("id", "=", id).executeTakeFirst();
  return { id, givenName: row?.given_name ?? null, developments: await storiesOfSaga(db, id) };
}

/** The stories of a running dispute, oldest first. */
export async function storiesOfSaga(db: Db, sagaId: number): Promise<Story[]> {
  const rows = await db
    .selectFrom("stories")
    .selectAll()
    .where("saga_id", "=", sagaId)
    .where("merged_into", "is", null)
    .orderBy("opened_at")
    .orderBy("id")
    .execute();
  return rows.map(storyFrom);
}

const rowOf = (story: Omit<Story, "id" | "sagaId">): Omit<StoryTable, "id" | "saga_id" | "merged_into"> => ({
  title: storable(story.title),
  lead_article_id: story.leadArticleId,
  article_count: story.articleCount,
  stage: story.stage,
  certainty: story.certainty,
  points: JSON.stringify(story.points),
  places: JSON.stringify(story.places),
  actors: JSON.stringify(story.actors),
  summary: JSON.stringify(story.summary),
  revision: story.revision,
  opened_at: msOf(story.openedAt),
  last_article_at: msOf(story.lastArticleAt),
  closed_at: msOrNull(story.closedAt),
});

export type StoryRow = Omit<StoryTable, "id"> & { readonly id: number };

export const storyFrom = (row: StoryRow): Story => ({
  id: row.id,
  sagaId: row.saga_id,
  title: row.title,
  leadArticleId: row.lead_article_id,
  articleCount: row.article_count,
  stage: row.stage,
  certainty: row.certainty,
  points: readJson(stringsSchema, row.points, `stories.points of ${row.id}`),
  places: readJson(stringsSchema, row.places, `stories.places of ${row.id}`),
  actors: readJson(stringsSchema, row.actors, `stories.actors of ${row.id}`),
  summary: readJson(summarySchema, row.summary, `stories.summary of ${row.id}`),
  revision: row.revision,
  openedAt: dateAt(row.opened_at),
  lastArticleAt: dateAt(row.last_article_at),
  closedAt: dateOrNull(row.closed_at),
});
