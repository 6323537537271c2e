import {
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
  subscriptionById,
  subscriptionsOf,
  writeSubscription,
} from "./subscriptions.ts";

/** `full` says who asks for as much as one may. */
export type Subscribed =
  | { readonly kind: "subscribed"; readonly subscription: Subscription; readonly replaced: Subscription | null }
  | { readonly kind: "full"; readonly who: "person" | "readers" | "server" };

/**
 * Saves a request of a person or a server, in place of the server's own `replaces` where that is given, if there is room for it.
 */
export async function subscribe(
  db: Db,
  wanted: NewSubscription,
  replaces: number | null,
  now: Date,
): Promise<Subscribed> {
  return transact(db, async (tx) => {
    const known = replaces === null ? null : await subscriptionById(tx, replaces);
    const replaced = known !== null && known.guildId === wanted.guildId && !isReaders(known) ? known : null;
    if (replaced !== null) await removeSubscription(tx, replaced.id);
    const who = await fullOf(tx, wanted);
    if (who !== null) {
      if (replaced !== null) await writeSubscription(tx, replaced);
      return { kind: "full", who };
    }
    return { kind: "subscribed", subscription: await createSubscription(tx, wanted, now), replaced };
  });
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
