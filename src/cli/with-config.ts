import { type Config, loadConfig } from "#settings/config.ts";
import { complain, problemLine } from "#settings/problem.ts";

/** Runs `work` on the settings; complains on standard error where they are at fault. Resolves to the exit code. */
export async function withConfig(work: (config: Config) => Promise<number>): Promise<number> {
  const loaded = loadConfig();
  return loaded.ok ? work(loaded.config) : complain(loaded.problems.map(problemLine));
}
