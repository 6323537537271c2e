import type { LookupFunction } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Proxies } from "#pipeline/fetch/agents.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { RSS } from "#support/feed-fixtures.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import { startProxy } from "#support/proxy-server.ts";
import { startRawServer } from "#support/raw-server.ts";

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
  server.answer("/feed", { body: RSS });
});
afterEach(() => server.close());

/** A network without DNS, in which this machine alone has names. */
const lookup: LookupFunction = (name, _, callback) =>
  name.endsWith("localhost") || name === "intranet"
    ? callback(null, [{ address: "127.0.0.1", family: 4 }])
    : callback(Object.assign(new Error("no DNS"), { code: "ENOTFOUND" }), "");

async function get(url: string, proxies: Proxies, allowNetworks: readonly string[] = []): Promise<string> {
  const fetcher = createFetcher({
    userAgent: "t",
    allowNetworks,
    clock: () => new Date(),
    pace: { concurrency: 9, intervalMs: 0 },
    lookup,
    proxies,
  });
  const outcome = await fetcher.get({ url });
  await fetcher.close();
  return outcome.kind === "fetched" ? Buffer.from(outcome.body).toString() : "reason" in outcome ? outcome.reason : "";
}

test("a site is asked for through the proxy, which looks its name up", async () => {
  await using proxy = await startProxy(server.port);
  const proxies = { http: proxy.address, https: null, none: "" };
  expect(await get("http://authority.example/feed", proxies)).toBe(RSS);
  expect(proxy.asked).toEqual(["http://authority.example/feed"]);
  expect(server.asked.at(-1)?.headers).toMatchObject({ host: "authority.example", "user-agent": "t" });
});

test("https goes through a tunnel, by its own proxy", async () => {
  await using proxy = await startProxy(server.port);
  const proxies = { http: null, https: proxy.address.replace("//", "//me:p%40ss@"), none: "" };
  // The server behind it speaks no TLS.
  expect(await get("https://authority.example/feed", proxies)).toMatch(/^No secure connection|broke off/);
  expect(proxy.asked).toEqual(["CONNECT authority.example:443"]);
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("me:p@ss").toString("base64")}`]);
});

test("what a proxy refuses, and a proxy that is not there, are named", async () => {
  await using proxy = await startProxy(server.port, 403);
  const refusing = { http: proxy.address, https: proxy.address, none: "" };
  expect(await get("https://authority.example/feed", refusing)).toBe(
    "The proxy does not let us through to authority.example.",
  );
  expect(await get("http://authority.example/feed", refusing)).toBe("The server answered 403 Forbidden.");
  await using locked = await startProxy(server.port, 407);
  expect(await get("http://authority.example/feed", { http: locked.address, https: null, none: "" })).toContain(
    "The proxy asks for a user name and a password",
  );
  const gone = { http: "http://127.0.0.1:9", https: null, none: "" };
  expect(await get("http://authority.example/feed", gone)).toBe(
    "authority.example refused the connection. It was asked for as HTTP_PROXY, HTTPS_PROXY and NO_PROXY say.",
  );
});

test("who is named in NO_PROXY is dialled, and judged as ever", async () => {
  await using proxy = await startProxy(server.port);
  const proxies = { http: proxy.address, https: null, none: "intranet,.localhost" };
  for (const host of ["intranet", "feeds.localhost"]) {
    expect(await get(`http://${host}:${server.port}/feed`, proxies, ["127.0.0.0/8"])).toBe(RSS);
    expect(await get(`http://${host}:${server.port}/feed`, proxies)).toContain("is not a public address");
  }
  expect(proxy.asked).toEqual([]);
});

test("the guard holds through a proxy, for addresses and for names of inner networks", async () => {
  await using proxy = await startProxy(server.port);
  const proxies = { http: proxy.address, https: proxy.address, none: "" };
  const inner = "127.0.0.1 0x7f.1 2130706433 10.1.2.3 169.254.169.254 [::1] [::ffff:10.0.0.1] [fd00::1]".split(" ");
  for (const host of [...inner, "localhost", "a.localhost", "localhost.", "intranet", "LOCALHOST"])
    for (const scheme of ["http", "https"])
      expect([host, await get(`${scheme}://${host}/feed`, proxies)]).toEqual([
        host,
        expect.stringContaining("is not a public address"),
      ]);
  for (const host of ["metadata.google.internal", "nas.local", "router.lan", "printer", "box.home.arpa"])
    expect(await get(`http://${host}/feed`, proxies)).toMatch(/^No server is known by the name/);
  server.answer("/moved", { status: 302, headers: { location: "http://169.254.169.254/latest" } });
  expect(await get("http://authority.example/moved", proxies)).toContain("is not a public address");
  expect(proxy.asked).toEqual(["http://authority.example/moved"]);
});

test("HTTP that breaks its rules is read through a proxy as well", async () => {
  const length = Buffer.byteLength(RSS);
  await using odd = await startRawServer({
    "http://authority.example/feed": `HTTP/1.1 200 OK\r\nX Bad: 1\r\nContent-Length: ${length}\r\n\r\n${RSS}`,
  });
  expect(await get("http://authority.example/feed", { http: odd.origin, https: null, none: "" })).toBe(RSS);
});
