import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { createLookup, type LookupOptions } from "#pipeline/fetch/resolve.ts";
import { type DnsServer, startDnsServer, type Zone } from "#support/dns-server.ts";
import { startFeedServer } from "#support/feed-server.ts";

const NO_HOSTS = "/nonexistent/hosts";

async function serverOf(zone: Zone): Promise<DnsServer> {
  const server = await startDnsServer(zone);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

function hostsFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "policywire-hosts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "hosts");
  writeFileSync(path, text);
  return path;
}

/** The addresses of a name, or the code of what went wrong. */
const addressesOf = (name: string, options: LookupOptions): Promise<readonly string[] | string> =>
  new Promise((resolve) =>
    createLookup(options)(name, { all: true }, (error, found) => {
      if (error) resolve(error.code ?? "");
      else resolve((Array.isArray(found) ? found : []).map(({ address }) => address));
    }),
  );

test("localhost is loopback, whoever says otherwise", async () => {
  const { address, asked } = await serverOf({ localhost: ["198.51.100.7"] });
  const options = { servers: [address], hostsFile: NO_HOSTS };
  expect(await addressesOf("localhost", options)).toEqual(["127.0.0.1", "::1"]);
  expect(await addressesOf("a.localhost", options)).toEqual(["127.0.0.1", "::1"]);
  expect(asked).toEqual([]);
});

test("a name is looked for in the file of hosts, then at the servers", async () => {
  const { address, asked } = await serverOf({
    "gazette.example": ["198.51.100.7"],
    "courier.example": ["198.51.100.8"],
  });
  const hosts = hostsFile("# ours\n10.0.0.5 Gazette.example gazette # the old one\n::1 gazette.example\nnonsense x\n");
  const options = { servers: [address], hostsFile: hosts };
  expect(await addressesOf("gazette.example", options)).toEqual(["10.0.0.5", "::1"]);
  expect(asked).toEqual([]);
  expect(await addressesOf("Courier.example.", options)).toEqual(["198.51.100.8"]);
});

test("a name that nobody knows has no address, and one whose server refuses could not be looked up", async () => {
  const { address } = await serverOf({ "closed.invalid": "refused" });
  const options = { servers: [address], hostsFile: NO_HOSTS };
  expect(await addressesOf("nowhere.invalid", options)).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/);
  expect(await addressesOf("closed.invalid", options)).toBe("EAI_AGAIN");
});

test("a name server that never answers holds up no file, no other name, and its own for the deadline alone", async () => {
  const zone: Zone = { "gazette.example": ["198.51.100.7"], ...Object.fromEntries(silent(20)) };
  const { address } = await serverOf(zone);
  const options = { servers: [address], hostsFile: NO_HOSTS, deadlineMs: 1_500 };
  let ended = false;
  const stuck = Promise.all(silent(20).map(([name]) => addressesOf(name, options))).finally(() => {
    ended = true;
  });
  expect(await addressesOf("gazette.example", options)).toEqual(["198.51.100.7"]);
  await readFile("package.json");
  expect(ended).toBe(false);
  expect(new Set(await stuck)).toEqual(new Set(["ETIMEOUT"]));
});

const silent = (count: number) => Array.from({ length: count }, (_, at) => [`n${at}.example`, "silence"] as const);

test("what a name server says is judged when it is dialled, as is the file of hosts", async () => {
  await using server = await startFeedServer();
  server.answer("/a", { body: "<rss/>" });
  const { address } = await serverOf({ "rebound.example": ["127.0.0.1"] });
  const lookup = createLookup({ servers: [address], hostsFile: hostsFile("127.0.0.1 listed.example\n") });
  const get = async (host: string, allowNetworks: readonly string[]) => {
    const fetcher = createFetcher({ userAgent: "t", allowNetworks, clock: () => new Date(), lookup });
    const answer = await fetcher.get({ url: `http://${host}:${server.port}/a` });
    await fetcher.close();
    return answer;
  };
  for (const host of ["rebound.example", "listed.example", "localhost"]) {
    expect(await get(host, [])).toMatchObject({ kind: "failed", reason: expect.stringContaining("not a public") });
    expect(await get(host, ["127.0.0.0/8"])).toMatchObject({ kind: "fetched" });
  }
  expect(server.asked).toHaveLength(3);
});
