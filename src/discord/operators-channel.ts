import { randomBytes } from "node:crypto";
import { Routes } from "discord.js";
import { cutText } from "#text/cut.ts";
import type { Attempt } from "./attempt.ts";
import { fitting } from "./commands/list.ts";
import type { Log } from "./connection.ts";
import { escapeText } from "./escape.ts";
import { NO_MENTIONS } from "./message.ts";

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

/** Sentences that come while Discord is away wait, `againMs` from one try to the next, and come together. */
export function createOperators(attempt: Attempt, channelId: string, log: Log, againMs: number): Operators {
  let waiting: string[] = [];
  let unsure: { readonly content: string; readonly nonce: string } | null = null;
  let again: NodeJS.Timeout | null = null;
  let saying = false;
  const say = async () => {
    again = null;
    saying = true;
    try {
      while (waiting.length > 0) {
        const [first = ""] = waiting;
        // A message whose answer was lost may stand there: it is sent again as it was, with the same nonce.
        const message = unsure ?? {
          content: fitting(waiting, MAX_CONTENT) || cutText(first, MAX_CONTENT),
          nonce: newNonce(),
        };
        unsure = message;
        const { content } = message;
        const body = { ...message, enforce_nonce: true, allowed_mentions: NO_MENTIONS, flags: SUPPRESS_EMBEDS };
        const sent = await attempt((rest) => rest.post(Routes.channelMessages(channelId), { body }));
        if (sent.kind === "later") {
          again = setTimeout(begin, Math.max(sent.afterMs ?? 0, againMs)).unref();
          return;
        }
        if (sent.kind !== "sent")
          log.error("the operators' channel cannot be posted to", { channel: channelId, reason: sent.reason });
        unsure = null;
        waiting = sent.kind === "sent" ? waiting.slice(content.split("\n").length) : [];
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
