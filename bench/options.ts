import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

type Given<Options> = { readonly [Name in keyof Options]: Options[Name] extends string ? string : string | undefined };

/**
 * The options of a bench, each with what it is when left out, and the other words of its line, named by `words`; `--help` shows
 * both and ends.
 */
export function optionsOf<const Options extends Readonly<Record<string, string | undefined>>>(
  name: string,
  args: readonly string[],
  options: Options,
  words = "",
): { readonly values: Given<Options>; readonly positionals: readonly string[] } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: words !== "",
    options: {
      ...Object.fromEntries(Object.keys(options).map((option) => [option, { type: "string" as const }])),
      help: { type: "boolean" },
    },
  });
  if (values["help"] === true) {
    const shown = Object.entries(options).map(([option, usual]) => `[--${option} ${usual ?? "…"}]`);
    process.stdout.write(`${["npm run bench --", name, words, ...shown].filter(Boolean).join(" ")}\n`);
    process.exit();
  }
  return { values: { ...options, ...values } as Given<Options>, positionals };
}

/** Works in a folder that is gone afterwards. */
export async function inFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `policywire-${name}-`));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same, for long: Ctrl-C aborts `stop`, and is no fault. */
export async function inFolderForLong(
  name: string,
  work: (folder: string, stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once("SIGINT", abort);
  try {
    await inFolder(name, (folder) => work(folder, stop.signal));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    process.off("SIGINT", abort);
  }
}
