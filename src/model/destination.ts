/**
/**
 * What the outbox owes something to: a channel, post by post, by its id; a subscription, in a digest or a memo; or a channel, in the
 * line that stands for what would be too much within an hour, or in the message that reminds it of deadlines.
 */
export type Destination =
  | string
  | { readonly kind: "digest" | "memo"; readonly subscriptionId: number }
  | { readonly kind: "overflow" | "reminders"; readonly channel: string };

/** The destinations that a poster reaches. */
export type Reach = "terminal" | "channels";

export const digestOf = (subscriptionId: number): Destination => ({ kind: "digest", subscriptionId });

export const memoOf = (subscriptionId: number): Destination => ({ kind: "memo", subscriptionId });

export const overflowOf = (channel: string): Destination => ({ kind: "overflow", channel });

export const remindersOf = (channel: string): Destination => ({ kind: "reminders", channel });

/** Where a channel, and what is asked for there, is told what moves. */
export const newsDestinationsOf = (
  channel: string,
  subscriptions: readonly { readonly id: number }[],
): readonly Destination[] => [channel, overflowOf(channel), ...subscriptions.map(({ id }) => digestOf(id))];

/** All that is owed to a channel and to what is asked for there. */
export const destinationsOf: typeof newsDestinationsOf = (channel, subscriptions) => [
  ...newsDestinationsOf(channel, subscriptions),
  ...subscriptions.map(({ id }) => memoOf(id)),
  remindersOf(channel),
];

/** As it is stored, and by which two are told apart. */
export function keyOf(destination: Destination): string {
  if (typeof destination === "string") return destination;
  return `${destination.kind}:${"channel" in destination ? destination.channel : destination.subscriptionId}`;
}

export function destinationFrom(key: string): Destination {
  const [, kind, of = ""] = /^(digest|memo|overflow|reminders):(.*)$/s.exec(key) ?? [];
  switch (kind) {
    case "digest":
      return digestOf(Number(of));
    case "memo":
      return memoOf(Number(of));
    case "overflow":
      return overflowOf(of);
    case "reminders":
      return remindersOf(of);
    default:
      return key;
  }
}
