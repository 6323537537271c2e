import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { loadConfig } from "#settings/config.ts";
import { complain, problemLine } from "#settings/problem.ts";

/**
 * Runs `work` on the pack in a folder; without one, on the pack that the settings name, whatever else is wrong with them.
 * Complains on standard error where it is at fault. Resolves to the exit code.
 */
export async function withPack(
  dir: string | undefined,
  work: (pack: Pack) => number | Promise<number>,
  { namesAlone = false } = {},
): Promise<number> {
  const loaded = loadPack(dir ?? loadConfig().config.packDir, { namesAlone });
  return loaded.ok ? work(loaded.pack) : complain(loaded.problems.map(problemLine));
}
