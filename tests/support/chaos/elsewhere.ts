import { KINDS } from "#destinations/kinds.ts";
import { keysFrom, newKey } from "#destinations/seal.ts";
import { keyOf, namedIn } from "#model/destination.ts";
import { AT_ONCE, destinationOf, EVERYTHING, type Manner } from "#model/subscription.ts";
import { unpauseNamed } from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { heldChannels } from "#store/outbox/deliveries.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { addNamed } from "#support/receivers/named.ts";
import type { Arrival, Receiver } from "#support/receivers/receiver.ts";
import type { Owing } from "./seen.ts";

/** What seals the destinations of a play. */
export const KEY = newKey();

/** A destination beside Discord, and what its server got. */
export type OwingElsewhere = Owing & { readonly receiver: Receiver; readonly knowsAgain: boolean };

/** Two of each kind to which something will be owed: one post by post, and one in digests. Each server is for one of them. */
export async function settleElsewhere(
  db: Db,
  receivers: readonly Receiver[],
  clock: () => Date,
): Promise<OwingElsewhere[]> {
  const owing: OwingElsewhere[] = [];
  for (const [at, receiver] of receivers.entries()) {
    const { kind, settings } = receiver;
    const { holds, knowsAgain } = await KINDS[kind]!();
    // The servers of a kind come in pairs.
    const manner: Partial<Manner> = at % 2 === 1 ? { mode: "hourly" } : {};
    const place = await addNamed(db, `${kind}-${at}`, settings, { kind, keys: keysFrom(KEY) ?? [] });
    const memo = holds.includes("memo");
    const wanted = { guildId: null, destination: place, filter: EVERYTHING, createdBy: null };
    const subscription = await createSubscription(db, { ...wanted, manner: { ...AT_ONCE, memo, ...manner } }, clock());
    owing.push({
      ...{ key: keyOf(destinationOf(subscription)), place, channel: null, digest: manner.mode !== undefined },
      ...{ subscriptionId: subscription.id, owed: [], reminded: [], memos: 0, receiver, knowsAgain },
    });
  }
  return owing;
}

/** Operators take up again what paused. */
export async function resumeElsewhere(db: Db, clock: () => Date): Promise<void> {
  for (const channel of await heldChannels(db)) {
    const named = namedIn(channel);
    if (named === null) continue;
    await unpauseNamed(db, named.name);
    await resumeDestination(db, channel, new Date(0), clock());
  }
}

/** How many messages a server was sent again that its reader keeps once, by kind. */
export function repeatedIn(owing: readonly OwingElsewhere[]): Readonly<Record<string, number>> {
  const repeated: Record<string, number> = {};
  for (const { receiver, knowsAgain } of owing) {
    const arrivals = receiver.arrivals();
    const again = arrivals.length - once(arrivals, knowsAgain).length;
    repeated[receiver.kind] = (repeated[receiver.kind] ?? 0) + again;
  }
  return repeated;
}

/** What is wrong with what a server got: lost, doubled, or out of order. What it knows again it got once; elsewhere a repetition says so. */
export function seenElsewhere({ key, digest, owed, reminded, memos, receiver, knowsAgain }: OwingElsewhere): string[] {
  const arrivals = once(receiver.arrivals(), knowsAgain);
  const of = (kind: Arrival["kind"]) => arrivals.filter((arrival) => arrival.kind === kind);
  const seen = of(digest ? "digest" : "story").flatMap(({ stories }) => stories);
  const days = of("reminders").flatMap(({ stories }) => stories);
  const faults = [
    ...receiver.faults(),
    ...unequal("stories", seen, owed, digest),
    ...unequal(
      "reminders",
      days,
      reminded.map((id) => `${id}:1`),
      true,
    ),
  ];
  if (of("memo").length !== memos) faults.push(`${of("memo").length} memos of ${memos}`);
  return faults.map((fault) => `${key}: ${fault}`);
}

/** The arrivals that a reader keeps. */
function once(arrivals: readonly Arrival[], knowsAgain: boolean): readonly Arrival[] {
  const same = (one: Arrival, other: Arrival) =>
    knowsAgain ? one.id === other.id : one.kind === other.kind && one.stories.join() === other.stories.join();
  return arrivals.filter((one, at) => {
    const isAgain = arrivals.slice(0, at).some((other) => same(one, other));
    return !(isAgain && (knowsAgain || one.mayRepeat));
  });
}

function unequal(what: string, seen: readonly string[], owed: readonly string[], anyOrder: boolean): string[] {
  const [one, other] = anyOrder ? [seen.toSorted(), owed.toSorted()] : [seen, owed];
  return one.join() === other.join() ? [] : [`${what} seen: ${seen.join(" ")}; owed: ${owed.join(" ")}`];
}
