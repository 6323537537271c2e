import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { heardPoster } from "#app/heard.ts";
import { createMetrics } from "#app/metrics.ts";
import { type StatusServer, serveStatus, type Watched } from "#app/status.ts";
import type { Card, RequestedMemo } from "#model/delivery.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { minutes, NOON, storedStory } from "#support/stored.ts";

const dataDir = mkdtempSync(join(tmpdir(), "policywire-status-"));
let database: Database;
let server: StatusServer | undefined;

beforeAll(async () => {
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

async function serve(change: Partial<Watched> = {}): Promise<string> {
  const started = await serveStatus({
    host: "127.0.0.1",
    port: 0,
    names: [],
    alive: async () => {},
    awaiting: () => null,
    metrics: async () => "",
    ...change,
  });
  if (typeof started === "string") throw new Error(started);
  server = started;
  return started.url;
}

async function get(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}

test("a process at work is healthy and ready", async () => {
  const url = await serve();
  expect(await get(`${url}/healthz`)).toEqual({ status: 200, text: "ok\n" });
  expect(await get(`${url}/readyz?probe=1`)).toEqual({ status: 200, text: "ok\n" });
  expect(await get(`${url}/`)).toMatchObject({ status: 404 });
  for (const target of ["http://[", "//", "/__proto__", "/constructor"])
    expect(
      await new Promise((resolve) => request(url, { path: target }, ({ statusCode }) => resolve(statusCode)).end()),
    ).toBe(404);
});

test("one whose store does not answer is neither, one that waits for Discord is healthy alone", async () => {
  const broken = await serve({ alive: async () => Promise.reject(new Error("database is locked")) });
  expect(await get(`${broken}/healthz`)).toEqual({ status: 503, text: "database is locked\n" });
  expect(await get(`${broken}/readyz`)).toMatchObject({ status: 503 });
  await server?.close();
  const starting = await serve({ awaiting: () => "Discord has not answered yet." });
  expect(await get(`${starting}/healthz`)).toMatchObject({ status: 200 });
  expect(await get(`${starting}/readyz`)).toEqual({ status: 503, text: "Discord has not answered yet.\n" });
});

test("a request that asks for another host is refused: a web page that was led here would", async () => {
  const url = new URL(await serve({ names: ["bot.example.org"] }));
  const asking = (host: string) =>
    new Promise((resolve) =>
      request(url, { path: "/metrics", headers: { host } }, ({ statusCode }) => resolve(statusCode)).end(),
    );
  const ours = ["127.0.0.1", `localhost:${url.port}`, "[::1]:80", "worker:8080", "10.1.2.3:9", "bot.example.org:80"];
  for (const host of ours) expect(await asking(host), host).toBe(200);
  for (const host of ["evil.example", "127.0.0.1.evil.example:80", "bot.example.org.evil.example", "a b"])
    expect(await asking(host), host).toBe(421);
});

test("a port that is taken is refused with a sentence", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const refused = await serveStatus({
    host: "127.0.0.1",
    port,
    names: [],
    alive: async () => {},
    awaiting: () => null,
    metrics: async () => "",
  });
  expect(refused).toMatch(/^STATUS_PORT: .*EADDRINUSE.*; choose another port\.$/);
  taken.close();
});

test("the metrics say what was polled, stored, posted and what waits", async () => {
  const { db } = database;
  const { id } = await storedStory(db);
  const [courier, gazette] = await feedStates(db);
  await saveFeedState(db, { ...gazette!, lastSuccessAt: minutes(-30) });
  await saveFeedState(db, { ...courier!, failingSince: minutes(-30) });
  await enqueue(db, [
    { storyId: id, revision: 1, destination: "here", dueAt: minutes(-2) },
    { storyId: id, revision: 2, destination: "here", dueAt: minutes(-1) },
  ]);
  const metrics = createMetrics(db, { points: [] }, () => NOON);
  const [claim] = await claimDue(db, NOON, 1);
  const posted = { kind: "posted", messageId: "m" } as const;
  await settle(db, claim!, posted, NOON);
  const tried = { ...claim!, destination: "here" };
  const poster = heardPoster(
    { post: async () => posted, postMemo: async () => posted, postOverflow: async () => posted },
    [metrics],
  );
  await poster.post(tried, {} as Card);
  await poster.postMemo?.(tried, {} as RequestedMemo);
  await poster.postOverflow?.(tried, 3);
  metrics.polled({
    feedId: "gazette",
    outcome: "read",
    reason: null,
    articlesNew: 7,
    points: ["audit-scope", "audit-scope"],
    movements: ["opened", "stage"],
  });
  for (const status of [200, 200, 429, 799]) metrics.answered(status);
  const round = {
    read: 3,
    unchanged: 2,
    failures: [],
    offline: false,
    latestMs: 1_500,
    articlesNew: 7,
    storiesOpened: 4,
    storiesUpdated: 1,
  };
  metrics.roundEnded(round, 0, 60_000);

  const url = await serve({ metrics: metrics.text });
  const { text } = await get(`${url}/metrics`);
  for (const line of [
    'policywire_polls_total{outcome="read"} 1',
    'policywire_polls_total{outcome="failed"} 0',
    "policywire_articles_new_total 7",
    'policywire_stories_total{effect="opened"} 4',
    'policywire_tags_total{point="audit-scope"} 2',
    'policywire_movements_total{kind="stage"} 1',
    'policywire_movements_total{kind="reversal"} 0',
    'policywire_posts_total{attempt="post",outcome="posted"} 1',
    'policywire_posts_total{attempt="digest",outcome="posted"} 0',
    'policywire_posts_total{attempt="memo",outcome="posted"} 1',
    'policywire_posts_total{attempt="overflow",outcome="posted"} 1',
    'policywire_discord_answers_total{code="200"} 2',
    'policywire_discord_answers_total{code="429"} 1',
    'policywire_discord_answers_total{code="other"} 1',
    "policywire_store_stories 1",
    'policywire_deliveries{state="due"} 1',
    'policywire_deliveries{state="posted"} 1',
    'policywire_delivery_oldest_seconds{state="due"} 60',
    'policywire_delivery_oldest_seconds{state="held"} 0',
    'policywire_feed_lag_seconds{feed="gazette"} 1800',
    "policywire_feeds_failing 1",
    "policywire_poll_late_seconds 1.5",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  expect(text).toMatch(/^process_resident_memory_bytes /m);
});
