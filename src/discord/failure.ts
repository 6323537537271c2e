import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";

/** What an error of Discord's REST means for what we do next. */
export type Failure =
  /** The token is refused: everything stops. */
  | { readonly kind: "token"; readonly reason: string }
  | { readonly kind: "forbidden"; readonly reason: string; readonly code: number }
  | { readonly kind: "gone"; readonly reason: string }
  /** The message to edit or to answer is gone: post anew. */
  | { readonly kind: "message-gone"; readonly reason: string }
  /** The thread exists already; its id is the message's. */
  | { readonly kind: "done"; readonly reason: string }
  | { readonly kind: "archived"; readonly reason: string }
  | { readonly kind: "edited-too-often"; readonly reason: string }
  /** A forum that requires a tag. */
  | { readonly kind: "needs-tag"; readonly reason: string }
  /** Come back after `afterMs` milliseconds; null where nobody said how long. `reached` is false when nothing was sent. */
  | { readonly kind: "later"; readonly reason: string; readonly afterMs: number | null }
  /** Our own bug, which no repetition mends. */
  | { readonly kind: "rejected"; readonly reason: string };

/**
 * Reads an error by its status and its code: servers that are compatible with Discord do not all send Discord's codes.
 * Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError) {
    if (error.method === "PATCH" && error.retryAfter === 0) return { kind: "edited-too-often", reason: TOO_OLD };
    const scope = error.global ? "global" : error.scope;
    return {
      kind: "later",
      reason: `Rate limited (${scope}).`,
      afterMs: Math.max(error.timeToReset, error.retryAfter, 0),
    };
  }
  if (error instanceof DiscordAPIError) return refusalOf(error.status, Number(error.code), error.message);
  if (error instanceof HTTPError) return { kind: "later", reason: `Discord answered ${error.status}.`, afterMs: null };
  const network = networkCode(error);
  if (network !== null) return { kind: "later", reason: `Discord could not be reached (${network}).`, afterMs: null };
  throw new Error("a request to Discord failed on our side", { cause: error });
}

/** Discord sends 30046 with the status of a rate limit but without a time to wait, and discord.js drops the code. */
const TOO_OLD = "Messages older than an hour were edited too often.";

/** Connect, socket and DNS errors, undici's own, and an abort by the time-out. */
const NETWORK = /^(?:E[A-Z]+|UND_ERR_\w+|ABORT_ERR)$/;

/** `ECONNRESET`, `UND_ERR_SOCKET`, `AbortError` …, here or in a cause; null for what is no failure of the network. */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string" && NETWORK.test(error.code)) return error.code;
  if (error.name === "AbortError") return error.name;
  return networkCode(error.cause);
}

function refusalOf(status: number, code: number, message: string): Failure {
  const reason = `${message} (${status}, code ${Number.isNaN(code) ? "none" : code})`;
  switch (code) {
    case 50001:
    case 50013:
      return { kind: "forbidden", reason, code };
    case 10003:
    case 10004:
    case 10015:
      return { kind: "gone", reason };
    case 10008:
      return { kind: "message-gone", reason };
    case 160004:
      return { kind: "done", reason };
    case 50083:
      return { kind: "archived", reason };
    case 30046:
      return { kind: "edited-too-often", reason };
    case 40067:
      return { kind: "needs-tag", reason };
    case 130000:
      return { kind: "later", reason, afterMs: null };
    case 50035:
    case 50006:
    case 40005:
      return { kind: "rejected", reason };
  }
  if (status === 401) return { kind: "token", reason };
  if (status === 403) return { kind: "forbidden", reason, code };
  if (status === 404) return { kind: "gone", reason };
  if (status === 408 || status === 429 || status >= 500) return { kind: "later", reason, afterMs: null };
  return { kind: "rejected", reason };
}
