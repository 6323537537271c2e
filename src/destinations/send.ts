import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { LONGEST_ANSWER } from "#model/limits.ts";
import { type Agents, createAgents, type Proxies } from "#pipeline/fetch/agents.ts";
import { describeFault, isOurs } from "#pipeline/fetch/fault.ts";
import { createGuard, type Guard, guardedLookup, judge } from "#pipeline/fetch/guard.ts";
import { createLookup } from "#pipeline/fetch/resolve.ts";
import { retryAfterMs } from "#pipeline/fetch/retry-after.ts";
import type { Sent } from "./message.ts";

export type SendRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type SendOutcome =
  /** `body` is the answer's, its first LONGEST_ANSWER characters; `afterMs` what it says of when to come back. */
  | { readonly kind: "answered"; readonly status: number; readonly body: string; readonly afterMs: number | null }
  /** `begun` where the request left, and may have been carried out. */
  | { readonly kind: "failed"; readonly begun: boolean; readonly reason: string };

/** POSTs once and follows no redirect. What a server or the way to it does is a value. */
export type Send = (request: SendRequest) => Promise<SendOutcome>;

export type SenderOptions = {
  readonly userAgent: string;
  /** CIDRs that may be dialled beside public addresses, and the only ones that are asked without encryption. */
  readonly allowNetworks: readonly string[];
  readonly proxies: Proxies | null;
  readonly clock: () => Date;
  /** Resolves names; see resolve.ts unless given. */
  readonly lookup?: LookupFunction;
  readonly deadlines?: Deadlines;
};

/** `totalMs` of all, so far within a claim that nobody else sends meanwhile. */
export type Deadlines = { readonly connectMs: number; readonly totalMs: number };

export const PATIENT: Deadlines = { connectMs: 10_000, totalMs: 20_000 };

/** Posts of a batch may all go to one server. */
const CONNECTIONS = 20;

const LOOPBACK = ["127.0.0.0/8", "::1/128"];

export type Sender = { readonly send: Send; readonly lookup: LookupFunction; close(): Promise<void> };

/**
 * Sends where an operator said, and nowhere else: to public addresses and named networks over https, to named networks alone over http,
 * and to this machine where the address itself says so. A name never leads there.
 */
export function createSender(options: SenderOptions): Sender {
  const { allowNetworks, proxies, lookup = createLookup(), deadlines = PATIENT } = options;
  const guard = createGuard(allowNetworks);
  const isPublic = createGuard([]);
  const isLoopback = createGuard(LOOPBACK);
  const opened = new Map<string, Agents>();
  const within = (name: string, only: Guard, through: Proxies | null) => {
    const made = opened.get(name) ?? agentsOf(only, through);
    opened.set(name, made);
    return { agents: made, guard: only, proxied: through !== null };
  };
  const agentsOf = (only: Guard, through: Proxies | null) =>
    createAgents({
      guard: only,
      lookup,
      proxies: through,
      connectMs: deadlines.connectMs,
      connections: CONNECTIONS,
    });
  const wayTo = (url: URL) => {
    if (OURSELVES.test(url.hostname))
      return within("loopback", (address) => isLoopback(address) && !isPublic(address), null);
    return url.protocol === "http:"
      ? within("inner", (address) => guard(address) && !isPublic(address), null)
      : within("any", guard, proxies);
  };
  return {
    lookup: guardedLookup(guard, lookup),
    async send(request) {
      const url = URL.parse(request.url);
      const why = url === null ? "The address cannot be read." : unsendable(url);
      if (url === null || why !== null) return { kind: "failed", begun: false, reason: why ?? "" };
      const way = wayTo(url);
      return sendBy(url, request, { ...options, ...way, lookup, deadlines });
    },
    async close() {
      const all = [...opened.values()];
      opened.clear();
      await Promise.all(all.flatMap(({ strict, lenient }) => [strict.destroy(), lenient.destroy()]));
    },
  };
}

/** As URL writes them. */
const OURSELVES = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** Why nothing can be sent to an address, in a sentence; null when it can. */
export function unsendable(url: URL): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return "Only https is sent to, and http within named networks.";
  return url.username === "" && url.password === "" ? null : "An address with a user name or password is not sent to.";
}

type Way = Required<Pick<SenderOptions, "userAgent" | "clock" | "lookup" | "deadlines">> & {
  readonly agents: Agents;
  readonly guard: Guard;
  readonly proxied: boolean;
};

async function sendBy(
  url: URL,
  { headers, body }: SendRequest,
  { agents, guard, proxied, lookup, userAgent, deadlines, clock }: Way,
): Promise<SendOutcome> {
  const signal = AbortSignal.timeout(deadlines.totalMs);
  const bytes = Buffer.from(body);
  let begun = false;
  // Asked for as soon as there is a connection, and not before.
  async function* leaving() {
    begun = true;
    yield bytes;
  }
  try {
    if (proxied) await judge(url.hostname, guard, lookup);
    const response = await agents.strict.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "POST",
      // A connection that is kept may be closed as the request leaves, which then looks as if its answer was lost.
      reset: true,
      headersTimeout: deadlines.totalMs,
      bodyTimeout: deadlines.totalMs,
      signal,
      headers: { ...headers, "user-agent": userAgent, "content-length": String(bytes.length) },
      body: Readable.from(leaving()),
    });
    const retryAfter = [response.headers["retry-after"] ?? []].flat()[0] ?? null;
    return {
      kind: "answered",
      status: response.statusCode,
      body: await beginningOf(response.body),
      afterMs: retryAfterMs(retryAfter, clock()),
    };
  } catch (error) {
    if (isOurs(error)) throw error;
    const { reason } = describeFault(error, url.hostname, signal.aborted ? deadlines.totalMs : null);
    return { kind: "failed", begun, reason };
  }
}

/** What came of an answer: by its status it is known already, whatever becomes of the rest. */
async function beginningOf(body: Dispatcher.ResponseData["body"]): Promise<string> {
  body.on("error", () => {});
  let text = "";
  try {
    for await (const chunk of body.setEncoding("utf8")) {
      text += chunk;
      if (text.length >= LONGEST_ANSWER) break;
    }
  } catch {
    // It broke off.
  }
  return text.slice(0, LONGEST_ANSWER);
}

/** What an answer to a POST means by the letter of HTTP; `messageId` where it was taken. A kind that knows better says so first. */
export function sentOf(outcome: SendOutcome, messageId: string): Sent {
  if (outcome.kind === "failed") return { kind: "later", afterMs: null, unsure: outcome.begun, reason: outcome.reason };
  const { status, afterMs } = outcome;
  const reason = `It answered ${status}${excerptOf(outcome.body)}`;
  if (status >= 200 && status < 300) return { kind: "sent", messageId };
  if (status === 410) return { kind: "gone", reason };
  if (status >= 300 && status < 400)
    return { kind: "closed", reason: `${reason} Redirects are not followed: give the address itself.` };
  if (CLOSED.includes(status)) return { kind: "closed", reason };
  if (UNTAKEN.includes(status)) return { kind: "later", afterMs, unsure: false, reason };
  if (status === 408 || status >= 500) return { kind: "later", afterMs, unsure: true, reason };
  return { kind: "refused", reason };
}

/** No key, no right, nothing there, no such method: another message would fare no better. */
const CLOSED = [401, 402, 403, 404, 405, 407];

/** It was not looked at. */
const UNTAKEN = [425, 429, 503];

/** Room for a sentence. */
const MOST_EXCERPT = 200;

function excerptOf(body: string): string {
  const said = body.replace(/\s+/g, " ").trim();
  return said === "" ? "." : `: ${said.slice(0, MOST_EXCERPT)}`;
}
