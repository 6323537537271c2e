import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeedDocument } from "#model/article.ts";
import type { FeedState } from "#model/feed.ts";
import {
  afterFailure,
  afterRead,
  afterUnchanged,
  backOffMs,
  intervalMs,
  isOwnOutage,
  requestFor,
  shouldReport,
} from "#pipeline/poll.ts";

const NOW = new Date("2026-11-24T08:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const later = (ms: number) => new Date(NOW.getTime() + ms);
const never = () => 0;

const STATE: FeedState = {
  feedId: "gazette",
  claim: 0,
  addedAt: later(-1_000 * HOUR),
  address: null,
  identity: null,
  etag: null,
  lastModified: null,
  answeredBy: null,
  wholeAt: null,
  bodyHash: null,
  movedTo: null,
  redirect: null,
  nextPollAt: NOW,
  lastPolledAt: null,
  lastSuccessAt: null,
  lastChangedAt: null,
  failureCount: 0,
  failingSince: null,
  failureReason: null,
  pausedAt: null,
  reportedAt: null,
  knownEntries: [],
  comparedAt: null,
};

const ADDRESS = "https://gazette.example/feed";
const ANSWER = { url: ADDRESS, etag: '"1"', lastModified: null, movedTo: null as string | null, maxAgeMs: null };

const unchanged = (answer = ANSWER) => ({ answer, whole: false });

const document = (dates: readonly Date[], minIntervalMs: number | null = null): FeedDocument => ({
  format: "rss 2.0",
  feed: { title: null, link: null },
  minIntervalMs,
  entries: dates.map((date) => ({
    id: null,
    title: "",
    link: null,
    published: date.toISOString(),
    updated: null,
    author: null,
    summary: null,
    content: null,
    enclosures: [],
  })),
});

const waitOf = (state: FeedState) => state.nextPollAt.getTime() - NOW.getTime();

test("the interval follows the feed's own rhythm, from five minutes to four hours", () => {
  const every = (ms: number) => Array.from({ length: 20 }, (_, i) => later(-i * ms));
  expect(intervalMs(every(MINUTE), NOW, null)).toBe(5 * MINUTE);
  expect(intervalMs(every(HOUR), NOW, null)).toBe(30 * MINUTE);
  expect(intervalMs(every(48 * HOUR), NOW, null)).toBe(4 * HOUR);
  expect(intervalMs([], NOW, null)).toBe(4 * HOUR);
  expect(intervalMs([later(9_000 * HOUR)], NOW, null)).toBe(4 * HOUR);
});

test("the feed's and the server's wishes bound it from below, as far as they are sane", () => {
  const busy = [NOW, later(-MINUTE), later(-2 * MINUTE)];
  const read = (minIntervalMs: number | null, maxAgeMs: number | null) =>
    waitOf(
      afterRead(
        STATE,
        {
          answer: { ...ANSWER, maxAgeMs },
          document: document(busy, minIntervalMs),
          bodyHash: "a",
          identity: "guid",
          fingerprints: [],
        },
        NOW,
        never,
      ),
    );
  expect(read(null, null)).toBe(5 * MINUTE);
  expect(read(HOUR, null)).toBe(HOUR);
  expect(read(HOUR, 2 * HOUR)).toBe(2 * HOUR);
  expect(read(9_000 * HOUR, null)).toBe(12 * HOUR);
});

test("a feed that answers unchanged is asked less and less often, and its validators are kept", () => {
  let state: FeedState = {
    ...STATE,
    etag: '"1"',
    lastPolledAt: later(-10 * MINUTE),
    nextPollAt: NOW,
    failureCount: 2,
    failingSince: later(-HOUR),
  };
  // What a 304 says of itself may be of a version that never came.
  state = afterUnchanged(state, unchanged({ ...ANSWER, etag: '"2"' }), NOW, never);
  expect(state).toMatchObject({ etag: '"1"', wholeAt: null, failureCount: 0, failingSince: null, lastSuccessAt: NOW });
  expect(waitOf(state)).toBe(15 * MINUTE);
  for (let i = 0; i < 20; i++) state = afterUnchanged({ ...state, lastPolledAt: NOW }, unchanged(), NOW, never);
  expect(waitOf(state)).toBe(4 * HOUR);
});

test("what is held is asked after at the address that gave it, and for a day: then the whole is asked for", () => {
  const feed = { url: ADDRESS };
  expect(requestFor(STATE, feed, NOW)).toEqual({ url: ADDRESS });
  const state = afterUnchanged(STATE, { answer: ANSWER, whole: true }, NOW, never);
  expect(state).toMatchObject({ etag: '"1"', answeredBy: ADDRESS, wholeAt: NOW });
  const validators = { url: ADDRESS, etag: '"1"', lastModified: null };
  expect(requestFor(state, feed, later(24 * HOUR - 1))).toEqual({ url: ADDRESS, validators });
  expect(requestFor(state, feed, later(24 * HOUR))).toEqual({ url: ADDRESS, whole: true });
  // A clock that was ahead when it came says nothing of how old it is.
  expect(requestFor(state, feed, later(-24 * HOUR))).toEqual({ url: ADDRESS, whole: true });
  const moved = { ...state, movedTo: "https://new.example/feed" };
  expect(requestFor(moved, feed, NOW)).toEqual({ url: "https://new.example/feed", validators });
});

test("where a feed moved to is left for its own address when nothing was new for a week, and when the feed is back there", () => {
  const feed = { url: ADDRESS };
  const there = { ...ANSWER, url: "https://new.example/feed" };
  let state: FeedState = { ...STATE, address: ADDRESS, movedTo: there.url, lastChangedAt: NOW };
  state = afterUnchanged(state, { answer: there, whole: true }, later(140 * HOUR), never);
  expect(requestFor(state, feed, later(166 * HOUR))).toEqual({ url: there.url, whole: true });
  expect(requestFor(state, feed, later(168 * HOUR))).toEqual({ url: ADDRESS, whole: true });
  const failed = afterFailure(state, { kind: "failed", reason: "x" }, later(168 * HOUR), never);
  expect(requestFor(failed, feed, later(169 * HOUR)).url).toBe(there.url);
  const still = { ...ANSWER, url: there.url, movedTo: there.url };
  expect(afterUnchanged(state, { answer: still, whole: true }, later(168 * HOUR), never).movedTo).toBe(there.url);
  expect(afterUnchanged(state, { answer: ANSWER, whole: true }, later(168 * HOUR), never).movedTo).toBeNull();
});

test("an empty document pins no identity", () => {
  const read = { answer: ANSWER, document: document([]), bodyHash: "a", identity: "guid" as const };
  expect(afterRead(STATE, { ...read, fingerprints: [] }, NOW, never).identity).toBeNull();
  expect(afterRead(STATE, { ...read, fingerprints: ["x"] }, NOW, never).identity).toBe("guid");
});

test("a permanent redirect is believed when it has held for three polls, and forgotten when what it led to fails", () => {
  const moved = { ...ANSWER, movedTo: "https://new.example/feed" };
  let state = STATE;
  for (const held of [1, 2]) {
    state = afterUnchanged(state, unchanged(moved), NOW, never);
    expect(state).toMatchObject({ movedTo: null, redirect: { url: "https://new.example/feed", polls: held } });
  }
  expect(afterUnchanged(state, unchanged(), NOW, never)).toMatchObject({ movedTo: null, redirect: null });
  state = afterUnchanged(state, unchanged(moved), NOW, never);
  expect(state).toMatchObject({ movedTo: "https://new.example/feed", redirect: null });
  for (let i = 0; i < 3; i++) state = afterFailure(state, { kind: "failed", reason: "x" }, NOW, never);
  expect(state.movedTo).toBeNull();
});

test("failures are retried with doubling patience up to a day, and never disabled", () => {
  const waits: number[] = [];
  let state = STATE;
  for (let i = 0; i < 40; i++) {
    state = afterFailure(state, { kind: "failed", reason: "The server answered 403 Forbidden." }, NOW, never);
    waits.push(waitOf(state) / MINUTE);
  }
  expect(waits.slice(0, 4)).toEqual([10, 20, 40, 80]);
  expect(waits.at(-1)).toBe(24 * 60);
  expect(state).toMatchObject({
    failureCount: 40,
    failingSince: NOW,
    pausedAt: null,
    failureReason: "The server answered 403 Forbidden.",
  });
});

test("a server that names a time is asked then; one that says gone is paused", () => {
  expect(waitOf(afterFailure(STATE, { kind: "retry-later", reason: "busy", afterMs: 2 * HOUR }, NOW, never))).toBe(
    2 * HOUR,
  );
  expect(waitOf(afterFailure(STATE, { kind: "retry-later", reason: "busy", afterMs: 0 }, NOW, never))).toBe(5 * MINUTE);
  expect(afterFailure(STATE, { kind: "gone", reason: "gone" }, NOW, never).pausedAt).toEqual(NOW);
});

test("every wait is bounded, whatever came before and whatever chance says", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
      const wait = backOffMs(failures, () => chance);
      expect(wait).toBeGreaterThanOrEqual(10 * MINUTE);
      expect(wait).toBeLessThanOrEqual(24 * HOUR);
    }),
  );
});

test("when several hosts that answered before are not reached it is our own outage; too few, or long dead ones, prove nothing", () => {
  const unreached = ["a.example", "b.example", "c.example"].map((host) => ({ host, failureCount: 0 }));
  expect(isOwnOutage(unreached)).toBe(true);
  expect(isOwnOutage(unreached.slice(1))).toBe(false);
  expect(isOwnOutage(unreached.map(({ host }) => ({ host, failureCount: Number(host === "a.example") })))).toBe(false);
  expect(isOwnOutage(unreached.map(() => ({ host: "a.example", failureCount: 0 })))).toBe(false);
});

test("the operators hear of a feed that has failed for a day, again after a week, and at once when it is gone", () => {
  const failing = { ...STATE, failureCount: 5, failingSince: later(-23 * HOUR) };
  expect(shouldReport(failing, NOW)).toBe(false);
  expect(shouldReport({ ...failing, failingSince: later(-24 * HOUR) }, NOW)).toBe(true);
  const reported = { ...failing, failingSince: later(-300 * HOUR), reportedAt: later(-167 * HOUR) };
  expect(shouldReport(reported, NOW)).toBe(false);
  expect(shouldReport({ ...reported, reportedAt: later(-168 * HOUR) }, NOW)).toBe(true);
  expect(shouldReport(afterFailure(STATE, { kind: "gone", reason: "gone" }, NOW, never), NOW)).toBe(true);
  expect(shouldReport(STATE, NOW)).toBe(false);
});
