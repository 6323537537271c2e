import { createHash } from "node:crypto";
import { type REST, Routes } from "discord.js";
import type { Card, Claim, Post, PostOutcome } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { type Failure, failureOf } from "./failure.ts";
import { type Body, buttonId, embedBody, plainBody } from "./message.ts";

/** Waiting doubles from the first to the last of these. Discord's own outages last minutes, and a post an hour late is late. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** With a refused token nothing works until somebody acts. */
const TOKEN_WAIT_MS = 5 * 60_000;

/** Discord's own limit for a nonce. */
const NONCE_CHARACTERS = 25;

/** As many as Discord lists at once. A post is looked for after minutes or hours, not after hundreds of others. */
const LOOKED_THROUGH = 100;

export type Posting = {
  readonly rest: REST;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly random: () => number;
  /** Permissions the bot lacks in a channel, by their names in Discord; empty when it cannot tell. */
  readonly missingIn: (channelId: string) => readonly string[];
  /** Called when the token is refused. */
  readonly tokenRefused: (reason: string) => void;
};

/** Posts one revision to its channel: exactly once, whatever was cut or answered late before. */
export function createPost(posting: Posting): Post {
  return async (claim, card) => {
    try {
      const earlier = claim.attempts > 1 ? await find(claim, card, posting) : null;
      return { kind: "posted", messageId: earlier ?? (await send(claim, card, posting)) };
    } catch (error) {
      return outcomeOf(failureOf(error), claim, posting);
    }
  };
}

/**
 * A try before this one may have been carried out with its answer lost. Discord forgets a nonce after a few minutes, so
 * the channel itself is asked first; the buttons of a message say which revision it shows.
 */
async function find(claim: Claim, card: Card, { rest }: Posting): Promise<string | null> {
  const query = new URLSearchParams({ limit: String(LOOKED_THROUGH) });
  const messages = (await rest.get(Routes.channelMessages(claim.destination), { query })) as readonly Shown[];
  return messages.find((message) => marks(message, buttonId("why", card)))?.id ?? null;
}

type Shown = {
  readonly id: string;
  readonly components?: readonly { readonly components?: readonly { readonly custom_id?: string }[] }[];
};

const marks = (message: Shown, id: string) =>
  message.components?.some((row) => row.components?.some((button) => button.custom_id === id)) ?? false;

async function send(claim: Claim, card: Card, posting: Posting): Promise<string> {
  try {
    return await create(claim, embedBody(card, posting.pack), posting);
  } catch (error) {
    const failure = failureOf(error);
    const mayWrite =
      failure.kind === "forbidden" && posting.missingIn(claim.destination).every((name) => name === "Embed Links");
    if (!mayWrite) throw error;
    return create(claim, plainBody(card), posting);
  }
}

async function create(claim: Claim, body: Body, { rest }: Posting): Promise<string> {
  const reply =
    claim.messageId === null ? {} : { message_reference: { message_id: claim.messageId, fail_if_not_exists: false } };
  const message = (await rest.post(Routes.channelMessages(claim.destination), {
    body: { ...body, ...reply, nonce: nonceOf(claim), enforce_nonce: true },
  })) as { readonly id: string };
  return message.id;
}

/** The same for every try of one delivery, so that Discord itself drops a repetition. */
function nonceOf({ storyId, revision, destination }: Pick<Claim, "storyId" | "revision" | "destination">): string {
  return createHash("sha256")
    .update(`${storyId} ${revision} ${destination}`)
    .digest("base64url")
    .slice(0, NONCE_CHARACTERS);
}

function outcomeOf(failure: Failure, claim: Claim, posting: Posting): PostOutcome {
  const { clock, random, missingIn, tokenRefused } = posting;
  const later = (ms: number, reason: string): PostOutcome => ({
    kind: "retry",
    at: new Date(clock().getTime() + Math.ceil(ms)),
    reason,
  });
  switch (failure.kind) {
    case "later":
      return later(failure.afterMs ?? waitAfter(claim.attempts, random), failure.reason);
    case "token":
      tokenRefused(failure.reason);
      return later(TOKEN_WAIT_MS, failure.reason);
    case "forbidden":
      return { kind: "forbidden", reason: permissionSentence(failure, missingIn(claim.destination)) };
    case "gone":
      return { kind: "gone", reason: `The channel is gone: ${failure.reason}` };
    default:
      return { kind: "rejected", reason: failure.reason };
  }
}

function permissionSentence(
  { code, reason }: Extract<Failure, { kind: "forbidden" }>,
  missing: readonly string[],
): string {
  const likely = code === 50001 ? ["View Channel"] : ["Send Messages"];
  const names = missing.length > 0 ? missing : likely;
  return `Policywire lacks ${names.join(" and ")} in this channel: ${reason}`;
}

/** Exponential, with a jitter of a half so that many channels do not come back together. */
function waitAfter(attempts: number, random: () => number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_WAIT_MS);
  return wait * (0.5 + random() / 2);
}
