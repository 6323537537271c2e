import { isDeepStrictEqual } from "node:util";
import {
  AT_ONCE,
  isReaders,
  MOST_OF_PERSON,
  MOST_OF_SERVER,
  MOST_READERS_OF_SERVER,
  type Subscription,
} from "#model/subscription.ts";
import type { Db } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import {
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
  | { readonly kind: "full"; readonly who: "person" | "readers" | "server" };

/**
 * Saves a request of a person or a server, in place of the server's own `replaces` where that is given, if there is room for it.
 * Saved twice, as by two presses or after an answer that was lost, it is one.
 */
export async function subscribe(
  db: Db,
  wanted: NewSubscription,
  replaces: number | null,
  now: Date,
): Promise<Subscribed> {
  return transact(db, async (tx) => {
    const named = replaces === null ? null : await subscriptionById(tx, replaces);
    const replaced = named !== null && named.guildId === wanted.guildId && !isReaders(named) ? named : null;
    const same = await sameAs(tx, wanted);
    if (same !== undefined && (replaced === null || replaced.id === same.id)) {
      if (same.pausedAt !== null) await resumeSubscription(tx, same.id);
      return { kind: "known", subscription: same };
    }
    if (replaced !== null) await removeSubscription(tx, replaced.id);
    const who = await fullOf(tx, wanted);
    if (who !== null) {
      if (replaced !== null) await writeSubscription(tx, replaced);
      return { kind: "full", who };
    }
    return { kind: "subscribed", subscription: await createSubscription(tx, wanted, now), replaced };
  });
}

async function sameAs(tx: Db, wanted: NewSubscription): Promise<Subscription | undefined> {
  const { guildId, destination, filter, manner = AT_ONCE } = wanted;
  const there = await subscriptionsOf(tx, { destination });
  return there.find((one) => one.guildId === guildId && isDeepStrictEqual([one.filter, one.manner], [filter, manner]));
}

/** Takes back what was just saved: all is as it was before. */
export async function unsubscribe(
  db: Db,
  { subscription, replaced }: Extract<Subscribed, { kind: "subscribed" }>,
): Promise<void> {
  await transact(db, async (tx) => {
    await removeSubscription(tx, subscription.id);
    if (replaced !== null) await writeSubscription(tx, replaced);
  });
}

/** Who could ask for no more beside `wanted`; null while there is room. */
async function fullOf(tx: Db, wanted: NewSubscription): Promise<"person" | "readers" | "server" | null> {
  const { guildId, createdBy } = wanted;
  const ofServer = guildId === null ? [] : await subscriptionsOf(tx, { guildId });
  const readers = ofServer.filter(isReaders);
  if (!isReaders(wanted)) return ofServer.length - readers.length >= MOST_OF_SERVER ? "server" : null;
  const own = createdBy === null ? [] : (await subscriptionsOf(tx, { createdBy })).filter(isReaders);
  if (own.length >= MOST_OF_PERSON) return "person";
  return readers.length >= MOST_READERS_OF_SERVER ? "readers" : null;
}
