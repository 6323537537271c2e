import { isDeepStrictEqual } from "node:util";
import {
  AT_ONCE,
  isPersons,
  isReaders,
  MOST_OF_PERSON,
  MOST_OF_SERVER,
  MOST_READERS_OF_SERVER,
  type Subscription,
} from "#model/subscription.ts";
import type { Db } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import {
  changeSubscription,
  createSubscription,
  type NewSubscription,
  removeSubscription,
  resumeSubscription,
  subscriptionById,
  subscriptionsOf,
  writeSubscription,
} from "./subscriptions.ts";

/** `known` stands for the very same request, which was saved before; `full` says who asks for as much as one may. */
export type Subscribed =
  | { readonly kind: "known"; readonly subscription: Subscription }
  | { readonly kind: "subscribed"; readonly subscription: Subscription; readonly replaced: Subscription | null }
  | Full;

type Full = { readonly kind: "full"; readonly who: "person" | "readers" | "server" };

/**
 * Saves a request of a person or a server, if there is room for it; or, where `replaces` is a request of theirs, changes that one.
 * It keeps its number and, in the same channel, the time from which on it gets what is new. Saved twice, as by two presses or
 * after an answer that was lost, it is one.
 */
export async function subscribe(
  db: Db,
  wanted: NewSubscription,
  replaces: number | null,
  now: Date,
): Promise<Subscribed> {
  return transact(db, async (tx) => {
    const named = replaces === null ? null : await subscriptionById(tx, replaces);
    if (named !== null && isTheirs(named, wanted)) {
      const { filter, manner = AT_ONCE, destination } = wanted;
      const kept = destination === named.destination ? named : { ...named, ...wanted, ...UNPAUSED, createdAt: now };
      const subscription = { ...kept, filter, manner };
      await changeSubscription(tx, subscription);
      return { kind: "subscribed", subscription, replaced: named };
    }
    const same = await sameAs(tx, wanted);
    if (same !== undefined) {
      if (same.pausedAt !== null) await resumeSubscription(tx, same.id);
      return { kind: "known", subscription: same };
    }
    const who = await fullOf(tx, wanted);
    if (who !== null) return { kind: "full", who };
    return { kind: "subscribed", subscription: await createSubscription(tx, wanted, now), replaced: null };
  });
}

async function sameAs(tx: Db, wanted: NewSubscription): Promise<Subscription | undefined> {
  const { guildId, destination, filter, manner = AT_ONCE, createdBy } = wanted;
  const there = await subscriptionsOf(tx, { destination });
  return there.find(
    (one) =>
      one.guildId === guildId &&
      (guildId !== null || one.createdBy === createdBy) &&
      isDeepStrictEqual([one.filter, one.manner], [filter, manner]),
  );
}

const UNPAUSED = { pausedAt: null, pauseReason: null };

/** Of the same server or, in direct messages, the same person; nobody changes what a reader follows of one story. */
const isTheirs = (known: Subscription, { guildId, createdBy }: NewSubscription): boolean =>
  known.guildId === guildId && !isReaders(known) && (guildId !== null || known.createdBy === createdBy);

/** Takes back what was saved: all is as it was before. False, and nothing done, where it was changed since. */
export async function unsubscribe(
  db: Db,
  { subscription, replaced }: Extract<Subscribed, { kind: "subscribed" }>,
): Promise<boolean> {
  return transact(db, async (tx) => {
    const stands = await subscriptionById(tx, subscription.id);
    if (stands === null || !asksTheSame(stands, subscription)) return false;
    if (replaced === null) return removeSubscription(tx, subscription.id);
    const { pausedAt, pauseReason } = stands.destination === replaced.destination ? stands : replaced;
    await changeSubscription(tx, { ...replaced, pausedAt, pauseReason });
    return true;
  });
}

const asksTheSame = (one: Subscription, other: Subscription): boolean =>
  one.destination === other.destination && isDeepStrictEqual([one.filter, one.manner], [other.filter, other.manner]);

/** Writes back what was removed, unless it stands there or what it asks for would now be too much. */
export async function restore(db: Db, removed: Subscription): Promise<{ readonly kind: "restored" } | Full> {
  return transact(db, async (tx) => {
    if ((await subscriptionById(tx, removed.id)) !== null) return { kind: "restored" };
    const who = await fullOf(tx, removed);
    if (who !== null) return { kind: "full", who };
    await writeSubscription(tx, removed);
    return { kind: "restored" };
  });
}

/** Who could ask for no more beside `wanted`; null while there is room. */
async function fullOf(tx: Db, wanted: NewSubscription): Promise<Full["who"] | null> {
  const { guildId, createdBy } = wanted;
  const ofServer = guildId === null ? [] : await subscriptionsOf(tx, { guildId });
  const readers = ofServer.filter(isReaders);
  if (guildId !== null && !isReaders(wanted))
    return ofServer.length - readers.length >= MOST_OF_SERVER ? "server" : null;
  const own = createdBy === null ? [] : (await subscriptionsOf(tx, { createdBy })).filter(isPersons);
  if (own.length >= MOST_OF_PERSON) return "person";
  return readers.length >= MOST_READERS_OF_SERVER ? "readers" : null;
}
