import { type Card, type Claim, type Digest, outletsOf, type PostOutcome, type PostOverflow } from "#model/delivery.ts";
import type { Destination } from "#model/destination.ts";
import type { Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import type { Filter } from "#model/subscription.ts";
import { gatherDigest } from "#store/outbox/digests.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { once } from "#text/once.ts";
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
  const told: Found[] = [];
  for (const [storyId, revision] of newest) {
    const found = await cardFor(world, storyId, revision);
    if (found !== null) told.push(found);
  }
  if (told.length === 0) return { kind: "rejected", reason: "none of its stories is stored any more" };
  const { manner, filter } = subscription;
  const weights = new Map(told.map((each) => [each, weightOf(each.story, voicesIn(each.card), filter, pack)]));
  return postDigest(
    { ...claim, destination: subscription.destination },
    {
      subscriptionId,
      mode: manner.mode === "each" ? "daily" : manner.mode,
      cards: told
        .sort(
          (a, b) =>
            weights.get(b)! - weights.get(a)! ||
            b.story.articleCount - a.story.articleCount ||
            b.card.at.getTime() - a.card.at.getTime(),
        )
        .map(({ card }) => card),
      folded: told.reduce((sum, { story }) => sum + story.articleCount, 0) - told.length,
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

type Found = { readonly story: Story; readonly card: Card };

const voicesIn = (card: Card): number => outletsOf(card) + Number(card.sources.some(({ primary }) => primary));

const ordersOf = once(({ stages }: Pack["facets"]): readonly number[] =>
  stages.map(({ order }) => order).toSorted((a, b) => a - b),
);

/**
 * How much a development matters to who asked for the digest, from 0 to 3: how far it has come, how many outlets speak of it, where a
 * primary source counts as one more (`voices`), and the share of its points that were asked for. Each comes to 1 at most, and none
 * outweighs the rest.
 */
export function weightOf(story: Story, voices: number, { points }: Filter, { facets }: Pick<Pack, "facets">): number {
  const orders = ordersOf(facets);
  const order = facets.stages.find(({ id }) => id === story.stage)?.order;
  const act = order === undefined ? 0 : orders.indexOf(order) / Math.max(1, orders.length - 1);
  const own = story.points.filter((id) => points.includes(id)).length / Math.max(1, story.points.length);
  return act + (1 - 1 / Math.max(1, voices)) + own;
}
