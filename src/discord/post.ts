import type { REST } from "discord.js";
import type {
  Card,
  CardStyle,
  Claim,
  Edit,
  GrownCard,
  Post,
  PostDigest,
  PostOutcome,
  PostOverflow,
} from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { mayMention, subscriptionsOf } from "#store/subscriptions.ts";
import type { Attempt } from "./attempt.ts";
import type { ChannelFacts } from "./channels.ts";
import type { Log } from "./connection.ts";
import { digestEmbed, digestMark, digestPlain, headline, overflowLine, overflowMark } from "./digest-message.ts";
import { type Failure, failureOf } from "./failure.ts";
import { type Body, buttonId, cardBody, componentsBody, mentioning, plainBody } from "./message.ts";
import { inChannel, messageIn, type Place, placeOf, readPlace } from "./place.ts";
import type { Publishing } from "./publish.ts";
import { editMessage, isOfComponents, nonceFor } from "./requests.ts";

/** Waiting doubles from the first to the last of these. Discord's own outages last minutes, and a post an hour late is late. */
const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 10 * MINUTE_MS;

/** With a refused token nothing works until somebody acts. */
const TOKEN_WAIT_MS = 5 * MINUTE_MS;

/** A role is mentioned at most once in this time, however much moves. */
const MENTION_EVERY_MS = HOUR_MS;

export type Posting = {
  readonly attempt: Attempt;
  /** The bot's own user id. */
  readonly self: string;
  readonly db: Db;
  readonly pack: Pack;
  readonly cards: CardStyle;
  readonly clock: () => Date;
  readonly random: () => number;
  readonly log: Log;
  readonly facts: (channelId: string) => Promise<ChannelFacts>;
  /** Permissions that the bot lacks in a channel, as far as the gateway tells. */
  readonly missing: (channelId: string) => readonly string[];
  readonly publishing: Publishing;
  /** Called when a permission is missing, with a sentence for the guild. */
  readonly forbidden: (channelId: string, reason: string) => void;
};

/** Posts one revision to its channel: exactly once, whatever was cut or answered late before. */
export const createPost =
  (posting: Posting): Post =>
  async (claim, card) =>
    posted(claim, posting, async (rest) => {
      const { db, pack, cards } = posting;
      const subscriptions = await subscriptionsOf(db, { destination: claim.destination });
      const threads = subscriptions.some(({ manner }) => manner.threads);
      const facts = await posting.facts(claim.destination);
      const place = placeOf({ claim, card, facts, threads, nonce: nonceOf(claim), rest });
      return once(claim, facts, place, buttonId("why", card), posting, async () => {
        const role = await roleToMention(subscriptions, posting);
        return [mentioning(cardBody(card, pack, cards), role), mentioning(plainBody(card), role)];
      });
    });

/** Posts one digest, under the same promise. */
export const createPostDigest =
  (posting: Posting): PostDigest =>
  async (claim, digest) =>
    posted(claim, posting, async (rest) => {
      const bodies = [digestEmbed(claim, digest), digestPlain(claim, digest)] as const;
      return lone(rest, claim, posting, digestMark(claim, digest), headline(digest), bodies);
    });

/** Posts that there was more than is posted one by one, under the same promise. */
export const createPostOverflow =
  (posting: Posting): PostOverflow =>
  async (claim, stories) =>
    posted(claim, posting, async (rest) => {
      const line = overflowLine(claim, stories);
      return lone(rest, claim, posting, overflowMark(claim), "More developments", [line, line]);
    });

/** A message that belongs to no story. */
export async function lone(
  rest: REST,
  claim: Claim,
  posting: Posting,
  mark: string,
  name: string,
  bodies: readonly [Body, Body],
): Promise<string> {
  const { destination } = claim;
  const facts = await posting.facts(destination);
  // Two digests of a channel may begin with the same story.
  const nonce = nonceOf({ ...claim, destination: `${destination} ${mark}` });
  const place = messageIn(rest, destination, facts, nonce, name);
  return once(claim, facts, place, mark, posting, async () => bodies);
}

/** Shows a card anew where it stands. */
export const createEdit =
  (posting: Posting): Edit =>
  async (grown, card) => {
    const edited = await posting.attempt((rest) => showAnew(rest, grown, card, posting));
    // Nothing is held back meanwhile: a later edit says it too.
    return edited.kind === "sent"
      ? { kind: "posted", messageId: edited.value }
      : outcomeOf(edited, LONGEST_WAIT_MS, posting);
  };

/** Returns the message in which the card stands now. */
async function showAnew(
  rest: REST,
  { destination, messageId }: GrownCard,
  card: Card,
  { self, pack, cards }: Posting,
): Promise<string> {
  const { channelId, messageId: shown } = readPlace(destination, messageId);
  const bodies = [cardBody(card, pack, cards), plainBody(card)] as const;
  const show = async (id: string) => {
    try {
      await withFallback(bodies, (body) => editMessage(rest, channelId, id, body));
    } catch (error) {
      if (cards !== "embeds" || failureOf(error).kind !== "rejected") throw error;
      // A message that was made of components stays so, though embeds are chosen now.
      if (!(await isOfComponents(rest, channelId, id))) throw error;
      await editMessage(rest, channelId, id, componentsBody(card, pack));
    }
  };
  /**
   * Discord lets an old message be edited a few times an hour: the card is shown anew below it, and edited there from then on.
   */
  const replyInstead = async (): Promise<string> => {
    const place = inChannel(rest, channelId, nonceOf({ ...card, destination: `${messageId} anew` }), shown);
    // The reply of an earlier try, whose answer was lost, is the newest message with this card's buttons.
    const newest = await place.find({ self, mark: buttonId("why", card) });
    if (newest === null || newest === shown) return withFallback(bodies, place.create);
    await show(newest);
    return newest;
  };
  try {
    await show(shown);
    return messageId;
  } catch (error) {
    if (failureOf(error).kind !== "edited-too-often") throw error;
    const anew = await replyInstead();
    return channelId === destination ? anew : `${channelId}/${anew}`;
  }
}

/**
 * A try before this one may have been carried out with its answer lost. Discord forgets a nonce after a few minutes, so
 * the place itself is asked before a repetition; the buttons of a message say what it shows.
 */
async function once(
  claim: Claim,
  { kind }: ChannelFacts,
  place: Place,
  mark: string,
  posting: Posting,
  bodies: () => Promise<readonly [Body, Body]>,
): Promise<string> {
  const earlier = claim.attempts > 1 ? await place.find({ self: posting.self, mark }) : null;
  const messageId = earlier ?? (await withFallback(await bodies(), (body) => place.create(body)));
  if (kind === "announcement") await posting.publishing.publish(claim.destination, messageId);
  return messageId;
}

/** As an embed, and as plain text where embeds are not permitted. */
async function withFallback<T>([embed, plain]: readonly [Body, Body], send: (body: Body) => Promise<T>): Promise<T> {
  try {
    return await send(embed);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== "forbidden" || failure.code === NO_ACCESS) throw error;
    return send(plain);
  }
}

/** Missing Access: the channel cannot even be seen, and plain text would not help. */
const NO_ACCESS = 50001;

async function roleToMention(
  subscriptions: Awaited<ReturnType<typeof subscriptionsOf>>,
  { db, clock }: Posting,
): Promise<string | null> {
  for (const { id, manner } of subscriptions) {
    if (manner.mention !== null && (await mayMention(db, id, MENTION_EVERY_MS, clock()))) return manner.mention;
  }
  return null;
}

/** The same for every try of one delivery. */
const nonceOf = ({ storyId, revision, destination }: Pick<Claim, "storyId" | "revision" | "destination">): string =>
  nonceFor(`${storyId} ${revision} ${destination}`);

async function posted(claim: Claim, posting: Posting, work: (rest: REST) => Promise<string>): Promise<PostOutcome> {
  const sent = await posting.attempt(work);
  if (sent.kind === "sent") return { kind: "posted", messageId: sent.value };
  const { random, missing, forbidden, log } = posting;
  const outcome = outcomeOf(sent, waitAfter(claim.attempts, random), posting);
  if (outcome.kind === "rejected") {
    const { storyId: story, revision } = claim;
    log.error("a post was refused as malformed", { story, revision, reason: outcome.reason });
  }
  if (sent.kind !== "forbidden") return outcome;
  const reason = permissionSentence(sent, missing(claim.destination));
  forbidden(claim.destination, reason);
  return { kind: "forbidden", reason };
}

/** What a failure means for what was to be posted or edited; `waitMs` where nobody said how long to wait. */
export function outcomeOf(failure: Failure, waitMs: number, { clock }: Posting): PostOutcome {
  const { kind, reason } = failure;
  switch (kind) {
    case "later":
    case "token": {
      const ms = kind === "token" ? TOKEN_WAIT_MS : (failure.afterMs ?? waitMs);
      return { kind: "retry", at: new Date(clock().getTime() + Math.ceil(ms)), reason };
    }
    case "forbidden":
      return { kind, reason };
    case "gone":
      return { kind, reason: `The channel is gone: ${reason}` };
    default:
      return { kind: "rejected", reason };
  }
}

function permissionSentence(
  { code, reason }: Extract<Failure, { kind: "forbidden" }>,
  missing: readonly string[],
): string {
  const likely = code === NO_ACCESS ? ["View Channel"] : ["Send Messages"];
  const names = missing.length > 0 ? missing : likely;
  return `Policywire lacks ${names.join(" and ")} in this channel: ${reason}`;
}

/** Exponential, with a jitter of a half so that many channels do not come back together. */
function waitAfter(attempts: number, random: () => number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_WAIT_MS);
  return wait * (0.5 + random() / 2);
}
