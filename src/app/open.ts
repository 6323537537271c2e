import { uptime } from "node:os";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import type { Config } from "#settings/config.ts";
import { createLog, type Log } from "#settings/log.ts";
import { complain, problemLine } from "#settings/problem.ts";
import { type Db, openDatabase } from "#store/engine/database.ts";
import { lockFolder } from "#store/engine/lock.ts";
import { ownFaultOf } from "#store/engine/own-fault.ts";
import { createSteadyClock, type SteadyClock } from "#worker/steady-clock.ts";
import { openStatus, type Status } from "./open-status.ts";
import { openWeb } from "./open-web.ts";
import { useProxies } from "./proxies.ts";

/** What every process that goes on until it is stopped begins with. */
export type Opened = {
  readonly config: Config;
  readonly pack: Pack;
  readonly db: Db;
  /** The same for those who ask: see `Store`. */
  readonly lookUps: Db;
  readonly status: Status;
  /** Where readers reach the site; null where none is served. */
  readonly site: string | null;
  readonly log: Log;
  readonly clock: () => Date;
  /** What `clock` looks at. */
  readonly steady: SteadyClock;
  /** Aborted by SIGINT or SIGTERM; by a part that cannot go on with the reason as a `Refusal`. */
  readonly stop: AbortController;
};

export type Part = {
  /** Polls and delivers: one at a time in a data folder. */
  readonly works: boolean;
  /** Brings an older store up to date; one of many must not. */
  readonly migrates: boolean;
  /** Serves the site where a port is set for it. */
  readonly reads: boolean;
};

/** Why the work ended, when it was not the user who ended it. */
export class Refusal extends Error {}

/**
 * Opens all of it, plays `part` until it ends, and closes what was opened. Resolves to the exit code; what is refused is said on
 * standard error.
 */
export async function withOpened(config: Config, part: Part, play: (opened: Opened) => Promise<void>): Promise<number> {
  const loaded = loadPack(config.packDir);
  if (!loaded.ok) return complain(loaded.problems.map(problemLine));
  // Only the pack goes on: with it came its files as trees, some megabytes that nobody asks for lines any more.
  return withPack(loaded.pack, config, part, play);
}

async function withPack(
  pack: Pack,
  config: Config,
  { works, migrates, reads }: Part,
  play: (opened: Opened) => Promise<void>,
): Promise<number> {
  await useProxies(config.proxies);
  // The time since this machine started, its sleep included.
  const steady = createSteadyClock(
    () => new Date(),
    () => uptime() * 1_000,
  );
  const clock = steady.now;
  const level = config.logLevel ?? (config.discordToken === null ? "warn" : "info");
  const log = createLog({ level, out: process.stderr, clock, secrets: config.secrets });
  const where = { url: config.databaseUrl, dataDir: config.dataDir };
  const locking = works ? await lockFolder(where) : null;
  if (locking?.kind === "refused") return complain([locking.reason]);
  const opening = await openDatabase(where, { migrates });
  if (opening.kind === "refused") return complain([opening.reason]);
  const { db, lookUps, close } = opening.database;
  const status = await openStatus(config, pack, lookUps, clock);
  const site = reads ? await openWeb(config.web, { db: lookUps, pack }, { clock, log }) : null;
  try {
    if (typeof status === "string") return complain([status]);
    if (typeof site === "string") return complain([site]);
    const stop = stopOnSignals();
    await play({ config, pack, db, lookUps, status, site: site?.url ?? null, log, clock, steady, stop });
    return stop.signal.reason instanceof Refusal ? complain([stop.signal.reason.message]) : 0;
  } catch (error) {
    if (error instanceof Refusal) return complain([error.message]);
    const fault = ownFaultOf(db, error);
    if (fault !== null) return complain([fault.sentence]);
    throw error;
  } finally {
    if (typeof status !== "string") await status.close();
    if (typeof site !== "string") await site?.close();
    await close();
    locking?.database.release();
  }
}

/**
 * Those who stop a process kill it after 10 s. What still waits for a server then is taken up by the next start, as after a
 * crash.
 */
const DRAIN_MS = 9_000;

/** Ctrl-C or SIGTERM ends the work that is under way, within DRAIN_MS; a second one ends the process at once. */
function stopOnSignals(): AbortController {
  const stop = new AbortController();
  const end = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  return stop;
}
