import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#model/time.ts";
import { NOON } from "#support/stored.ts";
import { createAttempts } from "#web/attempts.ts";
import { html } from "#web/html.ts";
import { pageReply } from "#web/layout.ts";
import { serveWeb, type WebServer } from "#web/serve.ts";

const TOKEN = "a-token-that-nobody-guesses";
let now = NOON;
let server: WebServer;

beforeEach(async () => {
  now = NOON;
  server = await serve();
});
afterEach(() => server.close());

async function serve(base: string | null = null): Promise<WebServer> {
  const started = await serveWeb({
    host: "127.0.0.1",
    port: 0,
    names: ["news.example.org"],
    base,
    token: TOKEN,
    clock: () => now,
    answer: async (url) => pageReply({ title: "Inside", main: html`<h1>Inside ${url.href}</h1>` }),
    fault: () => {},
  });
  if (typeof started === "string") throw new Error(started);
  return started;
}

const get = (path = "/", headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers: { accept: "text/html", ...headers }, redirect: "manual" });

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });

async function signedIn(
  token = TOKEN,
  next = "/",
): Promise<{ cookie: string; location: string | null; status: number }> {
  const response = await post("/sign-in", { token, next });
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return { cookie, location: response.headers.get("location"), status: response.status };
}

const basic = (password: string) => `Basic ${Buffer.from(`reader:${password}`).toString("base64")}`;

test("without a token a browser gets the form and a program one line, and neither anything that is inside", async () => {
  const page = await get("/stories/1?x=<b>");
  expect(page.status).toBe(401);
  expect(page.headers.get("www-authenticate")).toBe('Bearer realm="Policywire"');
  const text = await page.text();
  expect(text).toContain('<form method="post" action="/sign-in">');
  expect(text).toContain('name="next" value="/stories/1?x=%3Cb%3E"');
  expect(text).not.toContain("Inside");
  const program = await get("/", { accept: "application/json" });
  expect(program.status).toBe(401);
  expect(program.headers.get("www-authenticate")).toContain("Basic ");
  expect(await program.text()).toBe("A token is needed.\n");
});

test("a program that asks the interface without a token is told by a problem, and how to send one", async () => {
  const response = await get("/api/v1/latest", { accept: "*/*" });
  expect([response.status, response.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  expect(response.headers.get("www-authenticate")).toContain("Bearer ");
  expect(await response.json()).toMatchObject({ title: "Unauthorized", detail: "A token is needed." });
});

test("the style is there for the form", async () => {
  const path = /href="(\/style-[^"]+)"/.exec(await (await get()).text())?.[1];
  expect((await get(path)).status).toBe(200);
});

test("a program sends the token as a bearer, a feed reader as a password", async () => {
  expect((await get("/", { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  expect((await get("/", { authorization: basic(TOKEN) })).status).toBe(200);
  for (const wrong of [`Bearer ${TOKEN}x`, "Bearer ", basic("x"), `Token ${TOKEN}`, "Basic !!!"])
    expect((await get("/", { authorization: wrong })).status, wrong).toBe(401);
});

test("a browser signs in once, goes where it wanted to, and out again", async () => {
  const response = await post("/sign-in", { token: ` ${TOKEN} `, next: "/stories/1?x=1" });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/stories/1?x=1");
  expect(response.headers.get("set-cookie")).toMatch(
    /^policywire=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=1209600$/,
  );
  const { cookie } = await signedIn();
  expect((await get("/", { cookie: `other=1; ${cookie}` })).status).toBe(200);
  const out = await post("/sign-out", {}, { cookie });
  expect(out.headers.get("set-cookie")).toMatch(/^policywire=; .*Max-Age=0$/);
});

test("a session ends by itself, and none can be made or stretched", async () => {
  const { cookie } = await signedIn();
  const [name, value = ""] = cookie.split("=");
  const [until, signature] = value.split(".");
  for (const forged of [
    `${Number(until) + 1}.${signature}`,
    `${until}.`,
    `${until}`,
    "",
    `NaN.${signature}`,
    `${until}.${"A".repeat(43)}`,
  ])
    expect((await get("/", { cookie: `${name}=${forged}` })).status, forged).toBe(401);
  now = new Date(NOON.getTime() + 14 * DAY_MS - 1);
  expect((await get("/", { cookie })).status).toBe(200);
  now = new Date(NOON.getTime() + 14 * DAY_MS);
  expect((await get("/", { cookie })).status).toBe(401);
});

test("behind https the cookie is for this host alone, and never in the clear", async () => {
  await server.close();
  server = await serve("https://news.example.org");
  const response = await post("/sign-in", { token: TOKEN, next: "/" }, { host: "news.example.org" });
  expect(response.headers.get("set-cookie")).toMatch(
    /^__Host-policywire=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/,
  );
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect(await (await get("/a?b=1", { cookie })).text()).toContain("Inside https://news.example.org/a?b=1");
});

test("signing in leads nowhere but into the site", async () => {
  for (const next of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
    "\n//evil.example",
  ])
    expect((await signedIn(TOKEN, next)).location, next).toBe("/");
});

test("a form that another site sent is not read", async () => {
  const fields = { token: TOKEN, next: "/" };
  for (const headers of [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])
    expect((await post("/sign-in", fields, headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(
      403,
    );
  for (const headers of [{ origin: "null" }, { origin: server.url }, { "sec-fetch-site": "same-origin" }])
    expect((await post("/sign-in", fields, headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(
      303,
    );
  expect((await post("/sign-in", { token: "a".repeat(5_000) })).status).toBe(413);
});

test("ten wrong tokens of an address are enough for ten minutes, and bar nobody who is in", async () => {
  const { cookie } = await signedIn();
  for (let at = 0; at < 5; at++) {
    const wrong = await post("/sign-in", { token: "wrong" });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toContain("This token is not known here.");
    expect((await get("/", { authorization: "Bearer wrong" })).status).toBe(401);
  }
  expect((await signedIn()).status).toBe(429);
  expect((await get("/", { authorization: `Bearer ${TOKEN}` })).status).toBe(429);
  expect((await get("/", { cookie })).status).toBe(200);
  now = new Date(NOON.getTime() + 10 * MINUTE_MS);
  expect((await signedIn()).status).toBe(303);
});

test("wrong tokens count by address, of version 6 by network, and all together", () => {
  const barredBy = (...addresses: readonly string[]) => {
    const attempts = createAttempts();
    for (const address of addresses) for (let at = 0; at < 10 / addresses.length; at++) attempts.note(address, NOON);
    return (address: string) => attempts.isBarred(address, NOON);
  };
  expect(["10.0.0.1", "::ffff:10.0.0.1", "10.0.0.2"].map(barredBy("10.0.0.1"))).toEqual([true, true, false]);
  const network = barredBy("2001:db8::1", "2001:db8:0:0:ffff::1%eth0");
  expect(["2001:db8::2", "2001:db8:0:1::1", "::1"].map(network)).toEqual([true, false, false]);
  const crowd = createAttempts();
  for (let at = 0; at < 200; at++) crowd.note(`10.0.0.${at}`, NOON);
  expect(crowd.isBarred("10.1.0.1", NOON)).toBe(true);
});
