import type { Db } from "./engine/engine.ts";
import { oweInstead } from "./outbox/owed.ts";
import { carryReminders } from "./reminders.ts";
import { memberIds, noteMerged, openStory, placeByHand, storyById } from "./stories.ts";
import { followMerged } from "./subscriptions.ts";

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
  await noteMerged(tx, from, into.id, now);
  await carryReminders(tx, from, into.id);
  await oweInstead(tx, from, into, now);
  await followMerged(tx, from, into.id);
}
