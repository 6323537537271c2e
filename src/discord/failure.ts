import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { type Meaning, meaningOf } from "./codes.ts";

/** What an error of Discord's REST means for what we do next: `codes.ts` says what each kind is. */
export type Failure =
  | { readonly kind: "forbidden"; readonly reason: string; readonly code: number }
  /**
   * Come back after `afterMs` milliseconds; null where nobody said how long. `unsure` where Discord may have done what was asked, or
   * may do it yet.
   */
  | { readonly kind: "later"; readonly reason: string; readonly afterMs: number | null; readonly unsure: boolean }
  | { readonly kind: Exclude<Meaning, "forbidden" | "later">; readonly reason: string };

/** An answer without Discord's form: of a proxy, a firewall, a sign-in page. Nothing that it says is believed. */
export class Stranger extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`not Discord's own answer (${status})`);
    this.status = status;
  }
}

/** Work that Discord may still finish is asked for again not before then. */
export class Unfinished extends Error {
  readonly afterMs: number;
  constructor(afterMs: number) {
    super("Discord may still finish what was asked for before.");
    this.afterMs = afterMs;
  }
}

/** Whoever held up a message until somebody else had claimed it does not send it any more. */
export class Overtaken extends Error {
  constructor() {
    super("Somebody else has it to post by now.");
  }
}

/** Whether Discord may have done what was asked, or may do it yet, in spite of this error. */
export function mayBeDone(error: unknown): boolean {
  const failure = failureOf(error);
  return failure.kind === "later" && failure.unsure;
}

/** Reads an error by its code and, where that says nothing, by its status. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError) {
    if (error.method === "PATCH" && error.retryAfter === 0) return { kind: "edited-too-often", reason: TOO_OLD };
    const scope = error.global ? "global" : error.scope;
    return later(`Rate limited (${scope}).`, Math.max(error.timeToReset, error.retryAfter, 0));
  }
  if (error instanceof Unfinished) return later(error.message, error.afterMs, true);
  if (error instanceof Overtaken) return later(error.message, null);
  if (error instanceof Stranger) return later(`Something before Discord answered ${error.status}.`, null, true);
  if (error instanceof DiscordAPIError) return refusalOf(error.status, Number(error.code), error.message);
  if (error instanceof HTTPError) return later(`Discord answered ${error.status}.`, null, true);
  const network = networkCode(error);
  if (network !== null) return later(`Discord could not be reached (${network}).`, null, true);
  throw new Error("a request to Discord failed on our side", { cause: error });
}

const later = (reason: string, afterMs: number | null, unsure = false): Failure => ({
  kind: "later",
  reason,
  afterMs,
  unsure,
});

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
  const reason = `${message} (${status}, code ${code})`;
  const meaning = meaningOf(code) ?? meaningByStatus(status, code);
  if (meaning === "forbidden") return { kind: meaning, reason, code };
  return meaning === "later" ? later(reason, null, status >= 500) : { kind: meaning, reason };
}

/** A code that is new to us, or 0, which says nothing: a 404 of that kind is of an address, not of what it names. */
function meaningByStatus(status: number, code: number): Meaning {
  if (status === 401) return "token";
  if (status === 403) return "forbidden";
  if (status === 408 || status === 429 || status >= 500 || (status === 404 && code === 0)) return "later";
  return "rejected";
}
