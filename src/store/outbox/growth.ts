import type { NotNull } from "kysely";
import type { GrownCard, Poster, PostOutcome } from "#model/delivery.ts";
import { type Db, unlocked } from "#store/engine/engine.ts";
import { dateOrNull, msOf } from "#store/rows.ts";
import { CLAIM_MS } from "./claims.ts";
import { isWithin } from "./reach.ts";

/**
 * A card waits this long for more before it is edited: a feed brings several articles at once, and Discord counts edits.
 * Longer than a claim, so that what grows during an edit is never taken for that edit.
 */
export const GATHER_MS = CLAIM_MS + 1_000;

/** A story grew and nothing moved: the newest card of it in each channel is to be edited. */
export async function noteGrowth(tx: Db, storyId: number, now: Date): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ edit_due_at: msOf(now) + GATHER_MS })
    .where("story_id", "=", storyId)
    .where("state", "=", "posted")
    .where("digest_of", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("deliveries as later")
            .select("later.id")
            .whereRef("later.story_id", "=", "deliveries.story_id")
            .whereRef("later.destination", "=", "deliveries.destination")
            .whereRef("later.revision", ">", "deliveries.revision")
            .where("later.state", "=", "posted"),
        ),
      ),
    )
    .execute();
}

/** When the next card is to be edited; null when none is. */
export async function nextEditAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom("deliveries")
    .select((eb) => eb.fn.min("edit_due_at").as("at"))
    .where("edit_due_at", "is not", null)
    .executeTakeFirst();
  return dateOrNull(row?.at ?? null);
}

/** Cards to edit now, where a poster reaches them, each for CLAIM_MS. An edit may be repeated: it says the same. */
export async function claimGrownCards(
  db: Db,
  now: Date,
  limit: number,
  { serves }: Pick<Poster, "serves"> = {},
): Promise<GrownCard[]> {
  const until = msOf(now) + CLAIM_MS;
  const rows = await db
    .with("picked", (qb) => {
      const due = qb
        .selectFrom("deliveries as due")
        .select("due.id")
        .where("due.edit_due_at", "<=", msOf(now))
        .orderBy("due.edit_due_at")
        .limit(limit);
      return unlocked(db, serves === undefined ? due : due.where(isWithin("due.destination", serves)));
    })
    .updateTable("deliveries")
    .set({ edit_due_at: until })
    .where("id", "in", (qb) => qb.selectFrom("picked").select("picked.id"))
    .returning(["id", "story_id", "revision", "destination", "message_id"])
    .$narrowType<{ story_id: NotNull }>()
    .execute();
  return rows.flatMap((row) =>
    row.message_id === null
      ? []
      : [
          {
            deliveryId: row.id,
            storyId: row.story_id,
            revision: row.revision,
            destination: row.destination,
            messageId: row.message_id,
            editDueAt: new Date(until),
          },
        ],
  );
}

/**
 * Ends the claim on a card: for good, or until the time that `retry` names. The card may stand in another message than before.
 */
export async function settleEdit(db: Db, grown: GrownCard, outcome: PostOutcome): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({
      edit_due_at: laterOf(outcome),
      ...(outcome.kind === "posted" ? { message_id: outcome.messageId } : {}),
    })
    .where("id", "=", grown.deliveryId)
    .where("edit_due_at", "=", msOf(grown.editDueAt))
    .execute();
}

function laterOf(outcome: PostOutcome): number | null {
  if (outcome.kind === "retry") return msOf(outcome.at);
  return outcome.kind === "posted" && outcome.again !== undefined ? msOf(outcome.again) : null;
}
