import type { REST } from "discord.js";
import type {
  CardStyle,
  Claim,
  Post,
  PostDigest,
  PostMemo,
  PostOutcome,
  PostOverflow,
  PostReminders,
} from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { doubling } from "#model/waits.ts";
import { memoTitle } from "#pipeline/memo/words.ts";
import { digestTitle, reminderTitle } from "#pipeline/words.ts";
import type { Db } from "#store/engine/database.ts";
import { mayMention, subscriptionsOf } from "#store/subscriptions.ts";
import type { Attempt } from "./attempt.ts";
import { type ChannelFacts, obstacleIn } from "./channels.ts";
import type { Log } from "./connection.ts";
import { digestEmbed, digestMark, digestPlain, overflowLine, overflowMark } from "./digest-message.ts";
import { type Failure, Unfinished } from "./failure.ts";
import { memoBody, memoMark, memoPlain } from "./memo-message.ts";
import { type Body, buttonId, cardBody, mentioning, plainBody } from "./message.ts";
import { once, type Saying } from "./once.ts";
import { placeOfItsOwn, placesOf } from "./place.ts";
import type { Publish } from "./publish.ts";
import { held, type Refusing, refused } from "./refused.ts";
import { reminderEmbed, reminderMark, reminderPlain } from "./reminder-message.ts";
import { nonceFor } from "./requests.ts";

/** Waiting doubles from the first to the last of these. Discord's own outages last minutes, and a post an hour late is late. */
const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 10 * MINUTE_MS;

/** With a refused token nothing works until somebody acts. */
const TOKEN_WAIT_MS = 5 * MINUTE_MS;

/** A role is mentioned at most once in this time, however much moves. */
const MENTION_EVERY_MS = HOUR_MS;

/** How often the publishing of a digest is tried: it is no card, which an edit could come back to. */
const MOST_PUBLISHINGS = 10;

export type Posting = Refusing & {
  readonly attempt: Attempt;
  /** The bot's own user id. */
  readonly self: string;
  readonly db: Db;
  readonly pack: Pack;
  readonly cards: CardStyle;
  readonly log: Log;
  readonly facts: (channelId: string) => Promise<ChannelFacts>;
  readonly publish: Publish;
};

/** Posts one revision to its channel: exactly once, whatever was cut or answered late before. */
export const createPost =
  (posting: Posting): Post =>
  async (claim, card) =>
    posted(claim, posting, async (rest) => {
      const { db, pack, cards } = posting;
      const subscriptions = await subscriptionsOf(db, { destination: claim.destination });
      const threads = subscriptions.some(({ manner }) => manner.threads);
      const saying = await sayingOf(claim, nonceOf(claim), buttonId("why", card), rest, posting);
      const posted = await once(saying, placesOf(saying, claim, card, threads), async () => {
        const role = await roleToMention(subscriptions, claim, posting);
        return [mentioning(cardBody(card, pack, cards), role), mentioning(plainBody(card), role)];
      });
      return published(saying.facts, claim.destination, posted, posting);
    });

async function sayingOf(
  { destination, deliveryId, attempts: attempt }: Claim,
  nonce: string,
  mark: string,
  rest: REST,
  { facts, db, clock, self }: Posting,
): Promise<Saying> {
  const sign = { self, mark };
  return { destination, facts: await facts(destination), deliveryId, nonce, attempt, sign, rest, db, clock };
}

/** Posts one digest, under the same promise. */
export const createPostDigest =
  (posting: Posting): PostDigest =>
  async (claim, digest) =>
    posted(claim, posting, async (rest) => {
      const bodies = [digestEmbed(claim, digest), digestPlain(claim, digest)] as const;
      return lone(rest, claim, posting, digestMark(claim, digest), digestTitle(digest), bodies);
    });

/** Posts one memo, under the same promise; where no file may be attached, its message alone. */
export const createPostMemo =
  (posting: Posting): PostMemo =>
  async (claim, requested) =>
    posted(claim, posting, async (rest) => {
      const { pack } = posting;
      const bodies = [memoBody(claim, requested, pack), memoPlain(claim, requested)] as const;
      return lone(rest, claim, posting, memoMark(claim, requested), memoTitle(requested.memo), bodies);
    });

/** Posts that there was more than is posted one by one, under the same promise. */
export const createPostOverflow =
  (posting: Posting): PostOverflow =>
  async (claim, stories) =>
    posted(claim, posting, async (rest) => {
      const line = overflowLine(claim, stories);
      return lone(rest, claim, posting, overflowMark(claim), "More developments", [line, line]);
    });

/** Posts what a channel is reminded of, under the same promise. */
export const createPostReminders =
  (posting: Posting): PostReminders =>
  async (claim, days) =>
    posted(claim, posting, async (rest) => {
      const bodies = [reminderEmbed(claim, days), reminderPlain(claim, days)] as const;
      return lone(rest, claim, posting, reminderMark(claim), reminderTitle(days), bodies);
    });

/** A message that belongs to no story. */
export async function lone(
  rest: REST,
  claim: Claim,
  posting: Posting,
  mark: string,
  name: string,
  bodies: readonly [Body, Body],
): Promise<Posted> {
  const { destination, attempts } = claim;
  // Two digests of a channel may begin with the same story.
  const nonce = nonceOf({ ...claim, destination: `${destination} ${mark}` });
  const saying = await sayingOf(claim, nonce, mark, rest, posting);
  const messageId = await once(saying, [placeOfItsOwn(saying, name)], async () => bodies);
  const { again } = await published(saying.facts, destination, messageId, posting);
  if (again !== undefined && attempts < MOST_PUBLISHINGS)
    throw new Unfinished(again.getTime() - posting.clock().getTime());
  return { messageId };
}

/** The message, and when something is still to be done about it. */
export type Posted = { readonly messageId: string; readonly again?: Date };

export async function published(
  { kind }: ChannelFacts,
  channelId: string,
  messageId: string,
  { publish }: Posting,
): Promise<Posted> {
  const again = kind === "announcement" ? await publish(channelId, messageId) : null;
  return again === null ? { messageId } : { messageId, again };
}

async function roleToMention(
  subscriptions: Awaited<ReturnType<typeof subscriptionsOf>>,
  { deliveryId }: Claim,
  { db, clock }: Posting,
): Promise<string | null> {
  for (const { id, manner } of subscriptions) {
    if (manner.mention !== null && (await mayMention(db, id, deliveryId, MENTION_EVERY_MS, clock())))
      return manner.mention;
  }
  return null;
}

/** The same for every try of one delivery. */
export const nonceOf = ({
  storyId,
  revision,
  destination,
}: Pick<Claim, "storyId" | "revision" | "destination">): string => nonceFor(`${storyId} ${revision} ${destination}`);

async function posted(claim: Claim, posting: Posting, work: (rest: REST) => Promise<Posted>): Promise<PostOutcome> {
  const { clock, log, known, random } = posting;
  const { destination, storyId: story, revision, attempts } = claim;
  const facts = known(destination);
  const stopped = facts === undefined ? null : obstacleIn(destination, facts, clock());
  if (stopped !== null) return held(claim, stopped, posting);
  const sent = await posting.attempt(work);
  if (sent.kind === "sent") return { kind: "posted", ...sent.value };
  if (sent.kind === "forbidden" || sent.kind === "no-thread" || sent.kind === "closed")
    return refused(claim, sent, posting);
  const outcome = outcomeOf(sent, doubling(attempts, FIRST_WAIT_MS, LONGEST_WAIT_MS, random), posting);
  if (outcome.kind === "rejected") log.error("a post was given up", { story, revision, reason: outcome.reason });
  return outcome;
}

/** What a failure means for what was to be posted or edited; `waitMs` where nobody said how long to wait. */
export function outcomeOf(failure: Failure, waitMs: number, { clock }: Posting): PostOutcome {
  const { kind, reason } = failure;
  const later = (ms: number): PostOutcome => ({
    kind: "retry",
    at: new Date(clock().getTime() + Math.ceil(ms)),
    reason,
  });
  switch (kind) {
    case "later":
      return later(failure.afterMs ?? waitMs);
    case "archived":
      return later(waitMs);
    case "token":
      return later(TOKEN_WAIT_MS);
    case "forbidden":
      return { kind, reason };
    case "gone":
      return { kind, reason: `The channel is gone: ${reason}` };
    case "moderated":
      return { kind: "rejected", reason: `The server's own moderation stops it: ${reason}` };
    default:
      return { kind: "rejected", reason };
  }
}
