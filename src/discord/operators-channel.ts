import { randomBytes } from "node:crypto";
import { type REST, Routes } from "discord.js";
import { cutText } from "#text/cut.ts";
import type { Attempt } from "./attempt.ts";
import { fitting } from "./commands/list.ts";
import type { Log } from "./connection.ts";
import { escapeText } from "./escape.ts";
import { NO_MENTIONS } from "./message.ts";
import { findWords } from "./requests.ts";

/** Discord's limit. */
const MAX_CONTENT = 2_000;

/** Links are not shown as previews. */
const SUPPRESS_EMBEDS = 1 << 2;

/** What waits while Discord is away; older sentences are in the log. */
const MOST_WAITING = 50;

/** Discord takes 25 characters at most. */
const newNonce = () => randomBytes(12).toString("base64url");

/** What the operators are told, in a channel of their own. */
export type Operators = {
  readonly tell: (sentence: string) => void;
  readonly close: () => void;
};

type Given = {
  readonly attempt: Attempt;
  /** The bot's own user id. */
  readonly self: string;
  readonly channelId: string;
  readonly log: Log;
  readonly againMs: number;
};

/** `unsure` once it may stand there although no answer said so. */
type Message = { readonly content: string; readonly nonce: string; readonly unsure: boolean };

/** Sentences that come while Discord is away wait, `againMs` from one try to the next, and come together, each once. */
export function createOperators(given: Given): Operators {
  const { attempt, channelId, log, againMs } = given;
  let waiting: readonly string[] = [];
  let open: Message | null = null;
  let newest = "0";
  let again: NodeJS.Timeout | null = null;
  let saying = false;
  const say = async () => {
    again = null;
    saying = true;
    try {
      while (open !== null || waiting.length > 0) {
        if (open === null) [open, waiting] = compose(waiting);
        const message: Message = open;
        const sent = await attempt((rest) => sayOnce(rest, message, newest, given));
        if (sent.kind === "later") {
          open = { ...message, unsure: message.unsure || sent.unsure };
          again = setTimeout(begin, Math.max(sent.afterMs ?? 0, againMs)).unref();
          return;
        }
        open = null;
        if (sent.kind === "sent") newest = sent.value;
        else {
          waiting = [];
          log.error("the operators' channel cannot be posted to", { channel: channelId, reason: sent.reason });
        }
      }
    } finally {
      saying = false;
    }
  };
  const begin = () => void say().catch((error: unknown) => log.error("the operators could not be told", { error }));
  return {
    tell(sentence) {
      waiting = [...waiting, escapeText(sentence)].slice(-MOST_WAITING);
      if (!saying && again === null) begin();
    },
    close() {
      if (again !== null) clearTimeout(again);
    },
  };
}

/** As many of the sentences that wait as have room, and those that wait further. */
function compose(waiting: readonly string[]): [Message, readonly string[]] {
  const [first = "", ...others] = waiting;
  const fits = fitting(waiting, MAX_CONTENT);
  const content = fits || cutText(first, MAX_CONTENT);
  const left = fits === "" ? others : waiting.slice(fits.split("\n").length);
  return [{ content, nonce: newNonce(), unsure: false }, left];
}

/** For some minutes Discord itself drops a repetition, by its nonce; afterwards what was carried out is found, below the `newest` known. */
async function sayOnce(
  rest: REST,
  { content, nonce, unsure }: Message,
  newest: string,
  { self, channelId }: Given,
): Promise<string> {
  const found = unsure ? await findWords(rest, channelId, { self, content, after: newest }) : null;
  if (found !== null) return found;
  const body = { content, nonce, enforce_nonce: true, allowed_mentions: NO_MENTIONS, flags: SUPPRESS_EMBEDS };
  return ((await rest.post(Routes.channelMessages(channelId), { body })) as { readonly id: string }).id;
}
