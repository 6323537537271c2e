import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { onEachEngine } from "#support/databases.ts";
import { killRound } from "#support/kills/rounds.ts";
import { startMortalServer } from "#support/kills/server.ts";

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

test.skipIf(inject("postgresUrl") === null || process.platform !== "linux")(
  "a PostgreSQL killed with all its processes comes back with all that it acknowledged",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "policywire-mortal-"));
    const server = await startMortalServer(folder);
    try {
      const acknowledged = { written: new Set<string>(), posted: new Set<number>() };
      for (const delayMs of DELAYS_MS.slice(1)) {
        const verdict = await killRound({ url: server.url, dataDir: "" }, acknowledged, delayMs, async (writer) => {
          server.kill();
          writer.kill("SIGKILL");
          await server.start();
        });
        expect(verdict).toMatchObject({ lost: [], damage: [] });
        expect(verdict.acknowledged).toBeGreaterThan(0);
      }
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  },
);
