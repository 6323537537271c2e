import { BlockList, isIP, type LookupFunction } from "node:net";

/** What a feed may never make us dial: IANA's special-purpose registries for IPv4 (RFC 6890 and its updates). */
const FORBIDDEN_IPV4 = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // carrier-grade NAT
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local; cloud metadata lives here
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.0.2.0/24", // documentation
  "192.31.196.0/24", // AS112
  "192.52.193.0/24", // AMT
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "192.175.48.0/24", // AS112
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
];

/** Only global unicast (2000::/3) is ever dialled; these parts of it are special. */
const GLOBAL_IPV6 = "2000::/3";
const FORBIDDEN_IPV6 = [
  "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarks
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4: hides an IPv4 address
  "2620:4f:8000::/48", // AS112
  "3fff::/20", // documentation
];

/** NAT64's well-known prefix: the last 32 bits are an IPv4 address, which is judged instead. */
const NAT64_PREFIX = [0x64, 0xff9b, 0, 0, 0, 0];

/** Says whether an IP address may be dialled. */
export type Guard = (address: string) => boolean;

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = "", bits] = cidr.split("/");
    const family = isIP(network) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(network, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family);
  }
  return list;
}

const withoutZone = (address: string): string => address.split("%", 1)[0]!;

/** The eight groups of an IPv6 address that `isIP` accepts, zone left out. */
function groupsOf(address: string): number[] {
  const plain = withoutZone(address).replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/, (_, a, b, c, d) => {
    return `${((Number(a) << 8) | Number(b)).toString(16)}:${((Number(c) << 8) | Number(d)).toString(16)}`;
  });
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill("0"), ...right].map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address inside an IPv4-mapped or NAT64 address, or null. */
function embeddedIpv4(address: string): string | null {
  const groups = groupsOf(address);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const nat64 = NAT64_PREFIX.every((group, i) => groups[i] === group);
  if (!mapped && !nat64) return null;
  const high = groups[6] ?? 0;
  const low = groups[7] ?? 0;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** A guard that lets public addresses through, and those in `allowNetworks` (CIDRs that the operator named). */
export function createGuard(allowNetworks: readonly string[]): Guard {
  const allowed = listOf(allowNetworks);
  const forbidden = listOf([...FORBIDDEN_IPV4, ...FORBIDDEN_IPV6]);
  const global = listOf([GLOBAL_IPV6]);
  return function guard(address) {
    const family = isIP(address);
    if (family === 0) return false;
    if (family === 4) return allowed.check(address, "ipv4") || !forbidden.check(address, "ipv4");
    const inside = embeddedIpv4(address);
    if (inside !== null) return guard(inside);
    const bare = withoutZone(address);
    if (allowed.check(bare, "ipv6")) return true;
    return global.check(bare, "ipv6") && !forbidden.check(bare, "ipv6");
  };
}

/** Names that mean something inside a network alone: those of one word, and RFC 6761, 6762, 8375, ICANN's `internal` and custom. */
const INNER_NAME = /^[^.]+$|\.(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$/;

/**
 * Judges who is asked for through a proxy, which looks names up itself: literal addresses, and names of inner networks by what
 * they are looked up as here. Rejects as a dial would.
 */
export async function judge(hostname: string, guard: Guard, lookup: LookupFunction): Promise<void> {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIP(host) !== 0) {
    if (!guard(host)) throw forbidden(host);
    return;
  }
  if (!INNER_NAME.test(host)) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  guardedLookup(guard, lookup)(host, { all: true }, (error) => (error === null ? resolve() : reject(error)));
  return promise;
}

export const FORBIDDEN_ADDRESS = "FORBIDDEN_ADDRESS";

/** The refusal of an address, as the error that a dial ends in. */
export function forbidden(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} has no public address`), { code: FORBIDDEN_ADDRESS });
}

/**
 * A name look-up that yields only addresses the guard allows. The socket dials what this returns, so a name that
 * resolves differently a moment later gains nothing.
 */
export function guardedLookup(guard: Guard, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, "");
      const addresses = (Array.isArray(found) ? found : []).filter(({ address }) => guard(address));
      const first = addresses[0];
      if (first === undefined) return callback(forbidden(hostname), "");
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
