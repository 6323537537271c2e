import { Resolver, lookup as systemLookup } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { isIP, type LookupFunction } from "node:net";
import { parse } from "tldts";
import { MINUTE_MS } from "#model/time.ts";
import { stopwatch } from "#text/stopwatch.ts";

/** All of a look-up; a fetch gives connecting ten seconds, this included. */
const DEADLINE_MS = 6_000;

/** What a DNS server has to answer, and how often it is asked. */
const ASKING = { timeout: 2_000, tries: 2 };

/** An edit of the file of hosts is noticed after this. */
const HOSTS_FRESH_MS = MINUTE_MS;

/** A list that blocks advertisements runs to a few MiB; what is longer is no file of hosts. */
const MOST_HOSTS_BYTES = 8 * 1024 * 1024;

const LOOPBACK = ["127.0.0.1", "::1"];

export type LookupOptions = {
  /** `address` or `address:port` of DNS servers; those of the system unless given. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
  readonly deadlineMs?: number;
  /** Milliseconds that only grow. */
  readonly monotonic?: () => number;
};

/**
 * Resolves names without the thread pool, in whose four threads files are read too, and where a name server that never answers
 * holds up both. Asked in this order: `localhost` is loopback, then /etc/hosts, then the DNS servers. A name that neither knows
 * goes to the system's own resolver, which also has search domains and mDNS, unless DNS has the last word on it: one at a time,
 * so that it never has more than one thread.
 */
export function createLookup({
  servers,
  hostsFile = "/etc/hosts",
  deadlineMs = DEADLINE_MS,
  monotonic = stopwatch(),
}: LookupOptions = {}): LookupFunction {
  const hosts = hostsIn(hostsFile, monotonic);
  const askSystem = oneAtATime((name) => systemLookup(name, { all: true }), deadlineMs, monotonic);

  async function addressesOf(name: string): Promise<readonly string[]> {
    if (name === "localhost" || name.endsWith(".localhost")) return LOOPBACK;
    const listed = (await hosts()).get(name);
    if (listed !== undefined) return listed;
    try {
      return await askServers(name, servers, deadlineMs);
    } catch (error) {
      if (!isUnknown(error) || isPublic(name)) throw error;
      const found = await askSystem(name);
      return found.map(({ address }) => address);
    }
  }

  return (hostname, { all }, callback) => {
    addressesOf(hostname.toLowerCase().replace(/\.$/, "")).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        if (all) callback(null, found);
        else callback(null, found[0]?.address ?? "", found[0]?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };
}

/** Whether a name stands under a suffix at which anybody may have one: no search domain and no neighbour knows more of it. */
const isPublic = (name: string): boolean => parse(name).isIcann === true;

/**
 * IPv4 first: it works everywhere, and a dial goes on to the others. Each look-up has a resolver of its own, with the servers of
 * now.
 */
async function askServers(
  name: string,
  servers: readonly string[] | undefined,
  deadlineMs: number,
): Promise<readonly string[]> {
  const resolver = new Resolver(ASKING);
  if (servers !== undefined) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), deadlineMs);
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  clearTimeout(timer);
  const found = [four, six].flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  if (found.length > 0 || four.status === "fulfilled") return found;
  // Whichever says more than that it has none.
  throw faultOf(six.status === "rejected" && isUnknown(four.reason) ? six.reason : four.reason);
}

/** The name is in no DNS, by the word of a server. */
const isUnknown = (error: unknown): boolean =>
  ["ENOTFOUND", "ENODATA"].includes((error as NodeJS.ErrnoException).code ?? "");

/** A server's fault told from the asked host's, which may refuse a connection too. */
function faultOf(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  if (isUnknown(error)) return error;
  const late = error.code === "ETIMEOUT" || error.code === "ECANCELLED";
  return Object.assign(new Error("not resolved", { cause: error }), { code: late ? "ETIMEOUT" : "EAI_AGAIN" });
}

/** The file of hosts as a map from names to addresses; empty where there is none. */
function hostsIn(path: string, monotonic: () => number): () => Promise<ReadonlyMap<string, readonly string[]>> {
  let known: Promise<ReadonlyMap<string, readonly string[]>> = Promise.resolve(new Map());
  let freshUntil = Number.NEGATIVE_INFINITY;
  return () => {
    if (monotonic() < freshUntil) return known;
    freshUntil = monotonic() + HOSTS_FRESH_MS;
    known = readFile(path, "utf8").then(
      (text) => hostsOf(text.slice(0, MOST_HOSTS_BYTES)),
      () => new Map(),
    );
    return known;
  };
}

function hostsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names.map((each) => each.toLowerCase())) {
      const addresses = hosts.get(name);
      if (addresses === undefined) hosts.set(name, [address]);
      else addresses.push(address);
    }
  }
  return hosts;
}

/** Whoever has waited for too long is told so, and costs no turn. */
function oneAtATime<T>(
  work: (name: string) => Promise<T>,
  deadlineMs: number,
  monotonic: () => number,
): (name: string) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (name) => {
    const end = monotonic() + deadlineMs;
    const done = last.then(() => (monotonic() < end ? work(name) : Promise.reject(tooLate())));
    last = done.catch(() => {});
    return within(deadlineMs, done);
  };
}

const tooLate = () => Object.assign(new Error("not resolved in time"), { code: "ETIMEOUT" });

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooLate()), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
