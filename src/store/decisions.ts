import type { Decision } from "#model/decision.ts";
import { LONGEST_SAGA_NAME } from "#model/limits.ts";
import type { Db } from "./engine/engine.ts";
import { absorb, openBeside } from "./regroup.ts";
import { dateAt, dateOrNull, msOf } from "./rows.ts";
import { confirmMembers, memberIds, placeByHand, renameSaga, setClosed, storiesById, storyById } from "./stories.ts";

/**
 * What a decision did to the store: the stories to be told anew, the one that was kept first, and the articles whose
 * story's readers may not know them. Nothing was done when it is refused.
 */
export type Applied =
  | { readonly kind: "applied"; readonly storyIds: readonly number[]; readonly arrived: readonly number[] }
  | { readonly kind: "refused"; readonly reason: string };

/** Joins stories into one. Its readers know all of them: nothing arrives. */
export async function applyMerge(
  tx: Db,
  into: number,
  from: readonly number[],
  by: string | null,
  now: Date,
): Promise<Applied> {
  const others = [...new Set(from)];
  const fault = await faultOfStories(tx, [into, ...others]);
  if (fault !== null) return refused(fault);
  if (others.length === 0 || others.includes(into)) return refused("A story is merged with others than itself.");
  const kept = await storyById(tx, into);
  const moved = await memberIds(tx, others);
  for (const id of others) await absorb(tx, kept!, id, now);
  await confirmMembers(tx, [into]);
  await note(tx, { kind: "merge", stories: [into, ...others], articles: moved, by, now });
  return { kind: "applied", storyIds: [into], arrived: [] };
}

/** Takes articles out of a story, into a new one of the same saga. */
export async function applySplit(
  tx: Db,
  storyId: number,
  articleIds: readonly number[],
  by: string | null,
  now: Date,
): Promise<Applied> {
  return part(tx, { kind: "split", storyId, articleIds: [...new Set(articleIds)], by, now });
}

/** Moves an article to another story, or (null) into a new one beside its own. */
export async function applyMove(
  tx: Db,
  articleId: number,
  toStoryId: number | null,
  by: string | null,
  now: Date,
): Promise<Applied> {
  const place = await tx
    .selectFrom("members")
    .select("story_id")
    .where("article_id", "=", articleId)
    .executeTakeFirst();
  if (place === undefined) return refused(`Article ${articleId} is in no story.`);
  const from = place.story_id;
  if (toStoryId === null) return part(tx, { kind: "move", storyId: from, articleIds: [articleId], by, now });
  const fault = await faultOfStories(tx, [toStoryId]);
  if (fault !== null) return refused(fault);
  if (toStoryId === from) return refused(`Article ${articleId} is in story ${from} already.`);
  const alone = (await memberIds(tx, [from])).length === 1;
  if (alone) await absorb(tx, (await storyById(tx, toStoryId))!, from, now);
  else await placeByHand(tx, [articleId], toStoryId);
  const storyIds = alone ? [toStoryId] : [toStoryId, from];
  await confirmMembers(tx, storyIds);
  await note(tx, { kind: "move", stories: [toStoryId, from], articles: [articleId], by, now });
  return { kind: "applied", storyIds, arrived: alone ? [] : [articleId] };
}

/** Ends a running dispute and closes its stories. */
export async function closeSaga(tx: Db, sagaId: number, by: string | null, now: Date): Promise<Applied> {
  const saga = await tx.selectFrom("sagas").selectAll().where("id", "=", sagaId).executeTakeFirst();
  if (saga === undefined) return refused(`There is no saga ${sagaId}.`);
  if (saga.closed_at !== null) return refused(`Saga ${sagaId} is closed already.`);
  await setClosed(tx, sagaId, null, now);
  await note(tx, { kind: "close", sagaId, stories: [], articles: [], by, now });
  return { kind: "applied", storyIds: [], arrived: [] };
}

/** Takes back that a dispute is over: its stories are open as they were. What came meanwhile stays where it is. */
export async function reopenSaga(tx: Db, sagaId: number, by: string | null, now: Date): Promise<Applied> {
  const saga = await tx.selectFrom("sagas").selectAll().where("id", "=", sagaId).executeTakeFirst();
  if (saga === undefined) return refused(`There is no saga ${sagaId}.`);
  if (saga.closed_at === null) return refused(`Saga ${sagaId} is open.`);
  // Those that were quiet before it keep their own time.
  await setClosed(tx, sagaId, dateAt(saga.closed_at), null);
  await note(tx, { kind: "reopen", sagaId, stories: [], articles: [], by, now });
  return { kind: "applied", storyIds: [], arrived: [] };
}

/** Gives a running dispute a name, or (null) takes back the one it was given. */
export async function nameSaga(
  tx: Db,
  sagaId: number,
  name: string | null,
  by: string | null,
  now: Date,
): Promise<Applied> {
  const called = name?.replace(/\s+/g, " ").trim() ?? null;
  if (called === "") return refused("A name has at least one letter.");
  if (called !== null && called.length > LONGEST_SAGA_NAME)
    return refused(`A name has at most ${LONGEST_SAGA_NAME} characters: it stands on every card.`);
  if (!(await renameSaga(tx, sagaId, called))) return refused(`There is no saga ${sagaId}.`);
  await note(tx, { kind: "name", sagaId, stories: [], articles: [], by, now });
  return { kind: "applied", storyIds: [], arrived: [] };
}

/** When a saga was closed by hand, if it was. */
export async function sagaClosedAt(db: Db, sagaId: number): Promise<Date | null> {
  const row = await db.selectFrom("sagas").select("closed_at").where("id", "=", sagaId).executeTakeFirst();
  return dateOrNull(row?.closed_at ?? null);
}

/** The sagas that were closed by hand. */
export async function closedSagas(db: Db): Promise<number[]> {
  const rows = await db.selectFrom("sagas").select("id").where("closed_at", "is not", null).execute();
  return rows.map(({ id }) => id);
}

/** The articles whose place a person saw to, in order of arrival. */
export async function placedByHand(db: Db): Promise<{ readonly articleId: number; readonly storyId: number }[]> {
  const rows = await db
    .selectFrom("members")
    .select(["article_id", "story_id"])
    .where("by_hand", "=", 1)
    .orderBy("article_id")
    .execute();
  return rows.map((row) => ({ articleId: row.article_id, storyId: row.story_id }));
}

type Noted = { readonly by: string | null; readonly now: Date };

/** Opens a story with some articles of another. */
async function part(
  tx: Db,
  {
    kind,
    storyId,
    articleIds,
    by,
    now,
  }: { readonly kind: "split" | "move"; readonly storyId: number; readonly articleIds: readonly number[] } & Noted,
): Promise<Applied> {
  const fault = await faultOfStories(tx, [storyId]);
  if (fault !== null) return refused(fault);
  const members = await memberIds(tx, [storyId]);
  const stranger = articleIds.find((id) => !members.includes(id));
  if (stranger !== undefined) return refused(`Story ${storyId} has no article ${stranger}.`);
  if (articleIds.length === 0) return refused("Name at least one article.");
  if (articleIds.length === members.length) return refused(`Story ${storyId} has no other articles: one must stay.`);
  const opened = await openBeside(tx, storyId, articleIds);
  await confirmMembers(tx, [storyId]);
  await note(tx, { kind, stories: [storyId, opened], articles: articleIds, by, now });
  return { kind: "applied", storyIds: [storyId, opened], arrived: articleIds };
}

const refused = (reason: string): Applied => ({ kind: "refused", reason });

async function faultOfStories(tx: Db, ids: readonly number[]): Promise<string | null> {
  const found = await storiesById(tx, ids);
  const missing = ids.find((id) => !found.some((story) => story.id === id));
  if (missing !== undefined) return `There is no story ${missing}.`;
  const emptied = found.find(({ articleCount }) => articleCount === 0);
  if (emptied === undefined) return null;
  return `Story ${emptied.id} was merged into story ${(await storyById(tx, emptied.id))?.id}.`;
}

async function note(
  tx: Db,
  {
    kind,
    sagaId = null,
    stories,
    articles,
    by,
    now,
  }: {
    readonly kind: Decision["kind"];
    readonly sagaId?: number | null;
    readonly stories: readonly number[];
    readonly articles: readonly number[];
  } & Noted,
): Promise<void> {
  await tx
    .insertInto("decisions")
    .values({
      kind,
      saga_id: sagaId,
      stories: JSON.stringify(stories),
      articles: JSON.stringify(articles),
      created_at: msOf(now),
      created_by: by,
    })
    .execute();
}
