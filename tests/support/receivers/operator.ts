import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startProgram } from "#support/program.ts";

/** A folder that is gone after the test. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "policywire-destinations-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** The program on a store of its own, as an operator calls it. */
export function operator(environment: Readonly<Record<string, string>> = {}) {
  const dataDir = folder();
  const run = async (args: readonly string[], input = "") => {
    const { ended, output, errors } = startProgram(
      [...args],
      { POLICYWIRE_DATA: dataDir, FEED_ALLOW_NETWORKS: "127.0.0.0/8", ...environment },
      input,
    );
    return { code: await ended, said: output(), complained: errors() };
  };
  return { dataDir, run, destinations: (args: readonly string[], input = "") => run(["destinations", ...args], input) };
}
