import { EVERYTHING, TERMINAL } from "#model/subscription.ts";
import { PREVIEW_STORIES } from "#pipeline/match.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { latestStories } from "#store/latest.ts";
import { enqueue, removeDestination } from "#store/outbox/owed.ts";
import { createSubscription, subscriptionsOf } from "#store/subscriptions.ts";

/**
 * Makes the terminal follow everything, once for each database, and owes it the newest stories as a preview, newest
 * last. Both in one transaction, after the first round: a process killed before it has followed nothing yet.
 */
export async function followAll(db: Db, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const following = await subscriptionsOf(tx, { destination: TERMINAL });
    if (following.length > 0) return;
    await createSubscription(tx, { guildId: null, destination: TERMINAL, filter: EVERYTHING, createdBy: null }, now);
    const newest = await latestStories(tx, { limit: PREVIEW_STORIES });
    const owed = newest.map(({ id, revision }) => ({ storyId: id, revision, destination: TERMINAL, dueAt: now }));
    await enqueue(tx, owed.toReversed());
  });
}

/** The terminal follows no more, and is owed nothing: a bot has taken over. */
export async function unfollowAll(db: Db): Promise<void> {
  await transact(db, (tx) => removeDestination(tx, TERMINAL));
}
