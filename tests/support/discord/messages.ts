import { PermissionFlagsBits } from "discord.js";
import {
  BOT_USER,
  type Channel,
  channelJson,
  type Json,
  type Message,
  messageJson,
  newChannel,
  permissionsIn,
  snowflake,
  type World,
} from "./world.ts";

/** What a route answers. */
export type Answer = { readonly status: number; readonly body: unknown };

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const nothing: Answer = { status: 204, body: null };
export const refuse = (status: number, code: number, message: string): Answer => ({ status, body: { code, message } });

/** Discord remembers an enforced nonce for "a few minutes". */
const NONCE_WINDOW_MS = 3 * 60_000;

const missingAccess = refuse(403, 50001, "Missing Access");
const missingPermissions = refuse(403, 50013, "Missing Permissions");
const unknownChannel = refuse(404, 10003, "Unknown Channel");
const unknownMessage = refuse(404, 10008, "Unknown Message");

/** Once set on a message, this flag stays, and content and embeds are refused. */
const COMPONENTS_V2 = 1 << 15;

const CROSSPOSTED = 1 << 0;

export type Files = Message["files"];

export function newMessage(body: Json, channelId: string, now: Date, files: Files = []): Message {
  const reference = body.message_reference as Json | undefined;
  return {
    id: snowflake(now),
    channelId,
    authorId: BOT_USER,
    at: now,
    nonce: body.nonce === undefined ? null : String(body.nonce),
    replyTo: reference === undefined ? null : String(reference.message_id),
    flags: Number(body.flags ?? 0),
    content: String(body.content ?? ""),
    embeds: (body.embeds as Json[] | undefined) ?? [],
    components: (body.components as Json[] | undefined) ?? [],
    editedAt: null,
    edits: [],
    files,
    threadId: null,
  };
}

export function change(message: Message, body: Json, now: Date): void {
  (message.edits as Message["edits"][number][] as { content: string; embeds: readonly Json[] }[]).push({
    content: message.content,
    embeds: message.embeds,
  });
  if (body.content !== undefined) message.content = String(body.content ?? "");
  if (body.embeds !== undefined) message.embeds = (body.embeds as Json[] | null) ?? [];
  if (body.components !== undefined) message.components = (body.components as Json[] | null) ?? [];
  if (body.flags !== undefined) message.flags |= Number(body.flags);
  message.editedAt = now;
}

function needs(world: World, channel: Channel, permission: bigint): boolean {
  return (permissionsIn(world, channel) & permission) === 0n;
}

/** What is seen of a channel: the channel, or the refusal. A person's own is never hidden. */
function visible(world: World, channelId: string): Channel | Answer {
  const channel = world.channels.get(channelId);
  if (channel === undefined) return unknownChannel;
  return channel.guildId !== null && needs(world, channel, PermissionFlagsBits.ViewChannel) ? missingAccess : channel;
}

export function readChannel(world: World, channelId: string): Answer {
  const channel = visible(world, channelId);
  return "status" in channel ? channel : ok(channelJson(world, channel));
}

/** What stops a message there; null where nothing does. Sending opens a thread that is archived, and not one that is locked. */
function stopsSending(world: World, channel: Channel, body: Json, files: Files): Answer | null {
  if (channel.refuses !== null) return refuse(403, channel.refuses, "Cannot send messages to this user");
  if (channel.type === 15) return refuse(400, 50008, "Cannot send messages in a non-text channel");
  if (channel.guildId === null) return null;
  const send = channel.type === 11 ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  if (needs(world, channel, send)) return missingPermissions;
  if (channel.locked && needs(world, channel, PermissionFlagsBits.ManageThreads))
    return channel.archived ? refuse(400, 50083, "Thread is archived") : refuse(403, 160005, "This thread is locked");
  const embeds = (body.embeds as Json[] | undefined) ?? [];
  if (embeds.length > 0 && needs(world, channel, PermissionFlagsBits.EmbedLinks)) return missingPermissions;
  if (files.length > 0 && needs(world, channel, PermissionFlagsBits.AttachFiles)) return missingPermissions;
  if (body.message_reference !== undefined && needs(world, channel, PermissionFlagsBits.ReadMessageHistory))
    return refuse(403, 160002, "Cannot reply without permission to read message history");
  return null;
}

export function createMessage(world: World, channelId: string, body: Json, now: Date, files: Files): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  const stopped = stopsSending(world, channel, body, files);
  if (stopped !== null) return stopped;
  channel.archived = false;
  const reference = body.message_reference as Json | undefined;
  if (reference !== undefined && !channel.messages.some((message) => message.id === reference.message_id)) {
    if (reference.fail_if_not_exists !== false) return refuse(400, 50035, "Invalid Form Body");
  }
  const key = `${channelId}:${String(body.nonce)}`;
  const known = world.nonces.get(key);
  if (
    body.nonce !== undefined &&
    body.enforce_nonce === true &&
    known !== undefined &&
    now.getTime() - known.at < NONCE_WINDOW_MS
  ) {
    const earlier = channel.messages.find((message) => message.id === known.messageId);
    if (earlier !== undefined) return ok(messageJson(world, earlier));
  }
  const message = newMessage(body, channelId, now, files);
  channel.messages.push(message);
  if (body.nonce !== undefined) world.nonces.set(key, { messageId: message.id, at: now.getTime() });
  return ok({ ...messageJson(world, message), nonce: message.nonce });
}

export function editMessage(world: World, channelId: string, messageId: string, body: Json, now: Date): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  const message = channel.messages.find((candidate) => candidate.id === messageId);
  if (message === undefined) return unknownMessage;
  // One's own message takes no right to send; but nothing changes in what is archived.
  if (channel.archived) return refuse(400, 50083, "Thread is archived");
  if (((body.embeds as Json[] | null | undefined) ?? []).length > 0 && channel.guildId !== null)
    if (needs(world, channel, PermissionFlagsBits.EmbedLinks)) return missingPermissions;
  const after = { content: message.content, embeds: message.embeds, components: message.components, ...body };
  if (![after.content, ...(after.embeds ?? []), ...(after.components ?? [])].some(Boolean))
    return refuse(400, 50006, "Cannot send an empty message");
  const old = [body.content, ...((body.embeds as Json[] | undefined) ?? [])].some(Boolean);
  if ((message.flags & COMPONENTS_V2) !== 0 && old) return refuse(400, 50035, "Invalid Form Body");
  change(message, body, now);
  return ok(messageJson(world, message));
}

export function deleteMessage(world: World, channelId: string, messageId: string): Answer {
  const channel = world.channels.get(channelId);
  if (channel === undefined) return unknownChannel;
  const at = channel.messages.findIndex((message) => message.id === messageId);
  if (at < 0) return unknownMessage;
  channel.messages.splice(at, 1);
  return nothing;
}

/** Newest first, as Discord lists them; without the right to read history the list is empty. */
export function listMessages(world: World, channelId: string, query: URLSearchParams): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  if (channel.guildId !== null && needs(world, channel, PermissionFlagsBits.ReadMessageHistory)) return ok([]);
  const before = query.get("before");
  const after = query.get("after");
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) return refuse(400, 50035, "Invalid Form Body: limit is from 1 to 100");
  const inside = channel.messages.filter(
    (message) =>
      (before === null || BigInt(message.id) < BigInt(before)) &&
      (after === null || BigInt(message.id) > BigInt(after)),
  );
  const chosen = after === null ? inside.slice(-limit) : inside.slice(0, limit);
  return ok(chosen.toReversed().map((message) => messageJson(world, message)));
}

export function readMessage(world: World, channelId: string, messageId: string): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  if (channel.guildId !== null && needs(world, channel, PermissionFlagsBits.ReadMessageHistory))
    return missingPermissions;
  const message = channel.messages.find((candidate) => candidate.id === messageId);
  return message === undefined ? unknownMessage : ok(messageJson(world, message));
}

export function crosspost(world: World, channelId: string, messageId: string): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  if (needs(world, channel, PermissionFlagsBits.SendMessages)) return missingPermissions;
  const message = channel.messages.find((candidate) => candidate.id === messageId);
  if (message === undefined) return unknownMessage;
  if (channel.type !== 5) return refuse(400, 50068, "Invalid message type");
  if (world.crossposts.includes(messageId)) return refuse(400, 40033, "This message has already been crossposted.");
  world.crossposts.push(messageId);
  message.flags |= CROSSPOSTED;
  return ok(messageJson(world, message));
}

function addThread(world: World, parent: Channel, id: string, name: string, appliedTags: readonly string[]): Channel {
  const thread = newChannel({ id, guildId: parent.guildId, type: 11, name, parentId: parent.id, appliedTags });
  world.channels.set(id, thread);
  return thread;
}

/** A forum post: a thread with its first message, under one id. A repeated request makes a second one, as Discord does. */
export function createThread(world: World, channelId: string, body: Json, now: Date, files: Files): Answer {
  const parent = visible(world, channelId);
  if ("status" in parent) return parent;
  if (needs(world, parent, PermissionFlagsBits.SendMessages)) return missingPermissions;
  const content = (body.message as Json | undefined) ?? null;
  const applied = ((body.applied_tags as string[] | undefined) ?? []).map(String);
  if (parent.type === 15) {
    if (content === null) return refuse(400, 50035, "Invalid Form Body");
    const chosen = applied.map((id) => parent.tags.find((tag) => tag.id === id));
    if (chosen.includes(undefined)) return refuse(404, 10087, "Unknown tag");
    if (chosen.some((tag) => tag?.moderated === true) && needs(world, parent, PermissionFlagsBits.ManageThreads))
      return missingPermissions;
    if (parent.requireTag && applied.length === 0)
      return refuse(400, 40067, "A tag is required to create a forum post in this channel");
    if (
      ((content.embeds as Json[] | undefined) ?? []).length > 0 &&
      needs(world, parent, PermissionFlagsBits.EmbedLinks)
    )
      return missingPermissions;
  }
  const thread = addThread(world, parent, snowflake(now), String(body.name), applied);
  if (content === null) return { status: 201, body: channelJson(world, thread) };
  const message: Message = { ...newMessage(content, thread.id, now, files), id: thread.id };
  thread.messages.push(message);
  return { status: 201, body: { ...channelJson(world, thread), message: messageJson(world, message) } };
}

export function threadFromMessage(world: World, channelId: string, messageId: string, body: Json): Answer {
  const parent = visible(world, channelId);
  if ("status" in parent) return parent;
  if (needs(world, parent, PermissionFlagsBits.CreatePublicThreads)) return missingPermissions;
  const message = parent.messages.find((candidate) => candidate.id === messageId);
  if (message === undefined) return unknownMessage;
  if (message.threadId !== null) return refuse(400, 160004, "A thread has already been created for this message");
  const thread = addThread(world, parent, messageId, String(body.name), []);
  message.threadId = thread.id;
  return { status: 201, body: channelJson(world, thread) };
}

export function activeThreads(world: World, guildId: string): Answer {
  const threads = [...world.channels.values()].filter(
    (channel) => channel.type === 11 && channel.guildId === guildId && !channel.archived,
  );
  return ok({ threads: threads.map((thread) => channelJson(world, thread)), members: [] });
}

/** Newest first. */
export function archivedThreads(world: World, channelId: string): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  if (needs(world, channel, PermissionFlagsBits.ReadMessageHistory)) return missingPermissions;
  const threads = [...world.channels.values()].filter(({ parentId, archived }) => parentId === channelId && archived);
  return ok({
    threads: threads.toReversed().map((thread) => channelJson(world, thread)),
    members: [],
    has_more: false,
  });
}

export function changeChannel(world: World, channelId: string, body: Json): Answer {
  const channel = visible(world, channelId);
  if ("status" in channel) return channel;
  const right = channel.locked ? PermissionFlagsBits.ManageThreads : PermissionFlagsBits.SendMessagesInThreads;
  if (needs(world, channel, right)) return missingPermissions;
  if (body.archived !== undefined) channel.archived = body.archived === true;
  if (body.name !== undefined) channel.name = String(body.name);
  return ok(channelJson(world, channel));
}
