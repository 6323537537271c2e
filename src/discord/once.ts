import type { REST } from "discord.js";
import type { Db } from "#store/engine/database.ts";
import { lastTry, noteTry, TRY_MS, type Try, takeOver } from "#store/outbox/tries.ts";
import { type ChannelFacts, may } from "./channels.ts";
import { type Failure, failureOf, mayBeDone, Overtaken, Unfinished } from "./failure.ts";
import { withFallback } from "./fallback.ts";
import type { Body } from "./message.ts";
import { findForumPost, findMessage, type Sign } from "./requests.ts";

/** Something that is to be said once, however often it is tried, and by whom. */
export type Saying = {
  /** The channel that asked for it. */
  readonly destination: string;
  readonly facts: ChannelFacts;
  /** The delivery that it belongs to; 0 for none. */
  readonly deliveryId: number;
  /** The same for every try; `attempt` counts them. */
  readonly nonce: string;
  readonly attempt: number;
  readonly sign: Sign;
  readonly rest: REST;
  readonly db: Db;
  readonly clock: () => Date;
};

/** Where it may go. */
export type Place = {
  /** Of the channel, thread or forum. */
  readonly id: string;
  /** Whether Discord knows the nonce there, and so drops a repetition for some minutes. */
  readonly repeatable: boolean;
  /** Returns the message as it is stored: `message`, or `thread/message` inside a thread. */
  create(body: Body): Promise<string>;
};

/**
 * Says it in the first of the places that takes it, and returns the message. A try before this one may have been carried out with its
 * answer lost, or may be yet. Discord forgets a nonce after some minutes and knows none in a forum: so the place of that try is looked
 * into, and until it is sure to be over nothing is begun elsewhere, whatever is allowed or wished by now.
 */
export async function once(
  saying: Saying,
  places: readonly Place[],
  bodies: () => Promise<readonly [Body, Body]>,
): Promise<string> {
  const { attempt, db, clock, facts } = saying;
  let last: Try | null = null;
  const lookedAt = clock();
  if (attempt > 1) {
    const taken = await takeOver(db, keyOf(saying), attempt, lookedAt);
    if (taken === null) throw new Overtaken();
    last = taken.last;
    for (const id of last === null ? places.map((place) => place.id) : [last.place]) {
      const found = await find(saying, id);
      if (found !== null) return found;
    }
  }
  const open = last !== null && last.until > lookedAt ? last : null;
  return withFallback(await bodies(), facts, (body) => inFirst(places, (place) => tryIn(saying, place, body, open)));
}

/** A revision that is owed anew, after its channel was forgotten, begins anew. */
const keyOf = ({ nonce, deliveryId }: Saying) => `${nonce} of ${deliveryId}`;

/** `open` is an earlier try that may be carried out yet. */
async function tryIn(saying: Saying, place: Place, body: Body, open: Try | null): Promise<string> {
  const { attempt, db, clock } = saying;
  const key = keyOf(saying);
  const now = clock().getTime();
  if (open !== null && !(place.repeatable && place.id === open.place))
    throw new Unfinished(Math.max(0, open.until.getTime() - now));
  const begun = { place: place.id, until: new Date(now + TRY_MS) };
  if (!(await noteTry(db, key, attempt, begun))) throw new Overtaken();
  try {
    return await place.create(body);
  } catch (error) {
    if (!mayBeDone(error)) await noteTry(db, key, attempt, open);
    throw error;
  }
}

/** In a thread that was deleted, locked, or refuses the bot, nothing is said: one thread never stops its channel. */
async function inFirst<T>([place, ...others]: readonly Place[], use: (place: Place) => Promise<T>): Promise<T> {
  if (place === undefined) throw new Error("whatever is said has a place");
  try {
    return await use(place);
  } catch (error) {
    if (others.length === 0 || !isLost(error)) throw error;
    return inFirst(others, use);
  }
}

/** The message of an earlier try; null where there is none, and none to come. */
export async function earlierOf(saying: Saying): Promise<string | null> {
  const { db, clock } = saying;
  const last = await lastTry(db, keyOf(saying));
  if (last === null) return null;
  const lookedAt = clock();
  const found = await find(saying, last.place);
  if (found === null && last.until > lookedAt) throw new Unfinished(last.until.getTime() - lookedAt.getTime());
  return found;
}

/** Looks for the message of an earlier try in a place. */
async function find({ destination, facts, sign, rest }: Saying, id: string): Promise<string | null> {
  if (id === destination && facts.kind === "forum") {
    // Without the right to read history nothing is found there, and to wait is all there is.
    if (!may(facts, "reply")) return null;
    const post = await findForumPost(rest, { id, guildId: facts.guildId ?? "" }, sign);
    return post === null ? null : `${post}/${post}`;
  }
  try {
    const found = await findMessage(rest, id, sign);
    return found === null || id === destination ? found : `${id}/${found}`;
  } catch (error) {
    if (id === destination || !isLost(error)) throw error;
    return null;
  }
}

const isLost = (error: unknown) => LOST.includes(failureOf(error).kind);

const LOST: readonly Failure["kind"][] = ["gone", "message-gone", "archived", "no-thread", "forbidden"];
