import type { Card, Claim, Digest, PostOutcome, PostOverflow } from "#model/delivery.ts";
import type { Destination } from "#model/destination.ts";
import { gatherDigest } from "#store/outbox/digests.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { cardFor, type Delivering } from "./card-for.ts";

type PostGathered = (claim: Claim, digest: Digest) => Promise<PostOutcome>;

/**
 * Posts all that is due for a digest as one message. A story that moved twice since the last digest is told once, as it stands.
 */
export async function tryPostDigest(
  world: Delivering,
  postDigest: PostGathered,
  claim: Claim<Destination>,
  subscriptionId: number,
): Promise<PostOutcome> {
  const { db, pack, clock } = world;
  const subscription = await subscriptionById(db, subscriptionId);
  if (subscription === null) return { kind: "gone", reason: "Nobody asks for this digest any more." };
  const newest = new Map((await gatherDigest(db, claim, clock())).map(({ storyId, revision }) => [storyId, revision]));
  const told: { card: Card; rank: number; articles: number }[] = [];
  for (const [storyId, revision] of newest) {
    const found = await cardFor(world, storyId, revision);
    if (found === null) continue;
    const rank = pack.facets.stages.find(({ id }) => id === found.story.stage)?.order ?? 0;
    told.push({ card: found.card, rank, articles: found.story.articleCount });
  }
  if (told.length === 0) return { kind: "rejected", reason: "none of its stories is stored any more" };
  const { mode } = subscription.manner;
  return postDigest(
    { ...claim, destination: subscription.destination },
    {
      subscriptionId,
      mode: mode === "each" ? "daily" : mode,
      cards: told.sort(moreImportant).map(({ card }) => card),
      folded: told.reduce((sum, { articles }) => sum + articles, 0) - told.length,
    },
  );
}

/** Posts, in one line, that there was more than a channel is posted one by one. */
export async function tryPostOverflow(
  { db, clock }: Delivering,
  postOverflow: PostOverflow,
  claim: Claim<Destination>,
  channel: string,
): Promise<PostOutcome> {
  const stories = new Set((await gatherDigest(db, claim, clock())).map(({ storyId }) => storyId));
  return postOverflow({ ...claim, destination: channel }, stories.size);
}

/** The further a matter has come the more it matters; then primary sources lead, then what more outlets report. */
function moreImportant(
  a: { card: Card; rank: number; articles: number },
  b: { card: Card; rank: number; articles: number },
): number {
  const primary = ({ card }: { card: Card }) => Number(card.sources.some((source) => source.primary));
  return (
    b.rank - a.rank || primary(b) - primary(a) || b.articles - a.articles || b.card.at.getTime() - a.card.at.getTime()
  );
}
