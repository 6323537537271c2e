import { createHash } from "node:crypto";
import { MessageFlags, type REST, Routes } from "discord.js";
import { labelWithin } from "./escape.ts";
import { failureOf } from "./failure.ts";
import type { Body } from "./message.ts";

/** The few requests that posting makes, each exactly once: the outbox repeats. */

/** A component with those that it holds. */
type Component = { readonly custom_id?: string; readonly components?: readonly Component[] };

type Shown = {
  readonly id: string;
  readonly author?: { readonly id: string };
  readonly content?: string;
  readonly components?: readonly Component[];
};

/**
 * What tells a message of ours: who we are, and the id of one of its buttons, which anybody's bot may give to a button too; where
 * an older one of ours has that button as well, the newest message that is not it, `after`.
 */
export type Sign = { readonly self: string; readonly mark: string; readonly after?: string };

type Thread = { readonly id: string; readonly owner_id?: string; readonly parent_id?: string | null };

/** As many as Discord lists at once, and how many such lists are read: a post that was held up for hours stands below what was said since. */
const LISTED = 100;
const MOST_LISTS = 5;

/**
 * Cards, digests, memos and reminders come to a forum one of each at a time; while one waits for its next try, others go on. Each that
 * is looked at is a request, of which a try has time for so many.
 */
const NEWEST_POSTS = 25;

const THREAD_NAME = 100;

/** Our newest message whose button has this id. */
export const findMessage = (rest: REST, channelId: string, sign: Sign): Promise<string | null> =>
  findShown(rest, channelId, (message) => isOurs(message, sign));

/** Our newest message of these words; of what stands no later than the message `after` none. */
export const findWords = (
  rest: REST,
  channelId: string,
  { self, content, after }: { readonly self: string; readonly content: string; readonly after: string },
): Promise<string | null> =>
  findShown(rest, channelId, (message) => isOf(message, self, after) && message.content === content);

/** The newest that is meant. Without the right to read history the list is empty, and so is the answer. */
async function findShown(rest: REST, channelId: string, isMeant: (message: Shown) => boolean): Promise<string | null> {
  let before: { readonly before: string } | null = null;
  for (let lists = 0; lists < MOST_LISTS; lists += 1) {
    const query = new URLSearchParams({ limit: String(LISTED), ...before });
    const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as readonly Shown[];
    const found = messages.find(isMeant);
    if (found !== undefined) return found.id;
    const oldest = messages.at(-1);
    if (oldest === undefined || messages.length < LISTED) return null;
    before = { before: oldest.id };
  }
  return null;
}

const isOurs = (message: Shown, { self, mark, after = "0" }: Sign): boolean =>
  isOf(message, self, after) && marks(message, mark);

const isOf = ({ id, author }: Shown, self: string, after: string): boolean =>
  author?.id === self && BigInt(id) > BigInt(after);

const marks = ({ components = [] }: Pick<Shown, "components">, mark: string): boolean =>
  components.some((one) => one.custom_id === mark || marks(one, mark));

type Creation = {
  readonly channelId: string;
  readonly body: Body;
  readonly nonce: string;
  readonly replyTo: string | null;
};

/** Of a nonce; Discord's own limit. */
const NONCE_CHARACTERS = 25;

/** The same for the same thing to be said, so that Discord itself drops a repetition within minutes. */
export const nonceFor = (what: string): string =>
  createHash("sha256").update(what).digest("base64url").slice(0, NONCE_CHARACTERS);

/** Where one may not reply it stands alone. */
export async function createMessage(rest: REST, creation: Creation): Promise<string> {
  try {
    return await createOnce(rest, creation);
  } catch (error) {
    if (creation.replyTo === null || failureOf(error).kind !== "no-reply") throw error;
    return createOnce(rest, { ...creation, replyTo: null });
  }
}

async function createOnce(rest: REST, { channelId, body, nonce, replyTo }: Creation): Promise<string> {
  const reply = replyTo === null ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  const { files = [], ...message } = body;
  const made = await rest.post(Routes.channelMessages(channelId), {
    body: { ...message, ...reply, nonce, enforce_nonce: true },
    files,
  });
  return (made as { readonly id: string }).id;
}

/** Returns the message's flags. */
export async function editMessage(rest: REST, channelId: string, messageId: string, body: Body): Promise<number> {
  const edited = await rest.patch(Routes.channelMessage(channelId, messageId), {
    body: { content: null, ...(body.flags === undefined ? {} : { embeds: null }), ...body },
  });
  return (edited as { readonly flags?: number }).flags ?? 0;
}

export async function isOfComponents(rest: REST, channelId: string, messageId: string): Promise<boolean> {
  const message = (await rest.get(Routes.channelMessage(channelId, messageId))) as { readonly flags?: number };
  return ((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
}

/** A post of ours in a forum, by the button of its first message: its name may be another one by now. */
export async function findForumPost(
  rest: REST,
  forum: { readonly id: string; readonly guildId: string },
  sign: Sign,
): Promise<string | null> {
  // A moderator may have closed it at once.
  for (const list of [Routes.guildActiveThreads(forum.guildId), Routes.channelThreads(forum.id, "public")] as const) {
    const { threads } = (await rest.get(list)) as { readonly threads: readonly Thread[] };
    const ours = threads.filter(({ parent_id, owner_id }) => parent_id === forum.id && owner_id === sign.self);
    for (const { id } of ours.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1)).slice(0, NEWEST_POSTS)) {
      const first = await firstIn(rest, id);
      if (first !== null && isOurs(first, sign)) return id;
    }
  }
  return null;
}

/** The message that a post began with; null where somebody deleted it. */
async function firstIn(rest: REST, threadId: string): Promise<Shown | null> {
  try {
    return (await rest.get(Routes.channelMessage(threadId, threadId))) as Shown;
  } catch (error) {
    if (failureOf(error).kind !== "message-gone") throw error;
    return null;
  }
}

export async function createForumPost(
  rest: REST,
  forumId: string,
  post: { readonly name: string; readonly body: Body; readonly tags: readonly string[] },
): Promise<string> {
  const { files = [], ...message } = post.body;
  const body = {
    name: threadName(post.name),
    message,
    ...(post.tags.length === 0 ? {} : { applied_tags: post.tags }),
  };
  return ((await rest.post(Routes.threads(forumId), { body, files })) as { readonly id: string }).id;
}

/** The thread under a message, made now or before: its id is the message's. */
export async function threadUnder(rest: REST, channelId: string, messageId: string, name: string): Promise<string> {
  try {
    await rest.post(Routes.threads(channelId, messageId), { body: { name: threadName(name) } });
  } catch (error) {
    if (failureOf(error).kind !== "done") throw error;
  }
  return messageId;
}

/** Makes a person see the thread in their list and hear of what is said in it. */
export async function addToThread(rest: REST, threadId: string, userId: string): Promise<void> {
  await rest.put(Routes.threadMembers(threadId, userId));
}

/** The id of the channel in which a person reads what the bot writes to them alone. */
export async function directChannel(rest: REST, userId: string): Promise<string> {
  return ((await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })) as { readonly id: string }).id;
}

export async function unarchive(rest: REST, threadId: string): Promise<void> {
  await rest.patch(Routes.channel(threadId), { body: { archived: false } });
}

export async function publish(rest: REST, channelId: string, messageId: string): Promise<void> {
  await rest.post(Routes.channelMessageCrosspost(channelId, messageId));
}

const threadName = (title: string): string => labelWithin(title, THREAD_NAME);
