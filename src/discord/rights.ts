import { PermissionFlagsBits } from "discord.js";

/**
 * A right by its name in Discord's settings. What README asks for in the invitation, and two that a server may give beside them:
 * a mention of a role that not everybody may mention, and posts into threads that a moderator locked.
 */
const BITS = {
  "View Channel": PermissionFlagsBits.ViewChannel,
  "Send Messages": PermissionFlagsBits.SendMessages,
  "Send Messages in Threads": PermissionFlagsBits.SendMessagesInThreads,
  "Create Public Threads": PermissionFlagsBits.CreatePublicThreads,
  "Embed Links": PermissionFlagsBits.EmbedLinks,
  "Attach Files": PermissionFlagsBits.AttachFiles,
  "Read Message History": PermissionFlagsBits.ReadMessageHistory,
  "Mention Everyone": PermissionFlagsBits.MentionEveryone,
  "Manage Threads": PermissionFlagsBits.ManageThreads,
} as const;

export type Right = keyof typeof BITS;

/** What each kind of act takes. An edit of one's own message takes no more than to see it. */
export const NEEDS = {
  edit: ["View Channel"],
  post: ["View Channel", "Send Messages"],
  embed: ["Embed Links"],
  file: ["Attach Files"],
  reply: ["Read Message History"],
  /** A thread under a message, and what is said there. */
  thread: ["Create Public Threads", "Send Messages in Threads"],
  /** In a thread, of a forum too. */
  within: ["View Channel", "Send Messages in Threads"],
  locked: ["Manage Threads"],
  publish: ["Send Messages"],
  mention: ["Mention Everyone"],
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type Act = keyof typeof NEEDS;

/** What the bot may do in a channel. */
export type Rights = {
  /** Permission bits there. */
  readonly held: bigint;
  /** Permission bits in the server, before what the channel itself says. */
  readonly inServer: bigint;
  /** A moderator has silenced the bot until then, whatever rights it holds; null while nobody has. */
  readonly timedOutUntil: Date | null;
};

/** The rights that these acts take and the bot does not hold, by their names. */
export function lacking({ held }: Pick<Rights, "held">, acts: readonly Act[]): readonly Right[] {
  const needed = new Set<Right>(acts.flatMap((act) => NEEDS[act]));
  return [...needed].filter((name) => (held & BITS[name]) === 0n);
}

/** Whether all of them are missing in the whole server, and not in this one channel. */
export const areServers = ({ inServer }: Rights, names: readonly Right[]): boolean =>
  names.every((name) => (inServer & BITS[name]) === 0n);

/** An administrator holds every right, and cannot be silenced. */
export const ADMINISTRATOR = PermissionFlagsBits.Administrator;
