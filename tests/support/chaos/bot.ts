import { connectDiscord } from "#discord/client.ts";
import { openDatabase } from "#store/database.ts";
import { releaseClaims } from "#store/outbox.ts";
import { PACK } from "#support/discord/bot.ts";
import { deliverDue } from "#worker/deliver.ts";
import { fastClock } from "./time.ts";

/** The bot that chaos kills: the program's own parts, in a time that runs faster. */
const [dataDir = "", api = "", token = "", epoch = "0"] = process.argv.slice(2);
const clock = fastClock(Number(epoch));

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
  await deliverDue({ db, pack: PACK, clock, bug }, connected.bot, stop.signal).catch((error: unknown) =>
    log.error("a tick failed", { error }),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await connected.bot.close();
await opening.database.close();
