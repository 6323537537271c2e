import { type Claim, NO_STORY, type PostOutcome, type PostQuietDay, type PostSilences } from "#model/delivery.ts";
import type { PostHeld } from "#model/review.ts";
import { quietLine, quietMark, silencesBody, silencesMark } from "./digest-message.ts";
import { heldBody, heldMark } from "./held-message.ts";
import type { Body } from "./message.ts";
import { LONGEST_WAIT_MS, lone, outcomeOf, type Posting } from "./post.ts";

/*
 * What is posted and is no delivery: nothing is owed and nothing claimed. So a message that stands already, by the id of its button, is
 * looked for at each try, and nobody's requests are paused by a refusal.
 */

/** Posts that nothing was due for a digest. */
export const createPostQuietDay =
  (posting: Posting): PostQuietDay =>
  (quiet) =>
    postOnce(quiet.destination, quiet.subscriptionId, quietMark(quiet), "Nothing moved", quietLine(quiet), posting);

/** Posts what has long been silent. */
export const createPostSilences =
  (posting: Posting): PostSilences =>
  (silences) =>
    postOnce(
      silences.destination,
      silences.subscriptionId,
      silencesMark(silences),
      "Silent",
      silencesBody(silences),
      posting,
    );

/** Tells moderators, in the channel of the operators, of an article that is held back. */
export const createPostHeld =
  (posting: Posting, channelId: string): PostHeld =>
  (held) =>
    postOnce(channelId, held.articleId, heldMark(held.articleId), "Held for review", heldBody(held), posting);

async function postOnce(
  destination: string,
  number: number,
  mark: string,
  name: string,
  body: Body,
  posting: Posting,
): Promise<PostOutcome> {
  const claim: Claim = {
    deliveryId: 0,
    storyId: NO_STORY,
    revision: number,
    destination,
    attempts: REPEATED,
    ...NO_REPLY,
  };
  const sent = await posting.attempt((rest) => lone(rest, claim, posting, mark, name, [body, body]));
  return sent.kind === "sent"
    ? { kind: "posted", messageId: sent.value.messageId }
    : outcomeOf(sent, LONGEST_WAIT_MS, posting);
}

/** As if it had been tried before. */
const REPEATED = 2;

const NO_REPLY = { messageId: null, sagaMessageId: null };
