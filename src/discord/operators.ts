import { type REST, Routes } from "discord.js";
import { cutText } from "#text/cut.ts";
import type { Log } from "./commands/command.ts";
import { fitting } from "./commands/list.ts";
import { escapeText } from "./escape.ts";
import { failureOf } from "./failure.ts";
import { NO_MENTIONS } from "./message.ts";

/** Discord's limit. */
const MAX_CONTENT = 2_000;

/** Links are not shown as previews. */
const SUPPRESS_EMBEDS = 1 << 2;

/** What waits while Discord is away; older sentences are in the log. */
const MOST_WAITING = 50;

/** What the operators are told, in a channel of their own. */
export type Operators = {
  readonly tell: (sentence: string) => void;
  readonly close: () => void;
};

/** Sentences that come while Discord is away wait, `againMs` from one try to the next, and come together. */
export function createOperators(rest: REST, channelId: string, log: Log, againMs: number): Operators {
  let waiting: string[] = [];
  let again: NodeJS.Timeout | null = null;
  let saying = false;
  const say = async () => {
    again = null;
    saying = true;
    try {
      while (waiting.length > 0) {
        const [first = ""] = waiting;
        const content = fitting(waiting, MAX_CONTENT) || cutText(first, MAX_CONTENT);
        await rest.post(Routes.channelMessages(channelId), {
          body: { content, allowed_mentions: NO_MENTIONS, flags: SUPPRESS_EMBEDS },
        });
        waiting = waiting.slice(content.split("\n").length);
      }
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === "later") again = setTimeout(begin, Math.max(failure.afterMs ?? 0, againMs)).unref();
      else {
        waiting = [];
        log.error("the operators' channel cannot be posted to", { channel: channelId, reason: failure.reason });
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
