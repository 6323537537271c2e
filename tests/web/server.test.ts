import { request } from "node:http";
import { createConnection } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { NOON } from "#support/stored.ts";
import { html } from "#web/html.ts";
import { pageReply } from "#web/layout.ts";
import { type Site, serveWeb, type WebServer } from "#web/serve.ts";

let server: WebServer | undefined;
const faults: [path: string, error: unknown][] = [];

afterEach(async () => {
  await server?.close();
  server = undefined;
  faults.length = 0;
});

async function serve(change: Partial<Site> = {}): Promise<string> {
  const started = await serveWeb({
    host: "127.0.0.1",
    port: 0,
    names: [],
    base: null,
    token: null,
    clock: () => NOON,
    answer: async (url) =>
      url.pathname === "/" ? pageReply({ title: "Front", main: html`<h1>${"long ".repeat(1_000)}</h1>` }) : null,
    fault: (path, error) => faults.push([path, error]),
    ...change,
  });
  if (typeof started === "string") throw new Error(started);
  server = started;
  return started.url;
}

type Answer = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly body: Buffer };

/** As it comes over the wire, nothing decompressed and no redirect followed. */
const ask = (url: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
    })
      .on("error", reject)
      .end();
  });

test("a page lets nothing of another site in, and is not sniffed, framed or told of", async () => {
  const { status, headers } = await ask(await serve());
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-security-policy":
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "private, no-cache",
    "content-type": "text/html; charset=utf-8",
  });
  expect(headers["set-cookie"]).toBeUndefined();
});

test("it is compressed as its reader can read it, and is the same page", async () => {
  const url = await serve();
  const bare = await ask(url);
  const br = await ask(url, { "accept-encoding": "gzip, deflate, br" });
  const gzip = await ask(url, { "accept-encoding": "gzip;q=1.0, br;q=0" });
  expect([bare, br, gzip].map(({ headers }) => headers["content-encoding"])).toEqual([undefined, "br", "gzip"]);
  expect(brotliDecompressSync(br.body)).toEqual(bare.body);
  expect(gunzipSync(gzip.body)).toEqual(bare.body);
  expect(br.body.length).toBeLessThan(bare.body.length / 3);
  expect(br.headers).toMatchObject({ vary: "accept-encoding", etag: bare.headers["etag"] });
});

test("who has a page already is told so, and HEAD says what GET would send", async () => {
  const url = await serve();
  const { headers, body } = await ask(url);
  const etag = String(headers["etag"]);
  for (const known of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*"])
    expect(await ask(url, { "if-none-match": known })).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  expect(await ask(url, { "if-none-match": '"other"' })).toMatchObject({ status: 200 });
  const head = await ask(url, {}, "HEAD");
  expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  expect(head.headers["content-length"]).toBe(String(body.length));
});

test("the style is kept for good, and its name is that of what it says", async () => {
  const url = await serve();
  const path = /href="(\/style-[0-9a-f]{12}\.css)"/.exec((await ask(url)).body.toString())?.[1];
  expect(await ask(`${url}${path}`)).toMatchObject({
    status: 200,
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=31536000, immutable" },
  });
  expect((await ask(`${url}/icon.svg`)).headers["content-type"]).toBe("image/svg+xml");
  expect((await ask(`${url}/robots.txt`)).body.toString()).toContain("Disallow: /");
});

test("nothing can be written", async () => {
  const url = await serve();
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    expect(await ask(url, {}, method)).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
});

test("a page that was led here by a name of its own is refused", async () => {
  const url = await serve({ names: ["news.example.org"] });
  for (const host of ["evil.example", "127.0.0.1.evil.example", "news.example.org.evil.example"])
    expect(await ask(url, { host }), host).toMatchObject({ status: 421 });
  for (const host of ["news.example.org", "localhost:80", "policywire", "192.168.1.5:8300", "[::1]:8300"])
    expect(await ask(url, { host }), host).toMatchObject({ status: 200 });
});

test("what is no address of the site is a page with a sentence", async () => {
  const url = await serve();
  const missing = await ask(`${url}/nothing`);
  expect(missing).toMatchObject({ status: 404, headers: { "cache-control": "no-store" } });
  expect(missing.body.toString()).toContain("There is no page at this address.");
  expect(await ask(`${url}/${"a".repeat(5_000)}`)).toMatchObject({ status: 400 });
  for (const path of ["//evil.example/", "/%", "/%00", "/..%2f..%2fetc/passwd", "/__proto__", "/constructor"])
    expect(await ask(`${url}${path}`), path).toMatchObject({ status: 404 });
});

test("a fault is a page that tells nothing of it, and is heard with its path alone", async () => {
  const url = await serve({
    answer: async () => {
      throw new Error("password hunter2 in /etc");
    },
  });
  const { status, body } = await ask(`${url}/search?query=secret`);
  expect(status).toBe(500);
  expect(body.toString()).not.toMatch(/hunter2|secret/);
  expect(faults).toEqual([["/search", new Error("password hunter2 in /etc")]]);
});

test("where programs ask, whatever goes wrong is a problem that they can read", async () => {
  const url = await serve({
    answer: async ({ pathname }) => {
      if (pathname === "/api/v1/nothing") return null;
      throw new Error("password hunter2 in /etc");
    },
  });
  for (const [path, method, status, title] of [
    ["/api/v1/latest", "GET", 500, "Internal Server Error"],
    ["/latest.atom", "GET", 500, "Internal Server Error"],
    ["/api/v1/nothing", "GET", 404, "Not Found"],
    ["/deadlines.ics", "DELETE", 405, "Method Not Allowed"],
  ] as const) {
    const answer = await ask(`${url}${path}`, {}, method);
    expect(answer, path).toMatchObject({ status, headers: { "content-type": "application/problem+json" } });
    expect(JSON.parse(answer.body.toString())).toEqual({
      type: "about:blank",
      title,
      status,
      detail: expect.any(String),
    });
    expect(answer.body.toString()).not.toContain("hunter2");
  }
  expect((await ask(`${url}/deadlines.ics`, {}, "PUT")).headers["allow"]).toBe("GET, HEAD");
});

test("who comes when all places are taken is told to come again, and is served then", async () => {
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const url = await serve({
    answer: async () => {
      await gate;
      return pageReply({ title: "Slow", main: html`<h1>Slow</h1>` });
    },
  });
  const refused: Answer[] = [];
  const asked = Array.from({ length: 80 }, async () => {
    const answer = await ask(url);
    if (answer.status === 503) refused.push(answer);
    return answer;
  });
  await expect.poll(() => refused.length).toBe(8);
  expect(refused[0]).toMatchObject({ headers: { "retry-after": "5", "cache-control": "no-store" } });
  go();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(72);
  expect(await ask(url)).toMatchObject({ status: 200 });
});

test("what is no HTTP, or too much of it, ends there", async () => {
  const { port } = new URL(await serve());
  const say = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let heard = "";
      const socket = createConnection(Number(port), "127.0.0.1", () => socket.write(text));
      socket.on("data", (part) => {
        heard += part.toString();
      });
      socket.on("close", () => resolve(heard)).on("error", reject);
    });
  expect(await say("GET / HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(await say(`GET / HTTP/1.1\r\nhost: localhost\r\ncookie: ${"a".repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  expect(await say("hello\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
});

test("an address that is taken is a sentence", async () => {
  const { port } = new URL(await serve());
  const second = await serveWeb({
    host: "127.0.0.1",
    port: Number(port),
    names: [],
    base: null,
    token: null,
    clock: () => NOON,
    answer: async () => null,
    fault: () => {},
  });
  expect(second).toMatch(/^WEB_PORT: .*choose another port\.$/);
});
