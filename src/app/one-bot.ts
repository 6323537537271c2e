import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#settings/config.ts";
import { type BotLock, lockBot } from "#store/engine/lock.ts";
import { EVERY_FEW_SECONDS, every } from "#worker/schedule.ts";
import { type Opened, Refusal } from "./open.ts";

/**
 * A bot that was told to stop ends within ten seconds, the lease of one that died lapses after fifteen: a restart finds the place
 * free.
 */
const PATIENCE_MS = 20_000;

const LOOK_MS = 500;

type House = Pick<Opened, "db" | "clock" | "stop" | "log"> & {
  readonly config: Pick<Config, "databaseUrl" | "dataDir">;
};

/**
 * Connects as the one bot of the store, and holds its place until it is closed. Waits a while for another to end, and then
 * refuses; stops when another has taken over, as after a sleep of this machine.
 */
export async function asOneBot<T extends { close(): Promise<void> }>(
  house: House,
  connect: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const { clock, stop, log } = house;
  const lock = await lockWithin(patienceMs, house);
  const renew = async () => {
    if (!(await lock.keep(clock()))) stop.abort(new Refusal(TAKEN));
  };
  const failed = (error: unknown) => log.warn("the bot's place could not be renewed; the next try is soon", { error });
  const endRenewing = every(EVERY_FEW_SECONDS, renew, failed, clock);
  const letGo = async () => {
    await endRenewing();
    await lock.release();
  };
  try {
    const bot = await connect();
    return { ...bot, close: () => bot.close().finally(letGo) };
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function lockWithin(patienceMs: number, { db, config, clock, stop, log }: House): Promise<BotLock> {
  const where = { url: config.databaseUrl, dataDir: config.dataDir };
  const until = clock().getTime() + patienceMs;
  for (let waiting = false; ; waiting = true) {
    const lock = await lockBot(db, where, clock());
    if (lock !== null) return lock;
    if (stop.signal.aborted || clock().getTime() >= until) throw new Refusal(TAKEN);
    if (!waiting) log.info("another bot is at work on this store; waiting for it to end");
    await sleep(LOOK_MS);
  }
}

const TAKEN =
  "Another bot is at work on this store, and two would both answer. Stop it first; of workers there may be as many as you like.";
