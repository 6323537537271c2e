import type { REST } from "discord.js";
import type { Card, Claim } from "#model/delivery.ts";
import type { Db } from "#store/engine/database.ts";
import type { ChannelFacts } from "./channels.ts";
import { type Failure, failureOf } from "./failure.ts";
import { forumPost } from "./forum.ts";
import type { Body } from "./message.ts";
import type { Place } from "./requests.ts";
import * as requests from "./requests.ts";
import { type Act, lacking } from "./rights.ts";

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
  readonly facts: ChannelFacts;
  readonly nonce: string;
  readonly rest: REST;
  readonly db: Db;
  readonly clock: () => Date;
};

/** Whether nothing is known to stand against it. */
const may = ({ rights }: ChannelFacts, ...acts: Act[]): boolean =>
  rights === null || lacking(rights, acts).length === 0;

/**
 * The place of one revision: the channel, as a reply to the card before, of its story or else of its saga; a forum post of
 * its own; or the thread of the story, where later movements go to one (`threads`).
 */
export function placeOf(wanted: Wanted, card: Card, threads: boolean): Place {
  const { claim, facts, nonce, rest } = wanted;
  const { destination } = claim;
  const earlier = claim.messageId === null ? null : readPlace(destination, claim.messageId);
  const replying = (to: string | null) => inChannel(rest, destination, nonce, may(facts, "reply") ? to : null);
  if (earlier === null) return facts.kind === "forum" ? postOfCard(wanted, card) : replying(answered(claim));
  if (earlier.channelId !== destination) {
    // A thread has the id of the message that it stands under.
    const otherwise = facts.kind === "forum" ? postOfCard(wanted, card) : replying(earlier.channelId);
    return may(facts, "within") ? inThread(wanted, earlier.channelId, async () => {}, otherwise) : otherwise;
  }
  const otherwise = replying(earlier.messageId);
  if (!threads || !may(facts, "thread")) return otherwise;
  const open = () => requests.threadUnder(rest, destination, earlier.messageId, card.title);
  return inThread(wanted, earlier.messageId, open, otherwise);
}

function postOfCard({ claim, facts, rest, db, clock }: Wanted, { title: name, points, stage, places }: Card): Place {
  const about = [...points, ...(stage === null ? [] : [stage]), ...places];
  const { destination: forumId, deliveryId } = claim;
  return forumPost({ forumId, facts, name, about, deliveryId }, rest, db, clock);
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
export function messageIn({ claim, facts, nonce, rest, db, clock }: Wanted, name: string): Place {
  const { destination, deliveryId } = claim;
  if (facts.kind !== "forum") return inChannel(rest, destination, nonce, null);
  return forumPost({ forumId: destination, facts, name, about: [], deliveryId }, rest, db, clock);
}

/**
 * In a thread; when that was deleted, locked, or refuses the bot, at `otherwise`: one thread never stops its channel. It is opened
 * before something is said there, and not to look into it.
 */
function inThread({ nonce, rest }: Wanted, threadId: string, open: () => Promise<unknown>, otherwise: Place): Place {
  const within = async <T>(use: () => Promise<T>, instead: () => Promise<T>): Promise<T> => {
    try {
      return await use();
    } catch (error) {
      if (LOST.includes(failureOf(error).kind)) return instead();
      throw error;
    }
  };
  const find = async (sign: Parameters<Place["find"]>[0]) => {
    const found = await requests.findMessage(rest, threadId, sign);
    return found === null ? null : `${threadId}/${found}`;
  };
  const create = async (body: Body) => {
    await open();
    return `${threadId}/${await createIn(rest, { channelId: threadId, body, nonce, replyTo: null })}`;
  };
  return {
    // The try before may have found the thread closed, and gone elsewhere.
    find: async (sign) =>
      (await within(
        () => find(sign),
        async () => null,
      )) ?? otherwise.find(sign),
    create: (body) =>
      within(
        () => create(body),
        () => otherwise.create(body),
      ),
  };
}

const LOST: readonly Failure["kind"][] = ["gone", "message-gone", "archived", "no-thread", "forbidden"];
