import type { NotNull } from "kysely";
import type { Claim } from "#model/delivery.ts";
import { type Destination, destinationFrom, keyOf } from "#model/destination.ts";
import type { Db } from "#store/engine/engine.ts";
import { transact } from "#store/engine/transact.ts";
import { msOf } from "#store/rows.ts";

export type Carried = { readonly storyId: number; readonly revision: number };

/**
 * What the digest of a claim carries: all that is due to the same destination when it is first asked for, and the same
 * ever after, so that a digest which was posted and not settled is recognised. Oldest first.
 */
export async function gatherDigest(db: Db, claim: Claim<Destination>, now: Date): Promise<Carried[]> {
  return transact(db, async (tx) => {
    const known = await carriedBy(tx, claim);
    if (known.length > 0) return known;
    await tx
      .updateTable("deliveries")
      .set({ digest_of: claim.deliveryId })
      .where("destination", "=", keyOf(claim.destination))
      .where("state", "=", "due")
      .where("due_at", "<=", msOf(now))
      .execute();
    return carriedBy(tx, claim);
  });
}

async function carriedBy(tx: Db, { deliveryId }: Pick<Claim, "deliveryId">): Promise<Carried[]> {
  const rows = await tx
    .selectFrom("deliveries")
    .select(["story_id", "revision"])
    .$narrowType<{ story_id: NotNull }>()
    .where("digest_of", "=", deliveryId)
    .where("state", "=", "due")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ storyId: row.story_id, revision: row.revision }));
}

/** The stories that a delivery carried, newest first, where to and in which message; null where none is stored any more. */
export async function carriedIn(
  db: Db,
  deliveryId: number,
): Promise<{
  readonly destination: Destination;
  readonly messageId: string | null;
  readonly storyIds: readonly number[];
} | null> {
  const rows = await db
    .selectFrom("deliveries")
    .select(["story_id", "destination", "message_id"])
    .$narrowType<{ story_id: NotNull }>()
    .where("digest_of", "=", deliveryId)
    .orderBy("id", "desc")
    .execute();
  const [first] = rows;
  if (first === undefined) return null;
  const { destination, message_id: messageId } = first;
  return {
    destination: destinationFrom(destination),
    messageId,
    storyIds: [...new Set(rows.map(({ story_id }) => story_id))],
  };
}
