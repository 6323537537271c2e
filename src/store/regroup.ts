import { destinationFrom } from "#model/destination.ts";
import type { Db } from "./engine.ts";
import type { Owed } from "./outbox.ts";
import { enqueue } from "./outbox.ts";
import { notePlacings } from "./placed.ts";
import { chunks, dateAt, msOf } from "./rows.ts";
import { openStory, storyById } from "./stories.ts";
import { followMerged } from "./subscriptions.ts";

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

/** Opens a story beside another, with articles of it. It has no state that readers know, and is to be told anew. */
export async function openBeside(tx: Db, storyId: number, articleIds: readonly number[]): Promise<number> {
  const beside = await storyById(tx, storyId);
  if (beside === null) throw new Error(`There is no story ${storyId}.`);
  const { id } = await openStory(tx, { ...beside, revision: 0 }, beside.sagaId);
  await placeByHand(tx, articleIds, id);
  return id;
}

/**
 * Moves all of a story into another. Its row, revisions and posted deliveries stay as history; what was owed of it is
 * owed of the other, and who followed or muted it follows or mutes the other.
 */
export async function absorb(
  tx: Db,
  into: { readonly id: number; readonly revision: number },
  from: number,
  now: Date,
) {
  await placeByHand(tx, await memberIds(tx, [from]), into.id);
  await tx.deleteFrom("story_tags").where("story_id", "=", from).execute();
  await tx
    .updateTable("stories")
    .set({ merged_into: into.id, article_count: 0, closed_at: msOf(now) })
    .where("id", "=", from)
    .execute();
  await tx.updateTable("deliveries").set({ edit_due_at: null }).where("story_id", "=", from).execute();
  // What is being posted just now is left to whoever posts it.
  const unsent = await tx
    .updateTable("deliveries")
    .set({ state: "dropped", settled_at: msOf(now), reason: `Merged into story ${into.id}.` })
    .where("story_id", "=", from)
    .where("state", "=", "due")
    .where("lease_until", "<=", msOf(now))
    .where("digest_of", "is", null)
    .returning(["destination", "due_at"])
    .execute();
  const owed = unsent.map(
    ({ destination, due_at }): Owed => ({
      storyId: into.id,
      revision: into.revision,
      destination: destinationFrom(destination),
      dueAt: dateAt(due_at),
    }),
  );
  await enqueue(tx, owed);
  await followMerged(tx, from, into.id);
}
