import type { LookupFunction } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFetcher, type Fetcher } from "#pipeline/fetch/fetch.ts";
import { createGuard, guardedLookup } from "#pipeline/fetch/guard.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";

let server: FeedServer;
const opened: Fetcher[] = [];

beforeAll(async () => {
  server = await startFeedServer();
  server.answer("/", { body: "<rss/>" });
});

afterAll(async () => {
  await Promise.all(opened.map((fetcher) => fetcher.close()));
  await server.close();
});

/** Names that an attacker points where they like. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "loop.example": ["127.0.0.1"],
  "loop6.example": ["::1"],
  "private.example": ["10.1.2.3"],
  "metadata.example": ["169.254.169.254"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "sixtofour.example": ["2002:7f00:1::"],
  "unique-local.example": ["fd00::1"],
  "many.example": ["192.168.0.1", "10.0.0.1", "::1"],
};

const lookup = ((hostname: string, _: unknown, callback: (error: Error | null, found?: unknown) => void) => {
  const addresses = NAMES[hostname];
  if (addresses === undefined) callback(Object.assign(new Error("unknown"), { code: "ENOTFOUND" }));
  else
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
}) as unknown as LookupFunction;

function fetcher(allowNetworks: readonly string[]): Fetcher {
  const made = createFetcher({
    userAgent: "Policywire/test",
    allowNetworks,
    clock: () => new Date("2026-11-24T08:00:00Z"),
    pace: { concurrency: 64, intervalMs: 0 },
    deadlines: { connectMs: 500, firstByteMs: 500, totalMs: 1_500 },
    lookup,
  });
  opened.push(made);
  return made;
}

const get = (fetcher: Fetcher, url: string) => fetcher.get({ url });

/** Spellings of hosts that may not be reached; a server listens on loopback, at the port that is added. */
const FORBIDDEN_HOSTS = [
  // Loopback, in every notation that the URL standard reads as an IPv4 address.
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7F.1",
  "017700000001",
  "0177.0.0.1",
  "0x7f.0x0.0x0.0x1",
  "127.0.0.1.",
  "0x7f.1.",
  "127.000.000.001",
  "%31%32%37.0.0.1",
  "127。0。0。1",
  "１２７.0.0.1",
  "①②⑦.0.0.1",
  "127.255.255.254",
  // This host, private, shared, link-local, documentation, benchmark, multicast, reserved.
  "0.0.0.0",
  "0",
  "0x0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "0xa000001",
  "012.0.0.1",
  "167772161",
  "100.64.0.1",
  "100.127.255.255",
  "169.254.169.254",
  "0xa9fea9fe",
  "2852039166",
  "0251.0376.0251.0376",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "3232235777",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.9",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "0xffffffff",
  // IPv6 of every special kind, and those that carry an IPv4 address.
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[0000::0001]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:127.0.0.1]",
  "[::127.0.0.1]",
  "[::ffff:10.0.0.1]",
  "[::ffff:a9fe:a9fe]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::a9fe:a9fe]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2002:a00:1::1]",
  "[2001::1]",
  "[2001:0:7f00:1::]",
  "[2001:db8::1]",
  "[3fff::1]",
  "[100::1]",
  "[fc00::1]",
  "[fd12:3456:789a::1]",
  "[fe80::1]",
  "[febf::1]",
  "[fec0::1]",
  "[ff02::1]",
  "[5f00::1]",
  "[2001:10::1]",
  // Names that resolve to them.
  ...Object.keys(NAMES),
];

test("no spelling of a forbidden address is reached", async () => {
  expect(FORBIDDEN_HOSTS.length).toBeGreaterThanOrEqual(60);
  const strict = fetcher([]);
  const outcomes = await Promise.all(FORBIDDEN_HOSTS.map((host) => get(strict, `http://${host}:${server.port}/`)));
  const wrong = outcomes.flatMap((outcome, i) => {
    const refused = outcome.kind === "failed" && /not a public address|cannot be read/.test(outcome.reason);
    return refused ? [] : [[FORBIDDEN_HOSTS[i], outcome]];
  });
  expect(wrong).toEqual([]);
  expect(server.asked).toHaveLength(0);
});

test("a redirect reaches none of them either", async () => {
  const fetching = fetcher([`127.0.0.1/32`]);
  const others = FORBIDDEN_HOSTS.filter(
    (host) => !URL.parse(`http://${host}/`)?.hostname.match(/^127\.0\.0\.1$|^\[::ffff:7f00:1\]$|^\[64:ff9b::7f00:1\]$/),
  );
  const targets = others.filter((host) => !["loop.example", "mapped.example", "nat64.example"].includes(host));
  for (const [i, host] of targets.entries()) {
    server.answer(`/to/${i}`, { status: 302, headers: { location: encodeURI(`http://${host}:${server.port}/`) } });
  }
  const outcomes = await Promise.all(targets.map((_, i) => get(fetching, `${server.origin}/to/${i}`)));
  expect(outcomes.filter(({ kind }) => kind !== "failed")).toEqual([]);
  expect(server.asked.filter(({ path }) => path === "/")).toHaveLength(0);
});

test("only http and https are read, and no address with credentials, redirected to or not", async () => {
  const fetching = fetcher(["127.0.0.0/8"]);
  for (const url of [
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1/",
    "data:text/xml,<rss/>",
    "javascript:1",
    "http://",
    "nonsense",
  ]) {
    expect((await get(fetching, url)).kind).toBe("failed");
    server.answer("/away", { status: 301, headers: { location: url } });
  }
  expect(await get(fetching, `http://user:secret@127.0.0.1:${server.port}/`)).toMatchObject({
    kind: "failed",
    reason: "Addresses with a user name or password are not read.",
  });
  server.answer("/away", { status: 302, headers: { location: `http://user:secret@127.0.0.1:${server.port}/` } });
  expect((await get(fetching, `${server.origin}/away`)).kind).toBe("failed");
});

test("the address that was judged is the one that is dialled, though the name changes its mind", async () => {
  let asked = 0;
  const fickle = ((_: string, __: unknown, callback: (error: null, found: unknown) => void) => {
    asked++;
    callback(null, [{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }]);
  }) as unknown as LookupFunction;
  const fetching = createFetcher({
    userAgent: "t",
    allowNetworks: ["127.0.0.0/8"],
    clock: () => new Date(),
    lookup: fickle,
    pace: { concurrency: 2, intervalMs: 0 },
  });
  opened.push(fetching);
  expect((await get(fetching, `http://fickle.example:${server.port}/`)).kind).toBe("fetched");
  expect(asked).toBe(1);
});

test("of a name's addresses only the allowed are handed on", async () => {
  const guard = createGuard([]);
  const mixed = ((_: string, __: unknown, callback: (error: null, found: unknown) => void) => {
    callback(
      null,
      ["10.0.0.1", "93.184.216.34", "::1"].map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as unknown as LookupFunction;
  const found = await new Promise((resolve) =>
    guardedLookup(guard, mixed)("mixed.example", { all: true }, (_, addresses) => resolve(addresses)),
  );
  expect(found).toEqual([{ address: "93.184.216.34", family: 4 }]);
});

test("public addresses pass, and private ones that the operator names", () => {
  const open = createGuard([]);
  for (const address of ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
    expect(open(address)).toBe(true);
  const own = createGuard(["10.1.0.0/16", "fd00::/8", "192.168.7.7"]);
  for (const address of ["10.1.2.3", "fd12::1", "192.168.7.7", "::ffff:10.1.2.3"]) expect(own(address)).toBe(true);
  for (const address of ["10.2.0.1", "192.168.7.8", "fe80::1", "127.0.0.1", "nonsense"])
    expect(own(address)).toBe(false);
});
