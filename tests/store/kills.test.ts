import { expect, test } from "vitest";
import { onEachEngine } from "#support/databases.ts";
import { killRound } from "#support/kills/rounds.ts";

/** A few moments of dying; `npm run bench -- kills` tries many more, at random. */
const DELAYS_MS = [0, 23, 111];

onEachEngine("a writer killed at work", (databases) => {
  test("has lost nothing that it was told is kept, and left nothing half done", async () => {
    const where = await databases.place();
    const acknowledged = { written: new Set<string>(), posted: new Set<number>() };
    for (const delayMs of DELAYS_MS) {
      const verdict = await killRound(where, acknowledged, delayMs, (writer) => void writer.kill("SIGKILL"));
      expect(verdict).toMatchObject({ lost: [], damage: [] });
      expect(verdict.acknowledged).toBeGreaterThan(0);
    }
  });
});
