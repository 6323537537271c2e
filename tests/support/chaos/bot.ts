import { createPosters } from "#destinations/posters.ts";
import { keysFrom } from "#destinations/seal.ts";
import { connectBot, connectDiscord } from "#discord/client.ts";
import { connectPoster } from "#discord/poster.ts";
import { kindsInUse } from "#store/destinations.ts";
import { openDatabase } from "#store/engine/database.ts";
import { releaseClaims } from "#store/outbox/claims.ts";
import { RETENTION } from "#store/retention.ts";
import { PACK } from "#support/discord/bot.ts";
import { deliverDue } from "#worker/deliver.ts";
import { prune } from "#worker/prune.ts";
import { createSteadyClock } from "#worker/steady-clock.ts";
import { fastClock, turnable } from "./time.ts";

/** A process that chaos kills: the program's own parts, in one role or in all, in a time that runs faster. */
export type Born = {
  readonly role: "run" | "bot" | "worker";
  readonly where: Parameters<typeof openDatabase>[0];
  readonly api: string;
  readonly token: string;
  readonly epoch: number;
  /** What opens the destinations beside Discord. */
  readonly key: string;
};

const { role, where, api, token, epoch, key } = JSON.parse(process.argv[2] ?? "{}") as Born;
const right = fastClock(epoch);

/** The machine's clock, which each SIGUSR2 puts wrong, or right again. */
const machine = turnable(right);
process.on("SIGUSR2", machine.turn);
const steady = createSteadyClock(machine.now, () => right().getTime());
const clock = steady.now;

const opening = await openDatabase(where);
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
const paces = { requestMs: 300, lookMs: 500, refusedMs: 60_000 };
const connection = { token, api, db, lookUps, pack: PACK, clock, log, paces };
const connected = await (role === "run"
  ? connectDiscord(connection)
  : role === "bot"
    ? connectBot(connection)
    : connectPoster(connection));
if (connected.kind === "refused") {
  process.stdout.write(`refused: ${connected.reason}\n`);
  process.exit(3);
}
process.stdout.write("connected\n");
const { bot } = connected;

const posters = createPosters({
  ...{ db, pack: PACK, clock, log, random: Math.random, tell: () => {}, keys: () => keysFrom(key) ?? [] },
  ...{ userAgent: "Policywire/chaos", allowNetworks: [], proxies: null },
  // As short against a claim as they are outside.
  deadlines: { connectMs: 500, totalMs: 1_000 },
});

const bug = (where: string, error: unknown) => log.error("met a bug", { where, error });
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
while (!stop.signal.aborted) {
  if (steady.doubt() === null) await prune(db, clock(), RETENTION, stop.signal);
  const elsewhere = await Promise.all((await kindsInUse(db)).map((kind) => posters.of(kind)));
  await Promise.all(
    ("post" in bot ? [bot, ...elsewhere] : []).map(
      (poster) =>
        poster &&
        deliverDue({ db, pack: PACK, clock, bug }, poster, stop.signal).catch((error: unknown) =>
          log.error("a tick failed", { error }),
        ),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await posters.close();
await bot.close();
await opening.database.close();
