import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playKilled } from "#support/replay/kills.ts";
import { marked, outcomeOf, recordOf } from "#support/replay/outcome.ts";
import { play } from "#support/replay/play.ts";
import { readSequence } from "#support/replay/sequence.ts";

/** Enough to die in the first days and in the last; `npm run bench -- replay-kills` dies more often. */
const KILLS = 3;
const KILLED_WITHIN_MS = 700;

let root: string;
let folder: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "policywire-replay-"));
  folder = mkdtempSync(join(root, "whole-"));
  await play(folder);
});

afterAll(() => rmSync(root, { recursive: true }));

test("forty articles over ten days come to the developments, movements and posts that a person marked", async () => {
  const sequence = readSequence();
  expect(sequence.articles).toHaveLength(40);
  expect(await outcomeOf(folder)).toEqual(marked(sequence));
});

test("two courts that rule opposite ways are two developments of one dispute", async () => {
  const { placed } = await recordOf(folder);
  const west = placed.find(({ url }) => url.startsWith("https://court-west"))!;
  const south = placed.find(({ url }) => url.startsWith("https://court-south"))!;
  expect(west.storyId).not.toBe(south.storyId);
  expect(west.sagaId).toBe(south.sagaId);
});

test("those who saw a suspension are told of the redeployment, in answer to it", async () => {
  const { journal } = await recordOf(folder);
  const [suspension, redeployment] = journal.filter(({ title }) => title.includes("Lumen model"));
  expect(suspension).toMatchObject({ at: "2026-09-15T14:00:00.000Z", revision: 1, answers: null });
  expect(redeployment).toMatchObject({ at: "2026-09-17T14:00:00.000Z", revision: 2, answers: suspension!.nonce });
});

test("killed at random moments and started again, it comes to the same stories and the same posts", async () => {
  const killed = mkdtempSync(join(root, "killed-"));
  const moments = [0.31, 0.83, 0.57];
  const killedAt = await playKilled(killed, {
    random: () => moments.shift() ?? 0,
    longestMs: KILLED_WITHIN_MS,
    mostKills: KILLS,
  });
  expect(killedAt.length).toBeGreaterThan(0);
  expect(await recordOf(killed)).toEqual(await recordOf(folder));
});
