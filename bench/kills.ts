import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Where } from "#store/engine/database.ts";
import { killRound } from "#support/kills/rounds.ts";
import { startMortalServer } from "#support/kills/server.ts";
import { randomFrom } from "#support/random.ts";
import { optionsOf } from "./options.ts";

/**
 * Kills a process that writes to the store, with SIGKILL at random moments, and checks after each: the database's own integrity
 * check, every transaction whole, every acknowledged one there. DATABASE_URL makes it a PostgreSQL, else it is a SQLite file.
 * With `--victim server` it starts a PostgreSQL of its own and kills that, with all its processes, together with the writer. A
 * kill leaves what the operating system has not written yet; only a power cut takes that, and no kill shows what the disk does
 * then.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("kills", args, {
    victim: "writer",
    rounds: "120",
    seed: "1",
    "longest-ms": "400",
    folder: undefined,
  });
  const folder = mkdtempSync(join(values.folder ?? tmpdir(), "policywire-kills-"));
  const server = values.victim === "server" ? await startMortalServer(folder) : null;
  const where: Where = { url: server?.url ?? process.env.DATABASE_URL ?? null, dataDir: folder };
  const kill = async (writer: ChildProcess) => {
    server?.kill();
    writer.kill("SIGKILL");
    await server?.start();
  };
  const acknowledged = { written: new Set<string>(), posted: new Set<number>() };
  const random = randomFrom(Number(values.seed));
  const rounds = Number(values.rounds);
  let unacknowledged = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      const verdict = await killRound(where, acknowledged, random() * Number(values["longest-ms"]), kill);
      unacknowledged = verdict.unacknowledged;
      if (verdict.lost.length + verdict.damage.length > 0) {
        process.stdout.write(
          `round ${round}: lost ${verdict.lost.join(", ") || "nothing"}; damage: ${verdict.damage.join(", ") || "none"}\n`,
        );
        process.exitCode = 1;
        return;
      }
      if (process.stderr.isTTY) process.stderr.write(`\r${round} of ${rounds} `);
    }
    const { written, posted } = acknowledged;
    process.stdout.write(
      `${rounds} kills of the ${values.victim} (seed ${values.seed}, ${where.url === null ? "SQLite" : "PostgreSQL"}): ${written.size} transactions and ` +
        `${posted.size} postings acknowledged, 0 lost, 0 damaged; ${unacknowledged} kept though never acknowledged.\n`,
    );
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true });
  }
}
