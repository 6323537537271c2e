import { once as happens } from "node:events";
import { type Outlet, terminalOutlet } from "#cli/terminal-outlet.ts";
import type { FeedState } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { createWriter, type Writer } from "#pipeline/summarize/hosted.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { type Db, openDatabase } from "#store/database.ts";
import { claimDueFeeds, feedStates, registerFeeds } from "#store/feeds.ts";
import { lockFolder } from "#store/lock.ts";
import { releaseClaims } from "#store/outbox.ts";
import { amend } from "#worker/amend.ts";
import { decide } from "#worker/by-hand.ts";
import { deliverDue } from "#worker/deliver.ts";
import { followAll, unfollowAll } from "#worker/follow-all.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { tellOfWeek, watchOutages } from "#worker/operators.ts";
import { createPageReader } from "#worker/pages.ts";
import { prune, RETENTION } from "#worker/prune.ts";
import { pollRound } from "#worker/round.ts";
import { EVERY_FEW_SECONDS, EVERY_HOUR, EVERY_MINUTE, every } from "#worker/schedule.ts";
import { createReword, type Reword } from "#worker/wording.ts";
import type { World } from "#worker/world.ts";
import type { Config } from "./config.ts";
import { createLog, type Log } from "./log.ts";
import { openStatus } from "./open-status.ts";
import { loadPack } from "./pack.ts";
import { problemLine } from "./problem.ts";

/**
 * The worker, and the bot when there is a token; without one, posts are printed. Goes on until SIGINT or SIGTERM, or
 * for one round over every feed. Resolves to the exit code.
 */
export async function run(config: Config, { once }: { readonly once: boolean }): Promise<number> {
  const clock = () => new Date();
  const level = config.logLevel ?? (config.discordToken === null ? "warn" : "info");
  const log = createLog({ level, out: process.stderr, clock, secrets: config.secrets });
  const loaded = loadPack(config.packDir);
  if (!loaded.ok) return refuse(loaded.problems.map(problemLine));
  const where = { url: config.databaseUrl, dataDir: config.dataDir };
  const locking = lockFolder(where);
  if (locking.kind === "refused") return refuse([locking.reason]);
  const opening = await openDatabase(where, { threads: true });
  if (opening.kind === "refused") return refuse([opening.reason]);

  const { db, close } = opening.database;
  const status = await openStatus(config, db, clock);
  if (typeof status === "string") return refuse([status]);
  const stop = stopOnSignals();
  const alone = worldOf(config, loaded.pack, db, stop.signal, clock, log);
  // What is being fetched is given up at once; nothing of it has been written.
  stop.signal.addEventListener("abort", () => alone.fetcher.close());
  try {
    const feedIds = loaded.pack.feeds.map(({ id }) => id);
    await registerFeeds(db, feedIds, clock());
    await releaseClaims(db);
    const opened = await outletOf(config, alone, log, stop);
    if (typeof opened === "string") return refuse([opened]);
    const { outlet, world } = withOperators(status.watch(opened), alone);
    if (!outlet.followsAll) await unfollowAll(db);
    try {
      await playRound(world, outlet, once ? everyFeed : dueFeeds);
      if (!once) await keepPlaying(world, outlet, log);
    } finally {
      await outlet.close();
    }
    return stop.signal.reason instanceof Refusal ? refuse([stop.signal.reason.message]) : 0;
  } finally {
    await alone.fetcher.close();
    await status.close();
    await close();
    locking.database.release();
  }
}

function worldOf(
  { userAgent, allowNetworks, writer }: Config,
  pack: Pack,
  db: Db,
  stop: AbortSignal,
  clock: () => Date,
  log: Log,
): World {
  const fetcher = createFetcher({ userAgent, allowNetworks, clock });
  return {
    db,
    pack,
    rules: compileRules(pack),
    fetcher,
    readPage: createPageReader(fetcher, clock),
    stories: createIndexKeeper(),
    stop,
    clock,
    random: Math.random,
    reword: writer === null ? undefined : rewordWith(createWriter(writer, clock), pack, log),
    tell: (sentence) => log.warn(sentence),
    bug: (where, error) => log.error("met a bug", { where, error }),
  };
}

/** Every summary that the model worded or lost is logged, with what it has cost today. */
function rewordWith(writer: Writer, pack: Pack, log: Log): Reword {
  return createReword(writer, pack, (story, { by, reason, dropped }) => {
    const faults = dropped.map(({ fault }) => fault);
    log.info("summary worded", { story, by, reason, faults, spent: writer.spent() });
  });
}

/** Where operators listen, they hear what the log hears, of outages of our own, and once a week how it went. */
function withOperators(outlet: Outlet, alone: World): { readonly outlet: Outlet; readonly world: World } {
  const { tell } = outlet;
  if (tell === undefined) return { outlet, world: alone };
  const both = (sentence: string) => {
    alone.tell(sentence);
    tell(sentence);
  };
  const watch = watchOutages(both);
  const roundEnded: Outlet["roundEnded"] = (round, posts, tookMs) => {
    watch(round, alone.clock());
    outlet.roundEnded(round, posts, tookMs);
  };
  return { outlet: { ...outlet, roundEnded }, world: { ...alone, tell: both } };
}

type Choose = (world: World, now: Date) => Promise<readonly FeedState[]>;

const dueFeeds: Choose = ({ db }, now) => claimDueFeeds(db, now, Number.MAX_SAFE_INTEGER);

/** For a single round: all feeds but those that wait after a failure, which are named. */
const everyFeed: Choose = async ({ db, tell }, now) => {
  const polled = (await feedStates(db)).filter(({ pausedAt }) => pausedAt === null);
  const waits = ({ failureCount, nextPollAt }: FeedState) => failureCount > 0 && nextPollAt > now;
  const waiting = polled.filter(waits).map(({ feedId }) => feedId);
  if (waiting.length > 0) tell(`Not polled, as they failed not long ago: ${waiting.join(", ")}.`);
  return polled.filter((state) => !waits(state));
};

/** Poll, deliver, tell. Without feeds to poll there is no round, only what is still owed. */
async function playRound(world: World, outlet: Outlet, choose: Choose): Promise<void> {
  const { db, stop, clock } = world;
  const started = clock();
  const states = await choose(world, started);
  const round = await pollRound(states, world, outlet.progress);
  if (outlet.followsAll && !stop.aborted) await followAll(db, clock());
  const posts = await deliverDue(world, outlet, stop);
  if (states.length > 0 && !stop.aborted) outlet.roundEnded(round, posts, clock().getTime() - started.getTime());
}

/** Rounds by the clock, and what waits for a retry in between, until `stop`. */
async function keepPlaying(world: World, outlet: Outlet, log: Log): Promise<void> {
  const { stop } = world;
  const failed = (error: unknown) => log.error("a tick failed; the next one tries again", { error });
  const endRounds = every(EVERY_MINUTE, () => playRound(world, outlet, dueFeeds), failed);
  const endRetries = every(EVERY_FEW_SECONDS, () => deliverDue(world, outlet, stop), failed);
  const endPruning = every(EVERY_HOUR, () => prune(world.db, world.clock(), RETENTION, stop), failed);
  const week = async () => outlet.tell && tellOfWeek(world.db, world.clock(), world.tell);
  const endWeeks = every(EVERY_HOUR, week, failed);
  if (!stop.aborted) await happens(stop, "abort");
  await Promise.all([endRounds(), endRetries(), endPruning(), endWeeks()]);
}

/** Why the work ended, when it was not the user who ended it. */
class Refusal extends Error {}

/** Those who stop a process kill it after 10 s. What still waits for a server then is taken up by the next start, as after a crash. */
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

/** The terminal, or Discord when there is a token; a sentence when Discord refuses it. */
async function outletOf(config: Config, world: World, log: Log, stop: AbortController): Promise<Outlet | string> {
  const { discordToken: token, discordApi: api, operatorsChannel, cardStyle: cards } = config;
  if (token === null) return terminalOutlet(config.dataDir);
  const { db, pack, clock } = world;
  // Loaded only when there is a token: discord.js takes a third of a second and some 40 MB.
  const { connectDiscord } = await import("#discord/client.ts");
  const stopped = (reason: string) => stop.abort(new Refusal(reason));
  const connected = await connectDiscord({
    token,
    api,
    db,
    pack,
    clock,
    log,
    stopped,
    operatorsChannel,
    cards,
    byHand: {
      amend: (amendment) => amend(world, amendment),
      decide: (decision, by) => decide(db, pack, decision, by, clock()),
    },
  });
  if (connected.kind === "refused") return connected.reason;
  return {
    ...connected.bot,
    followsAll: false,
    progress: () => {},
    roundEnded: ({ failures, ...round }, posts, tookMs) => {
      const reasons = failures.map(({ feed, reason }) => `${feed.id}: ${reason}`);
      log.info("round ended", { ...round, failures: reasons, posts, tookMs });
    },
  };
}

function refuse(reasons: readonly string[]): number {
  for (const reason of reasons) process.stderr.write(`${reason}\n`);
  return 1;
}
