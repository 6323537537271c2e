import type { REST, RESTOptions } from "discord.js";
import type { Amend } from "#model/amendment.ts";
import type { Decide } from "#model/decision.ts";
import type { CardStyle } from "#model/delivery.ts";
import type { MakeMemo } from "#model/memo.ts";
import type { Pack } from "#model/pack.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";

import { believing } from "./believing.ts";
import { failureOf } from "./failure.ts";

/** One request. discord.js's own retries are off: the outbox repeats, with the same nonce. Short enough to end within a stop. */
const REQUEST_MS = 7_000;

/** Paused channels are looked at this often beside what the gateway tells: a change may fall between a refusal and its note. */
const LOOK_MS = MINUTE_MS;

/** The longest wait before what is refused, and nothing explains why, is tried again. */
const REFUSED_MS = HOUR_MS;

/** discord.js tells at every so many refused requests. */
const INVALID_STEP = 500;

type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;
export type Log = { readonly error: Say; readonly warn: Say; readonly info: Say };

/** What people may change about stories: what one says, and which articles it is made of. */
export type ByHand = { readonly amend: Amend; readonly decide: Decide };

export type Connection = {
  readonly token: string;
  /** REST base: `https://discord.com/api` or that of a compatible server. */
  readonly api: string;
  readonly db: Db;
  /** The same for those who ask: see `Store`; `db` unless given. */
  readonly lookUps?: Db;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly log: Log;
  readonly random?: () => number;
  /** How fast Discord answers, in milliseconds, below 0 while not known; the gateway's own measure unless given. */
  readonly ping?: () => number;
  /** The channel in which the operators are told what they should act on; null for none. */
  readonly operatorsChannel?: string | null;
  /** How cards are shown; as embeds when left out. */
  readonly cards?: CardStyle;
  /** Sets stories right as a moderator decided; absent where nobody may. */
  readonly byHand?: ByHand;
  /** Composes memos for those who ask; absent where nobody may. */
  readonly makeMemo?: MakeMemo;
  /** What a kind of destination beside Discord can be told; absent where there are none. */
  readonly holds?: (kind: string) => Promise<readonly string[]>;
  /** Called once, with a sentence, when Discord refuses the token while the bot runs: nothing works from then on. */
  readonly stopped?: (reason: string) => void;
  /** Hears the HTTP status of every answer of Discord. */
  readonly answered?: (status: number) => void;
  /** In place of REQUEST_MS, LOOK_MS and REFUSED_MS, where time runs faster. */
  readonly paces?: Paces;
};

type Paces = { readonly requestMs: number; readonly lookMs: number; readonly refusedMs: number };

/** `refused` holds a sentence for the person who runs the bot. */
export type Connected<T> =
  | { readonly kind: "connected"; readonly bot: T }
  | { readonly kind: "refused"; readonly reason: string };

export const pacesOf = ({ paces }: Connection): Paces =>
  paces ?? { requestMs: REQUEST_MS, lookMs: LOOK_MS, refusedMs: REFUSED_MS };

/** How Discord is asked, by the gateway's client and by those who only post. */
export function restOptions(connection: Connection): Partial<RESTOptions> {
  return {
    api: connection.api,
    makeRequest: believing,
    retries: 0,
    timeout: pacesOf(connection).requestMs,
    rejectOnRateLimit: () => true,
    invalidRequestWarningInterval: INVALID_STEP,
  };
}

/** From now on, every answer to this client is heard of. */
export function hearAnswers(rest: REST, { answered }: Connection): void {
  if (answered !== undefined) rest.on("response", (_, { status }) => answered(status));
}

export const BAD_TOKEN =
  "Discord refused the token. Copy it anew from the Bot page of the developer portal into DISCORD_TOKEN.";

/** Tells once that the token is refused, whoever meets it: the gateway or a request. Says nothing any more after the end. */
export type TokenWatch = { refused(): void; end(): void; isRefused(): boolean };

export function watchToken({ log, stopped }: Connection): TokenWatch {
  let [refused, ended] = [false, false];
  return {
    refused() {
      if (refused || ended) return;
      refused = true;
      log.error("Discord refused the token; posting stops", { reason: BAD_TOKEN });
      stopped?.(BAD_TOKEN);
    },
    end() {
      ended = true;
    },
    isRefused: () => refused,
  };
}

/** What a log-in that threw means, in a sentence. */
export function loginFailure(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "TokenInvalid") return BAD_TOKEN;
  const failure = failureOf(error);
  return failure.kind === "token" ? BAD_TOKEN : `Discord cannot be logged into: ${failure.reason}`;
}

/**
 * Discord bans an address for 10,000 answers of 401, 403 or 429 within ten minutes. At this many, posting waits the window out.
 */
const INVALID_BUDGET = 5_000;

/** When something may be posted again, should too many requests have been refused. */
export function watchRefusals(rest: REST, { clock, log }: Connection): () => Date {
  let until = new Date(0);
  rest.on("invalidRequestWarning", ({ count, remainingTime }) => {
    if (count < INVALID_BUDGET) return;
    until = new Date(clock().getTime() + remainingTime);
    log.error("too many refused requests; posting waits", { count, until });
  });
  return () => until;
}
