/**
 * What the outbox owes something to: a channel, post by post, by its id; a subscription, in a digest or a memo; or a channel, in the
 * line that stands for what would be too much within an hour, or in the message that reminds it of deadlines.
 */
export type Destination =
  | string
  | { readonly kind: "digest" | "memo"; readonly subscriptionId: number }
  | { readonly kind: "overflow" | "reminders"; readonly channel: string };

/** The destinations that a poster reaches: the terminal, Discord's channels, or those of a kind that operators named. */
export type Reach = "terminal" | "channels" | { readonly kind: string };

/**
 * A destination beside Discord's channels and the terminal, which operators set up under a name. It is owed what a channel is owed, and
 * stands in a channel's place in keys and subscriptions.
 */
export type NamedDestination = {
  /** Of one kind or another no two are named alike. */
  readonly name: string;
  /** `webhook`: see `destinations/kinds.ts`. */
  readonly kind: string;
  /** Where it leads, without a secret: `hooks.example`. */
  readonly leadsTo: string;
  /** Its settings, sealed. */
  readonly sealed: string;
  /** Discord's snowflake of the server whose managers may have it follow something; null where operators alone may. */
  readonly guildId: string | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly pausedAt: Date | null;
  /** Why it is paused, in a sentence. */
  readonly pauseReason: string | null;
};

/** What a destination may be named: it stands in keys, commands and logs. */
export const DESTINATION_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** In the place of a channel's id: `webhook:desk`. No channel's id has a colon. */
export const keyOfNamed = ({ kind, name }: Pick<NamedDestination, "kind" | "name">): string => `${kind}:${name}`;

/** The kind and name of what stands in the place of a channel; null for a channel, and for the terminal. */
export function namedIn(channel: string): Pick<NamedDestination, "kind" | "name"> | null {
  const [, kind, name] = /^([a-z]+):(.+)$/s.exec(channel) ?? [];
  return kind === undefined || name === undefined ? null : { kind, name };
}

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
