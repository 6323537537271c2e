import type { LookupFunction } from "node:net";
import { stopwatch } from "#text/stopwatch.ts";
import { createAgents, type Proxies } from "./agents.ts";
import { describeFault, isMalformed, isOurs } from "./fault.ts";
import { createGuard, judge } from "./guard.ts";
import { type Deadlines, type Hop, hop, type Means } from "./hop.ts";
import { type FetchOutcome, type FetchRequest, failed } from "./outcome.ts";
import { createPace, ownTurns, type Pace, type PaceOptions, POLITE, type Turns } from "./pace.ts";
import { createLookup } from "./resolve.ts";

const MAX_REDIRECTS = 5;
/** Who refused a connection is not to be told then. */
const BY_PROXY = "It was asked for as HTTP_PROXY, HTTPS_PROXY and NO_PROXY say.";
const PERMANENT = [301, 308];

/** A slow body must not hold a slot. */
const PATIENT: Deadlines = { connectMs: 10_000, firstByteMs: 10_000, totalMs: 30_000 };

export type FetcherOptions = {
  /** Honest, with an address where its owner can be reached. */
  readonly userAgent: string;
  /** CIDRs that may be dialled beside public addresses. */
  readonly allowNetworks: readonly string[];
  readonly clock: () => Date;
  readonly pace?: PaceOptions;
  /** Who keeps requests to a site apart; the fetcher itself unless given. */
  readonly turns?: Turns;
  readonly deadlines?: Deadlines;
  /** Resolves names; see resolve.ts unless given. */
  readonly lookup?: LookupFunction;
  /** The keys of interfaces, by the names of their variables; see `Key`. */
  readonly keys?: (name: string) => string | undefined;
  /** None unless given. */
  readonly proxies?: Proxies | null;
};

export type Fetcher = {
  get(request: FetchRequest): Promise<FetchOutcome>;
  close(): Promise<void>;
};

/** Why a URL may not be fetched at all, in a sentence; null when it may. */
function refusal(url: URL): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `Only http and https are read, not ${url.protocol.slice(0, -1)}.`;
  if (url.username !== "" || url.password !== "") return "Addresses with a user name or password are not read.";
  return null;
}

/** The ports and names of a fetcher: guarded dials, polite pace, every wait bounded. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const {
    userAgent,
    allowNetworks,
    clock,
    pace: paceOptions = POLITE,
    turns = ownTurns(clock),
    deadlines = PATIENT,
    lookup = createLookup(),
    proxies = null,
    keys = () => undefined,
  } = options;
  const { connectMs } = deadlines;
  const guard = createGuard(allowNetworks);
  const agents = createAgents({ guard, lookup, proxies, connectMs, connections: paceOptions.concurrency });
  // Without a proxy each dial is judged.
  const judged = async ({ hostname }: URL) => (proxies === null ? undefined : judge(hostname, guard, lookup));
  const means = { agents, judged, keys, proxied: proxies !== null, userAgent, deadlines, clock };
  const closing = new AbortController();
  const pace = createPace(paceOptions, turns, clock, closing.signal);

  return {
    get: (request) => follow(request, { ...means, pace, turns }),
    async close() {
      closing.abort();
      await Promise.all([agents.strict.destroy(), agents.lenient.destroy()]);
    },
  };
}

/**
 * Asks at an address and wherever it sends us, each host in its turn, all within one deadline. Who answers 304 to what was not
 * asked is asked once more, for the whole.
 */
async function follow(
  given: FetchRequest,
  { pace, turns, ...means }: Means & { readonly pace: Pace; readonly turns: Turns },
): Promise<FetchOutcome> {
  const { clock } = means;
  const { key } = given;
  if (key !== undefined && means.keys(key.env) === undefined)
    return failed(`The key of this source is not set: ${key.env} in the environment.`);
  let request = given;
  let target = URL.parse(request.url);
  let moved = false;
  let permanent = true;
  let lenient = false;
  let time = means.deadlines.totalMs;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const url = target;
    if (url === null) return failed("The address cannot be read.");
    const why = refusal(url);
    if (why !== null) return failed(why);
    const entry = await pace.enter(url, request.rank ?? "feed");
    if (entry.kind === "paused") {
      const afterMs = entry.until.getTime() - clock().getTime();
      return { kind: "retry-later", afterMs, reason: `${url.host} asked for a pause.` };
    }
    const passed = stopwatch();
    const movedTo = moved && permanent ? url.href : null;
    const outcome = await asked(url, request, movedTo, means, { ms: time, lenient }).finally(entry.leave);
    time -= passed();
    if (outcome.kind === "pause") {
      await turns.pause(url.host, new Date(clock().getTime() + outcome.afterMs));
      return { ...outcome, kind: "retry-later" };
    }
    if (outcome.kind === "unfounded") {
      if (request.whole) return failed("The server answered 304 Not Modified to a request for all of it.");
      request = { ...request, whole: true };
      continue;
    }
    if (outcome.kind === "malformed") {
      // Asked again at its turn, and read as browsers read.
      lenient = true;
      redirects -= 1;
      continue;
    }
    if (outcome.kind !== "redirect") return outcome;
    moved = true;
    permanent &&= PERMANENT.includes(outcome.status);
    target = URL.parse(outcome.location, url.href);
    // A server that sends us on with what it was asked shows nobody the key.
    if (key?.query !== undefined && target?.searchParams.has(key.query)) target.searchParams.delete(key.query);
  }
  return failed(`The server redirects more than ${MAX_REDIRECTS} times.`);
}

/** One request within `ms`; a fault of the way is an outcome too. */
async function asked(
  url: URL,
  request: FetchRequest,
  movedTo: string | null,
  means: Means,
  { ms, lenient }: { readonly ms: number; readonly lenient: boolean },
): Promise<Hop> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(ms)));
  try {
    await means.judged(url);
    return await hop(url, request, movedTo, means, { signal, lenient });
  } catch (error) {
    if (isOurs(error)) throw error;
    if (!lenient && isMalformed(error)) return { kind: "malformed" };
    const { reason, network } = describeFault(error, url.hostname, signal.aborted ? means.deadlines.totalMs : null);
    return failed(network && means.proxied ? `${reason} ${BY_PROXY}` : reason, network);
  }
}
