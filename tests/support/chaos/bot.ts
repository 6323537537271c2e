import { connectDiscord } from "#discord/client.ts";
import { openDatabase } from "#store/engine/database.ts";
import { releaseClaims } from "#store/outbox/claims.ts";
import { RETENTION } from "#store/retention.ts";
import { PACK } from "#support/discord/bot.ts";
import { deliverDue } from "#worker/deliver.ts";
import { prune } from "#worker/prune.ts";
import { createSteadyClock } from "#worker/steady-clock.ts";
import { fastClock } from "./time.ts";

/** The bot that chaos kills: the program's own parts, in a time that runs faster. */
const [dataDir = "", api = "", token = "", epoch = "0"] = process.argv.slice(2);
const right = fastClock(Number(epoch));

/** What the machine's clock is ahead by; each SIGUSR2 makes it the next of these. */
const TEN_YEARS_MS = 10 * 365 * 86_400_000;
const AHEAD = [0, TEN_YEARS_MS, -TEN_YEARS_MS];
let turned = 0;
process.on("SIGUSR2", () => {
  turned += 1;
});
const steady = createSteadyClock(
  () => new Date(right().getTime() + (AHEAD[turned % AHEAD.length] ?? 0)),
  () => right().getTime(),
);
const clock = steady.now;

const opening = await openDatabase({ url: null, dataDir });
if (opening.kind === "refused") throw new Error(opening.reason);
const { db, lookUps } = opening.database;
await releaseClaims(db);

const say = (level: string) => (message: string, fields?: unknown) => {
  if (level === "error")
    process.stderr.write(
      `${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? String(value.stack) : value))}\n`,
    );
};
const log = { error: say("error"), warn: say("warn"), info: say("info") };
const paces = { requestMs: 300, lookMs: 500 };
const connected = await connectDiscord({ token, api, db, lookUps, pack: PACK, clock, log, paces });
if (connected.kind === "refused") {
  process.stdout.write(`refused: ${connected.reason}\n`);
  process.exit(3);
}
process.stdout.write("connected\n");

const bug = (where: string, error: unknown) => log.error("met a bug", { where, error });
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
while (!stop.signal.aborted) {
  if (steady.doubt() === null) await prune(db, clock(), RETENTION, stop.signal);
  await deliverDue({ db, pack: PACK, clock, bug }, connected.bot, stop.signal).catch((error: unknown) =>
    log.error("a tick failed", { error }),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await connected.bot.close();
await opening.database.close();
