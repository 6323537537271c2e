import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { memoCommand } from "#cli/memo.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { addRevision } from "#store/stories.ts";
import { addMute, createSubscription } from "#store/subscriptions.ts";
import { saveTagging } from "#store/taggings.ts";
import { aTagging, days, NOON, storedStory } from "#support/stored.ts";
import { memoFor } from "#worker/memo.ts";

const dataDir = mkdtempSync(join(tmpdir(), "policywire-memo-"));
const told: string[] = [];
let database: Database;

beforeAll(async () => {
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
  for (const [title, point, place] of [
    ["Ferries fined", "liability", "US"],
    ["Kilns audited", "audit-scope", "EU"],
  ] as const)
    await moved(title, point, place);
});

afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

async function moved(title: string, point: string, place: string): Promise<void> {
  const at = days(-2);
  const article = { title, text: `${title}.`, keys: [title], publishedAt: at, firstSeenAt: at };
  const { id, leadArticleId } = await storedStory(database.db, article, { title, points: [point], places: [place] });
  await saveTagging(database.db, leadArticleId, { ...aTagging, support: 1 });
  const movement = { kind: "opened", from: null, to: null, articleId: leadArticleId, sentence: null } as const;
  await addRevision(database.db, { storyId: id, number: 1, at, movements: [movement] });
}

/** What the command writes, to which exit code. */
async function run(...options: readonly string[]) {
  const hear = (chunk: unknown) => told.push(String(chunk)) > 0;
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(hear));
  const before = process.exitCode;
  told.length = 0;
  try {
    await memoCommand(memoFor, () => NOON).parseAsync(["--data", dataDir, "--pack", "feeds/ai-policy", ...options], {
      from: "user",
    });
    return { code: process.exitCode, text: told.join("") };
  } finally {
    process.exitCode = before;
    for (const stream of streams) stream.mockRestore();
  }
}

test("tells of all that moved, or of what its options name", async () => {
  const all = await run();
  expect(all.code).toBe(0);
  expect(all.text).toContain(
    "# Weekly memo · 23 Feb 2026 – 2 Mar 2026\n\nEverything. 2 developments on 2 friction points",
  );
  const { text } = await run("--point", "audit-scope", "--place", "EU", "--until", "2026-03-02");
  expect(text).toMatch(/^# Weekly memo · 23 Feb 2026 – 2 Mar 2026\n/);
  expect(text).toContain("Kilns audited");
  expect(text).not.toContain("Ferries fined");
  expect((await run("--until", "2026-02-20T16:00Z")).text).toContain("Nothing moved");
});

test("is one JSON object with --json", async () => {
  const { text } = await run("--json", "--period", "month");
  expect(JSON.parse(text)).toMatchObject({ period: "month", until: NOON.toISOString(), points: [{}, {}] });
});

test("of a request is what it follows, less what is muted in its channel", async () => {
  const { db } = database;
  const filter = { ...EVERYTHING, places: ["US", "EU"] };
  const manner = { ...AT_ONCE, timeZone: "Asia/Tokyo" };
  const { id } = await createSubscription(
    db,
    { guildId: "1", destination: "7", filter, createdBy: null, manner },
    NOON,
  );
  const mute = { destination: "7", kind: "word", value: "ferries", until: null, createdBy: null } as const;
  await addMute(db, mute, NOON);
  const { code, text } = await run("--subscription", `${id}`);
  expect(code).toBe(0);
  expect(text).toContain(
    `Request ${id}; in United States (federal) or European Union. 1 development on 1 friction point`,
  );
  expect(text).toContain("Kilns audited");
});

test("says what it does not know, and fails", async () => {
  expect(await run("--subscription", "99")).toEqual({ code: 1, text: "There is no request 99.\n" });
  const { code, text } = await run("--point", "ferries", "--place", "Atlantis");
  expect(code).toBe(1);
  expect(text).toContain("ferries");
  expect(text).toContain("Atlantis");
});
