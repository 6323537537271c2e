import { isIP, type LookupFunction, type Socket } from "node:net";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { forbidden, type Guard, guardedLookup } from "./guard.ts";
import { leniently } from "./lenient.ts";

/** Enough for every real server seen, and a bound on header floods. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Proxies for either scheme, and the hosts that are asked without; see `NO_PROXY` in docs/operate.md. */
export type Proxies = { readonly http: string | null; readonly https: string | null; readonly none: string };

/** Two ways to the same servers: as the standard has it, and one request a connection, whose answer may break rules. */
export type Agents = { readonly strict: Dispatcher; readonly lenient: Dispatcher };

type Means = {
  readonly guard: Guard;
  readonly lookup: LookupFunction;
  readonly proxies: Proxies | null;
  readonly connectMs: number;
  /** At most so many to one origin. */
  readonly connections: number;
};

/** Dials what the guard lets through, by name or by number; a proxy, where one is set, is dialled unguarded. */
export function createAgents({ guard, lookup, proxies, connectMs, connections }: Means): Agents {
  const dial = buildConnector({ timeout: connectMs, lookup: guardedLookup(guard, lookup), allowH2: false });
  const connect: buildConnector.connector = (target, callback) => {
    // A literal address is dialled without a look-up, so it is judged here.
    const host = target.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !guard(host)) callback(forbidden(host), null);
    else dial(target, callback);
  };
  const options = { connections, maxHeaderSize: MAX_HEADER_BYTES, allowH2: false, connect };
  const open = (more: Pick<Agent.Options, "factory">) =>
    proxies === null ? new Agent({ ...options, ...more }) : proxied({ ...options, ...more }, proxies, connectMs);
  return { strict: open({}), lenient: open({ factory: oneRequestEach }) };
}

/** The environment is read once, with the other settings: what is not set there must not be looked up again. */
function proxied(options: Agent.Options, { http, https, none }: Proxies, connectMs: number): Dispatcher {
  return new EnvHttpProxyAgent({
    ...(options as EnvHttpProxyAgent.Options),
    httpProxy: http ?? "",
    httpsProxy: https ?? "",
    noProxy: none,
    connectTimeout: connectMs,
  });
}

/** Connections whose answers are put right before they are parsed. */
function oneRequestEach(origin: string | URL, { connect, ...options }: Pool.Options): Dispatcher {
  const dial = connect as buildConnector.connector;
  return new Pool(origin, {
    ...options,
    connect: (target, callback) =>
      dial(target, (...[error, socket]) => {
        if (error !== null) callback(error, null);
        else callback(null, leniently(socket) as unknown as Socket);
      }),
  });
}
