import { Command } from "commander";
import type { Config } from "#settings/config.ts";
import { withConfig } from "./with-config.ts";

type Places = { readonly pack?: string; readonly data?: string };

/** What does the work of each role: goes on until it is stopped, and resolves to the exit code. */
export type Roles = {
  readonly run: (config: Config, options: { once: boolean }) => Promise<number>;
  readonly runWorker: (config: Config) => Promise<number>;
  readonly runBot: (config: Config) => Promise<number>;
};

/** `policywire run`; what does the work is loaded when it is wanted. */
export const runCommand = (load: () => Promise<Roles>): Command =>
  role("run")
    .option("--once", "end after one round over all feeds")
    .action(async ({ once = false, ...places }: Places & { readonly once?: boolean }) =>
      play(places, async (config) => (await load()).run(config, { once })),
    );

/** `policywire worker`. */
export const workerCommand = (load: () => Promise<Roles>): Command =>
  role("worker").action(async (places: Places) => play(places, async (config) => (await load()).runWorker(config)));

/** `policywire bot`. */
export const botCommand = (load: () => Promise<Roles>): Command =>
  role("bot").action(async (places: Places) => play(places, async (config) => (await load()).runBot(config)));

/** `policywire web`. */
export const webCommand = (load: () => Promise<{ readonly runWeb: (config: Config) => Promise<number> }>): Command =>
  role("web").action(async (places: Places) => play(places, async (config) => (await load()).runWeb(config)));

const role = (name: string): Command =>
  new Command(name)
    .option("--pack <dir>", "the pack to load (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)");

async function play({ pack, data }: Places, work: (config: Config) => Promise<number>): Promise<void> {
  process.exitCode = await withConfig((config) =>
    work({ ...config, packDir: pack ?? config.packDir, dataDir: data ?? config.dataDir }),
  );
}
