import { withConfig } from "#cli/with-config.ts";
import type { Config } from "#settings/config.ts";
import type { OpenPlayer } from "./player.ts";

/** The exit code of a program that SIGINT ended. */
export const STOPPED = 130;

/** Runs `work`, which SIGINT and SIGTERM stop. Resolves to its exit code. */
export async function withStop(work: (stop: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    return await work(stop.signal);
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}

/** What news is played with. */
export type Means = {
  readonly config: Config;
  readonly open: OpenPlayer;
  readonly now: Date;
  readonly stop: AbortSignal;
};

/** Runs `work` until it is done or stopped. Resolves to its exit code. */
export const withMeans = (
  open: OpenPlayer,
  clock: () => Date,
  work: (means: Means) => Promise<number>,
): Promise<number> => withStop((stop) => withConfig((config) => work({ config, open, now: clock(), stop })));
