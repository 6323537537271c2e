import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { correctionsText } from "#cli/corrections.ts";
import { addCorrection } from "#store/corrections.ts";
import { openDatabase } from "#store/engine/database.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { startProgram } from "#support/program.ts";
import { NOON, storedStory } from "#support/stored.ts";

test("what readers found wrong is written with its story and articles, and without who found it; dead letters are listed", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-corrections-"));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  const story = await storedStory(db);
  await addCorrection(
    db,
    {
      storyId: story.id,
      revision: 1,
      kind: "stage",
      note: "Only proposed.",
      guildId: "1",
      createdBy: "2",
      applied: null,
    },
    NOON,
  );
  const [line = ""] = (await correctionsText({ db })).split("\n");
  expect(JSON.parse(line)).toMatchObject({
    kind: "stage",
    note: "Only proposed.",
    shown: { points: story.points },
    articles: [{ feedId: "gazette" }],
  });
  expect(line).not.toContain("createdBy");

  await enqueue(db, [{ storyId: story.id, revision: 1, destination: "here", dueAt: NOON }]);
  const [claim] = await claimDue(db, NOON, 1);
  await settle(db, claim!, { kind: "rejected", reason: "Invalid Form Body" }, NOON);
  await close();
  const listed = startProgram(["deliveries", "--data", dataDir]);
  expect(await listed.ended, listed.errors()).toBe(0);
  expect(JSON.parse(listed.output())).toMatchObject({ storyId: story.id, state: "dead", reason: "Invalid Form Body" });
  rmSync(dataDir, { recursive: true });
});
