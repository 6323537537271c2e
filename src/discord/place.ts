import type { REST } from "discord.js";
import type { Card, Claim } from "#model/delivery.ts";
import { may } from "./channels.ts";
import { failureOf } from "./failure.ts";
import { forumPost } from "./forum.ts";
import type { Place, Saying } from "./once.ts";
import * as requests from "./requests.ts";

export function readPlace(
  destination: string,
  stored: string,
): { readonly channelId: string; readonly messageId: string } {
  const [thread = "", message] = stored.split("/");
  return message === undefined
    ? { channelId: destination, messageId: stored }
    : { channelId: thread, messageId: message };
}

/**
 * The places of one revision, the one that is wanted first: the thread of the story, where later movements go to one (`threads`); the
 * channel, as a reply to the card before, of its story or else of its saga; in a forum a post of its own.
 */
export function placesOf(saying: Saying, claim: Claim, card: Card, threads: boolean): readonly Place[] {
  const { destination, facts, rest } = saying;
  if (claim.messageId === null) return [ownPlace(saying, card, answered(claim))];
  const { channelId, messageId } = readPlace(destination, claim.messageId);
  // A thread has the id of the message that it stands under.
  if (channelId !== destination) {
    const others = [ownPlace(saying, card, channelId)];
    return may(facts, "within") ? [placeIn(saying, channelId, null), ...others] : others;
  }
  const others = [ownPlace(saying, card, messageId)];
  const open = () => requests.threadUnder(rest, destination, messageId, card.title);
  return threads && may(facts, "thread") ? [placeIn(saying, messageId, null, open), ...others] : others;
}

/** The channel itself, or a post of its own in a forum. */
function ownPlace(saying: Saying, { title, points, stage, places }: Card, replyTo: string | null): Place {
  if (saying.facts.kind === "forum")
    return forumPost(saying, title, [...points, ...(stage === null ? [] : [stage]), ...places]);
  return placeIn(saying, saying.destination, may(saying.facts, "reply") ? replyTo : null);
}

/** The place of a message that answers none, under a name where the channel is a forum. */
export const placeOfItsOwn = (saying: Saying, name: string): Place =>
  saying.facts.kind === "forum" ? forumPost(saying, name, []) : placeIn(saying, saying.destination, null);

/** What stands in a thread is answered, in the channel, where the thread begins: at the message that has its id. */
function answered({ destination, sagaMessageId }: Claim): string | null {
  if (sagaMessageId === null) return null;
  const { channelId, messageId } = readPlace(destination, sagaMessageId);
  return channelId === destination ? messageId : channelId;
}

/** In the channel or a thread, which is opened before something is said there, and not to look into it. */
export const placeIn = (
  { destination, nonce, rest }: Saying,
  id: string,
  replyTo: string | null,
  open: () => Promise<unknown> = async () => {},
): Place => ({
  id,
  repeatable: true,
  async create(body) {
    await open();
    const messageId = await createIn(rest, { channelId: id, body, nonce, replyTo });
    return id === destination ? messageId : `${id}/${messageId}`;
  },
});

/** What is posted to may be a thread, which Discord archives when it was silent for long. */
async function createIn(rest: REST, creation: Parameters<typeof requests.createMessage>[1]): Promise<string> {
  try {
    return await requests.createMessage(rest, creation);
  } catch (error) {
    if (failureOf(error).kind !== "archived") throw error;
    await requests.unarchive(rest, creation.channelId);
    return requests.createMessage(rest, creation);
  }
}
