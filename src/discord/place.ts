import type { REST } from "discord.js";
import type { Card, Claim } from "#model/delivery.ts";
import type { ChannelFacts } from "./channels.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { Body } from "./message.ts";
import type { Sign } from "./requests.ts";
import * as requests from "./requests.ts";

/**
 * Where a message goes, and how it is found there again. `messageId` of a claim is `message`, or `thread/message` inside a
 * thread.
 */
export type Place = {
  /** The message of an earlier try, or null. */
  find(sign: Sign): Promise<string | null>;
  create(body: Body): Promise<string>;
};

/** A forum takes at most five tags for a post. */
const MAX_TAGS = 5;

export function readPlace(
  destination: string,
  stored: string,
): { readonly channelId: string; readonly messageId: string } {
  const [thread = "", message] = stored.split("/");
  return message === undefined
    ? { channelId: destination, messageId: stored }
    : { channelId: thread, messageId: message };
}

export type Wanted = {
  readonly claim: Claim;
  readonly card: Card;
  readonly facts: ChannelFacts;
  /** Later movements go to a thread under the first card. */
  readonly threads: boolean;
  readonly nonce: string;
  readonly rest: REST;
};

/**
 * The place of one revision: the channel, as a reply to the card before, of its story or else of its saga; a forum post of
 * its own; or the thread of the story.
 */
export function placeOf(wanted: Wanted): Place {
  const { claim, card, facts, threads, nonce, rest } = wanted;
  const { destination } = claim;
  const earlier = claim.messageId === null ? null : readPlace(destination, claim.messageId);
  const fresh =
    facts.kind === "forum"
      ? forumPost(rest, destination, facts, card.title, tagsFor(card, facts.tags))
      : inChannel(rest, destination, nonce, answered(claim));
  if (earlier === null) return fresh;
  if (earlier.channelId !== destination) return inThread(wanted, async () => earlier.channelId, fresh);
  if (!threads) return inChannel(rest, destination, nonce, earlier.messageId);
  return inThread(wanted, () => requests.threadUnder(rest, destination, earlier.messageId, card.title), fresh);
}

/** What stands in a thread is answered, in the channel, where the thread begins: at the message that has its id. */
function answered({ destination, sagaMessageId }: Claim): string | null {
  if (sagaMessageId === null) return null;
  const { channelId, messageId } = readPlace(destination, sagaMessageId);
  return channelId === destination ? messageId : channelId;
}

export function inChannel(rest: REST, channelId: string, nonce: string, replyTo: string | null): Place {
  return {
    find: (sign) => requests.findMessage(rest, channelId, sign),
    create: (body) => createIn(rest, { channelId, body, nonce, replyTo }),
  };
}

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

/** A message of its own, under a name where the channel is a forum. */
export function messageIn(rest: REST, channelId: string, facts: ChannelFacts, nonce: string, name: string): Place {
  return facts.kind === "forum" ? forumPost(rest, channelId, facts, name, []) : inChannel(rest, channelId, nonce, null);
}

function forumPost(
  rest: REST,
  forumId: string,
  { guildId, tags }: ChannelFacts,
  name: string,
  wanted: readonly string[],
): Place {
  const forum = { id: forumId, guildId: guildId ?? "" };
  const stored = (id: string) => `${id}/${id}`;
  return {
    async find(sign) {
      const thread = await requests.findForumPost(rest, forum, name, sign);
      return thread === null ? null : stored(thread);
    },
    async create(body) {
      const post = (chosen: readonly string[]) =>
        requests.createForumPost(rest, forum.id, { name, body, tags: chosen });
      try {
        return stored(await post(wanted));
      } catch (error) {
        // The forum wants a tag, and none is named like what is posted: any is better than silence.
        const any = tags[0];
        if (failureOf(error).kind !== "needs-tag" || any === undefined) throw error;
        return stored(await post([any.id]));
      }
    },
  };
}

/** Tags named like the card's friction points, its stage or its places. */
function tagsFor(card: Card, tags: ChannelFacts["tags"]): readonly string[] {
  const names = [...card.points, ...(card.stage === null ? [] : [card.stage]), ...card.places].map((name) =>
    name.toLowerCase(),
  );
  return tags
    .filter(({ name }) => names.some((wanted) => wanted === name.toLowerCase()))
    .map(({ id }) => id)
    .slice(0, MAX_TAGS);
}

/** In a thread; when that was deleted, at `otherwise`. */
function inThread({ nonce, rest }: Wanted, open: () => Promise<string>, otherwise: Place): Place {
  const within = async <T>(use: (threadId: string) => Promise<T>, instead: () => Promise<T>): Promise<T> => {
    let threadId: string;
    try {
      threadId = await open();
      return await use(threadId);
    } catch (error) {
      if (LOST.includes(failureOf(error).kind)) return instead();
      throw error;
    }
  };
  const create = async (threadId: string, body: Body) =>
    `${threadId}/${await createIn(rest, { channelId: threadId, body, nonce, replyTo: null })}`;
  return {
    find: (sign) =>
      within(
        async (threadId) => {
          const found = await requests.findMessage(rest, threadId, sign);
          return found === null ? null : `${threadId}/${found}`;
        },
        () => otherwise.find(sign),
      ),
    create: (body) =>
      within(
        (threadId) => create(threadId, body),
        () => otherwise.create(body),
      ),
  };
}

const LOST: readonly Failure["kind"][] = ["gone", "message-gone"];
