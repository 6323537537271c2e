import type { Card, Claim, Edit, GrownCard, Poster, PostOutcome } from "#model/delivery.ts";
import { type Destination, keyOf } from "#model/destination.ts";
import { ownFaultOf } from "#store/engine/own-fault.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { standingText } from "#store/outbox/deliveries.ts";
import { claimGrownCards, settleEdit } from "#store/outbox/growth.ts";
import { takeTurn } from "#store/turns.ts";
import { isoDay } from "#text/calendar.ts";
import { cardFor, type Delivering } from "./card-for.ts";
import { tryPostDigest, tryPostOverflow } from "./digest.ts";
import { tryPostMemo } from "./memos.ts";
import { tryPostReminders } from "./reminders.ts";

/** Claims taken at once: enough to keep one round trip busy per destination, few enough to finish within a lease. */
const BATCH = 20;

/** A bug seldom goes away by itself; a database that is busy for a moment does. */
const MOST_BROKEN = 20;
const BROKEN_RETRY_MS = 5_000;

/**
 * Claim, post, settle, until nothing is due or `stop` aborts; then edit the cards that grew. Resolves to the number of posts that
 * readers saw; one whose claim was lost to another worker meanwhile is that worker's to count.
 */
export async function deliverDue(world: Delivering, poster: Poster, stop: AbortSignal): Promise<number> {
  let posted = 0;
  while (!stop.aborted) {
    const claims = await claimDue(world.db, world.clock(), BATCH, poster);
    if (claims.length === 0) break;
    await turnFor(claims.length, world, poster);
    const outcomes = await allEnded(
      claims.map(async (claim) => {
        const outcome = await tryPost(world, poster, claim).catch((error: unknown) => broken(world, claim, error));
        const mine = await settle(world.db, claim, outcome, world.clock());
        return { claim, outcome, mine };
      }),
    );
    const settled = outcomes.filter(({ mine }) => mine);
    tellOfDead(settled, world);
    posted += settled.filter(({ outcome }) => outcome.kind === "posted").length;
  }
  if (!stop.aborted && poster.edit !== undefined) await editGrownCards(world, poster, poster.edit);
  return posted;
}

/** Like Promise.all, but rejects only when all have ended: none goes on past its tick. */
async function allEnded<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

/** Waits until so many requests may be made: all workers share what Discord grants one bot, and what a kind of destination takes. */
async function turnFor(requests: number, { db, clock }: Delivering, { pace, serves }: Poster): Promise<void> {
  if (pace === undefined || requests === 0) return;
  const now = clock();
  const all = typeof serves === "object" ? `all of ${serves.kind}` : "all destinations";
  const at = await takeTurn(db, all, now, requests * pace.allEveryMs);
  const waitMs = at.getTime() - now.getTime();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** One sentence, however many posts of a batch are given up: a bug that meets one meets others. */
function tellOfDead(
  outcomes: readonly { readonly claim: Claim<Destination>; readonly outcome: PostOutcome }[],
  { tell }: Delivering,
): void {
  const dead = outcomes.flatMap(({ claim, outcome }) =>
    outcome.kind === "rejected" ? [{ ...claim, reason: outcome.reason }] : [],
  );
  const [first] = dead;
  if (first === undefined) return;
  const others = dead.length === 1 ? "" : ` So were ${dead.length - 1} more.`;
  tell?.(
    `${nameOf(first)} was given up for ${keyOf(first.destination)}: ${first.reason}${others} \`policywire deliveries\` lists what is dead.`,
  );
}

/** What a claim is of, for people. */
function nameOf({ storyId, revision, destination: to }: Claim<Destination>): string {
  if (typeof to === "string") return standingText({ storyId, revision, day: null });
  if (to.kind === "memo") return standingText({ storyId: null, revision: null, day: isoDay(revision) });
  return standingText({ storyId, revision: to.kind === "reminders" ? null : revision, day: null });
}

/**
 * A post that threw met a bug of ours: it must hold back no other, and is given up when trying again does not help. A fault of
 * the store's is no bug.
 */
function broken({ db, bug, clock }: Delivering, claim: Claim<Destination>, error: unknown): PostOutcome {
  if (ownFaultOf(db, error) !== null) throw error;
  bug(`delivery ${claim.deliveryId}`, error);
  const reason = "posting it met a bug; the log says which";
  if (claim.attempts >= MOST_BROKEN) return { kind: "rejected", reason };
  return { kind: "retry", at: new Date(clock().getTime() + BROKEN_RETRY_MS), reason };
}

async function tryPost(
  world: Delivering,
  { post, postDigest, postMemo, postOverflow, postReminders }: Poster,
  claim: Claim<Destination>,
): Promise<PostOutcome> {
  const { destination: to } = claim;
  if (typeof to !== "string") {
    if (to.kind === "overflow" && postOverflow !== undefined)
      return tryPostOverflow(world, postOverflow, claim, to.channel);
    if (to.kind === "memo" && postMemo !== undefined) return tryPostMemo(world, postMemo, claim, to.subscriptionId);
    if (to.kind === "digest" && postDigest !== undefined)
      return tryPostDigest(world, postDigest, claim, to.subscriptionId);
    if (to.kind === "reminders" && postReminders !== undefined)
      return tryPostReminders(world, postReminders, claim, to.channel);
  }
  const found = await cardFor(world, claim.storyId, claim.revision);
  if (found === null) return { kind: "rejected", reason: `story ${claim.storyId} is not stored any more` };
  return post({ ...claim, destination: keyOf(to) }, found.card);
}

async function editGrownCards(world: Delivering, poster: Poster, edit: Edit): Promise<void> {
  // A card that meets a bug of ours stays as it is.
  const tryEdit = (card: Card, grown: GrownCard) =>
    edit(grown, card).catch((error: unknown): PostOutcome => {
      if (ownFaultOf(world.db, error) !== null) throw error;
      world.bug(`the card of delivery ${grown.deliveryId}`, error);
      return { kind: "rejected", reason: "editing it met a bug; the log says which" };
    });
  const one = async (grown: GrownCard) => {
    const found = await cardFor(world, grown.storyId, grown.revision);
    const missing: PostOutcome = { kind: "rejected", reason: `story ${grown.storyId} is not stored any more` };
    await settleEdit(world.db, grown, found === null ? missing : await tryEdit(found.card, grown));
  };
  const claims = await claimGrownCards(world.db, world.clock(), BATCH, poster);
  await turnFor(claims.length, world, poster);
  await allEnded(claims.map(one));
}
