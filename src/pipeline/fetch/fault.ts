import { errors } from "undici";
import { FORBIDDEN_ADDRESS } from "./guard.ts";

type Fault = { readonly reason: string; readonly network: boolean };

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** Faults of the way to the server, by the code that Node or undici gives; all may be our own outage. */
const NETWORK: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `No server is known by the name ${host}.`,
  EAI_AGAIN: (host) => `The name ${host} could not be looked up.`,
  ENODATA: (host) => `The name ${host} has no address.`,
  ECONNREFUSED: (host) => `${host} refused the connection.`,
  ENETUNREACH: (host) => `There is no way to ${host} from here.`,
  EHOSTUNREACH: (host) => `There is no way to ${host} from here.`,
  ENETDOWN: () => "The network is down.",
  EADDRNOTAVAIL: (host) => `There is no way to ${host} from here.`,
  ETIMEOUT: (host) => `The name ${host} could not be looked up in time.`,
  ETIMEDOUT: (host) => `${host} did not accept the connection in time.`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} did not accept the connection in time.`,
  UND_ERR_PRX_CONN: () => "The proxy broke off the connection.",
  UND_ERR_PRX_TLS: () => "No secure connection to the proxy could be made.",
};

const SERVER: Readonly<Record<string, (host: string) => string>> = {
  UND_ERR_ABORTED: (host) => `The proxy does not let us through to ${host}.`,
  // What undici makes of a proxy's 407.
  UND_ERR_INVALID_ARG: () => "The proxy asks for a user name and a password: HTTP_PROXY and HTTPS_PROXY take both.",
  [FORBIDDEN_ADDRESS]: (host) => `${host} is not a public address; FEED_ALLOW_NETWORKS may name its network.`,
  ECONNRESET: (host) => `${host} broke off the connection.`,
  EPIPE: (host) => `${host} broke off the connection.`,
  UND_ERR_SOCKET: (host) => `${host} broke off the connection.`,
  UND_ERR_HEADERS_OVERFLOW: (host) => `${host} sent too many headers.`,
  HPE_HEADER_OVERFLOW: (host) => `${host} sent too many headers.`,
  UND_ERR_DESTROYED: () => "The program is closing.",
  UND_ERR_CLOSED: () => "The program is closing.",
  CERT_HAS_EXPIRED: (host) => `The certificate of ${host} has expired.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `The certificate of ${host} is for another name.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) => `The certificate of ${host} is not signed by anyone known.`,
  SELF_SIGNED_CERT_IN_CHAIN: (host) => `The certificate of ${host} is not signed by anyone known.`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => `${host} leaves out part of its certificate chain.`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (host) => `The certificate of ${host} is not signed by anyone known.`,
};

/** Node tries several addresses of one name and reports them together. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return typeof code === "string" ? code : error.cause === undefined ? "" : codeOf(error.cause);
}

/** This machine has no files, memory or ports left to ask with: whoever was to be asked has no part in it. */
const OURS = ["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"];

export const isOurs = (error: unknown): boolean => OURS.includes(codeOf(error));

/** Whether what came is no HTTP by the letter, which may be read leniently. */
export const isMalformed = (error: unknown): boolean =>
  error instanceof errors.HTTPParserError || codeOf(error) === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";

/** What went wrong on the way, as a sentence for people. `ranOut` is the deadline that ended the request, if one did. */
export function describeFault(error: unknown, host: string, ranOut: number | null): Fault {
  if (ranOut !== null)
    return { reason: `${host} did not finish its answer within ${seconds(ranOut)}.`, network: false };
  const code = codeOf(error);
  const network = NETWORK[code];
  if (network !== undefined) return { reason: network(host), network: true };
  const server = SERVER[code];
  if (server !== undefined) return { reason: server(host), network: false };
  if (code === "UND_ERR_HEADERS_TIMEOUT" || (error instanceof Error && error.name === "AbortError")) {
    return { reason: `${host} accepted the connection and did not answer in time.`, network: false };
  }
  if (error instanceof Error && (code.startsWith("HPE_") || isMalformed(error)))
    return { reason: `${host} does not speak proper HTTP: ${error.message.replace(/\.$/, "")}.`, network: false };
  if (/^(?:CERT_|ERR_SSL|ERR_TLS|EPROTO)/.test(code))
    return { reason: `No secure connection to ${host} could be made (${code}).`, network: false };
  return { reason: `${host} could not be read${code === "" ? "" : ` (${code})`}.`, network: false };
}
