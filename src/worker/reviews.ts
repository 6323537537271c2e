import type { Feed } from "#model/feed.ts";
import { feedName } from "#model/pack.ts";
import type { PostHeld } from "#model/review.ts";
import { DAY_MS } from "#model/time.ts";
import { isFresh } from "#pipeline/match.ts";
import { articlesById } from "#store/articles.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { enqueue, type Owed } from "#store/outbox/owed.ts";
import { noteTold, releasedReviews, takeReleased, untoldReviews } from "#store/reviews.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import { saveTagging, taggingsOf } from "#store/taggings.ts";
import { withinCeilings } from "./ceilings.ts";
import { fileArticle } from "./file-article.ts";
import type { World } from "./world.ts";

/** What was held before is no news any more when somebody chooses a channel for moderators. */
const NEWS_MS = 3 * DAY_MS;

/** Of one look: a flood of sponsored items leaves room for what else the channel is told. */
const AT_ONCE = 5;

const NOBODY = { kind: "rejected", reason: "It is not held any more." } as const;

/** Tells moderators of what is held back, each article once. */
export async function tellHeld(
  { db, pack, clock }: Pick<World, "db" | "pack" | "clock">,
  post: PostHeld,
): Promise<void> {
  const ids = await untoldReviews(db, new Date(clock().getTime() - NEWS_MS), AT_ONCE);
  const taggings = await taggingsOf(db, ids);
  for (const { id, title, url, feedId, firstSeenAt: at } of await articlesById(db, ids)) {
    const hold = taggings.get(id)?.hold ?? null;
    const source = feedName(feedId, pack);
    // One that was edited meanwhile, and says it no more, has gone its way.
    const outcome = hold === null ? NOBODY : await post({ articleId: id, title, url, source, hold, at });
    if (outcome.kind !== "posted" && outcome.kind !== "rejected") return;
    await noteTold(db, id, outcome.kind === "posted" ? outcome.messageId : "");
  }
}

/** Gives what was released its place in a story, and readers the post of it if it is still news: what a feed's poll would have done. */
export async function fileReleased(world: World): Promise<void> {
  const { db, pack, stories, memory } = world;
  for (const articleId of await releasedReviews(db, AT_ONCE)) {
    const [article] = await articlesById(db, [articleId]);
    const feed = pack.feeds.find(({ id }) => id === article?.feedId);
    try {
      await transact(db, async (tx) => {
        if (!(await takeReleased(tx, articleId, world.clock())) || article === undefined || feed === undefined) return;
        await fileOne(tx, { article, feed }, world);
      });
    } catch (error) {
      stories.discard();
      memory.discard();
      throw error;
    }
  }
}

type Released = { readonly article: Awaited<ReturnType<typeof articlesById>>[number]; readonly feed: Feed };

async function fileOne(tx: Db, { article, feed }: Released, world: World): Promise<void> {
  const now = world.clock();
  const held = (await taggingsOf(tx, [article.id])).get(article.id);
  if (held === undefined) return;
  const tagging = { ...held, hold: null };
  await saveTagging(tx, article.id, tagging);
  const { primary } = feed;
  const addedAt = (await feedStates(tx)).find(({ feedId }) => feedId === feed.id)?.addedAt ?? now;
  // What waited for too long is for look-ups: nothing that a feed brings as it is added is news.
  const isNews = isFresh(article, primary, now);
  const arrival = isNews ? { primary, addedAt, firstPoll: false } : { primary, addedAt: now, firstPoll: true };
  const owed = new Map<string, Owed>();
  await fileArticle(
    { article, tagging, entryHash: article.textHash },
    {
      tx,
      world,
      arrival,
      now,
      owed,
      index: await world.stories.current(tx, now),
      subscriptions: () => activeSubscriptions(tx, now),
      // It is stored, with its tags, and has no place: as a new one is before it is filed.
      added: new Map([[article, article]]),
    },
  );
  await enqueue(tx, await withinCeilings(tx, [...owed.values()], feed, world.ceilings, now));
}
