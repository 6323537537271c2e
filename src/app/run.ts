import { once as happens } from "node:events";
import type { Poster } from "#model/delivery.ts";
import { type FeedState, LONGEST_WAIT_MS } from "#model/feed.ts";
import type { Outlet } from "#model/outlet.ts";
import type { Round } from "#model/round.ts";
import type { Spend } from "#model/spending.ts";
import { createFetcher, type FetcherOptions } from "#pipeline/fetch/fetch.ts";
import { createWriter, type Writer } from "#pipeline/summarize/hosted/hosted.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import type { Config } from "#settings/config.ts";
import { newestAt, pullBack } from "#store/ahead.ts";
import { engineOf } from "#store/engine/engine.ts";
import { feedStates, readdressFeeds, registerFeeds } from "#store/feeds.ts";
import { releaseClaims } from "#store/outbox/claims.ts";
import { RETENTION } from "#store/retention.ts";
import { addSpending } from "#store/spending.ts";
import { pauseTurns, takeTurnAt } from "#store/turns.ts";
import { type Agenda, agendaOf, dueAgenda, takeDue } from "#worker/agenda.ts";
import { followAll, unfollowAll } from "#worker/follow-all.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { oweMemos } from "#worker/memos.ts";
import { tellOfWeek, watchOutages } from "#worker/operators.ts";
import { watchOwnFaults } from "#worker/own-faults.ts";
import { createPageReader } from "#worker/pages.ts";
import { createPolls } from "#worker/polls.ts";
import { prune } from "#worker/prune.ts";
import { tellQuietDays } from "#worker/quiet-days.ts";
import { readStored } from "#worker/read-stored.ts";
import { oweDueReminders } from "#worker/reminders.ts";
import { fileReleased, tellHeld } from "#worker/reviews.ts";
import { createReword, type Reword } from "#worker/reword.ts";
import { tellBrokenRhythms } from "#worker/rhythms.ts";
import { createRobots } from "#worker/robots.ts";
import { pollRound } from "#worker/round.ts";
import { EVERY_FEW_SECONDS, EVERY_HOUR, EVERY_MINUTE, every } from "#worker/schedule.ts";
import { tellSilences } from "#worker/silences.ts";
import { createMayAsk } from "#worker/source.ts";
import { watchClock } from "#worker/steady-clock.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import { tellLessons } from "#worker/tell-lessons.ts";
import type { World } from "#worker/world.ts";
import { openElsewhere } from "./elsewhere.ts";
import { heardBy, logging } from "./heard.ts";
import { type Opened, withOpened } from "./open.ts";
import { openBot, outletOf, posterOutlet } from "./outlets.ts";
import { areKept, deliverBy, unowedBy, type Ways } from "./ways.ts";

/**
 * `run`: all in one process, the worker, and the bot when there is a token; without one, posts are printed. Goes on until SIGINT
 * or SIGTERM, or for one round over every feed. Resolves to the exit code, as the others do.
 */
export const run = (config: Config, { once }: { readonly once: boolean }): Promise<number> =>
  withOpened(config, { works: true, migrates: true, reads: !once }, (opened) => work(opened, outletOf, once));

/** `worker`: one of any number that poll and deliver, with no gateway. */
export const runWorker = (config: Config): Promise<number> =>
  withOpened(config, { works: true, migrates: false, reads: false }, (opened) => work(opened, posterOutlet, false));

/** `bot`: the gateway and the commands alone. */
export const runBot = (config: Config): Promise<number> =>
  withOpened(config, { works: false, migrates: false, reads: true }, async (opened) => {
    const bot = await openBot(opened);
    opened.status.ready();
    opened.log.info("the bot answers");
    await until(opened.stop.signal);
    await bot.close();
  });

async function work(opened: Opened, openOutlet: (opened: Opened) => Promise<Outlet>, once: boolean): Promise<void> {
  const { db, pack, clock, steady, log, status, stop } = opened;
  const alone = worldOf(opened);
  // What is being fetched is given up at once; nothing of it has been written.
  stop.signal.addEventListener("abort", () => alone.fetcher.close());
  try {
    // First of all: a token that is refused has changed nothing.
    const heard = heardBy(await openOutlet(opened), [logging(log), ...status.listeners]);
    try {
      const newest = await newestAt(db);
      if (newest !== null) steady.expectAfter(newest);
      await registerFeeds(
        db,
        pack.feeds.map(({ id }) => id),
        clock(),
      );
      await readdressFeeds(db, pack.feeds, clock());
      await releaseClaims(db);
      status.ready();
      const { outlet, world } = withOperators(heard, alone);
      const elsewhere = openElsewhere(opened, [logging(log), ...status.listeners], world.tell);
      try {
        if (!outlet.followsAll) await unfollowAll(db);
        if (once) await playOnce(world, { outlet, elsewhere }, opened);
        else await keepPlaying(world, { outlet, elsewhere }, opened);
      } finally {
        await elsewhere.close();
      }
    } finally {
      await heard.close();
    }
  } finally {
    await alone.fetcher.close();
  }
}

function worldOf(opened: Opened): World {
  const { config, pack, db, status, stop, clock, log } = opened;
  const { userAgent, allowNetworks, proxies, keys, writer } = config;
  const spend: Spend = (day, more, mostTokens) => addSpending(db, day, more, mostTokens);
  const fetcher = status.fetching(
    createFetcher({ userAgent, allowNetworks, proxies, keys, clock, ...sharedTurns(opened) }),
  );
  const robotsOf = createRobots(fetcher, clock);
  return {
    db,
    pack,
    rules: compileRules(pack),
    fetcher,
    mayAsk: createMayAsk(robotsOf),
    readPage: createPageReader(fetcher, clock, (sentence) => log.warn(sentence), robotsOf),
    stories: createIndexKeeper(pack),
    memory: createStoryMemory(pack),
    stop: stop.signal,
    clock,
    ceilings: config.ceilings,
    random: Math.random,
    reword: writer === null ? undefined : rewordWith(createWriter(writer, clock, spend), opened),
    tell: (sentence) => log.warn(sentence),
    bug: (where, error) => log.error("met a bug", { where, error }),
  };
}

/** Workers that share a store share its patience with each site; one alone keeps it in memory. */
function sharedTurns({ db, clock }: Opened): Pick<FetcherOptions, "turns"> {
  if (engineOf(db) === "sqlite") return {};
  return {
    turns: {
      take: (site, host, gapMs) => takeTurnAt(db, { site, host }, clock(), gapMs),
      pause: (host, until) => pauseTurns(db, host, until),
    },
  };
}

/** Every summary that the model worded or lost is logged, with what it has cost today. */
function rewordWith(writer: Writer, { pack, log }: Opened): Reword {
  return createReword(writer, pack, (story, { by, reason, dropped, spent }) => {
    const faults = dropped.map(({ fault }) => fault);
    log.info("summary worded", { story, by, reason, faults, spent });
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

type Choose = (world: World) => Promise<Agenda>;

/** For a single round: all feeds but those that wait after a failure, which are named. */
const everyFeed: Choose = async (world) => {
  const { db, clock, tell } = world;
  const now = clock();
  const polled = (await feedStates(db)).filter(({ pausedAt }) => pausedAt === null);
  // What lies further ahead than any wait was written by a wrong clock.
  const latest = new Date(now.getTime() + LONGEST_WAIT_MS);
  const waits = ({ failureCount, nextPollAt }: FeedState) =>
    failureCount > 0 && nextPollAt > now && nextPollAt <= latest;
  const waiting = polled.filter(waits).map(({ feedId }) => feedId);
  if (waiting.length > 0) tell(`Not polled, as they failed not long ago: ${waiting.join(", ")}.`);
  const others = polled.filter((state) => !waits(state));
  return agendaOf(
    world,
    others.map(({ feedId }) => feedId),
  );
};

/** Poll, deliver, tell. */
async function playRound(world: World, { outlet, elsewhere }: Ways, choose: Choose): Promise<void> {
  const { db, stop, clock } = world;
  const started = clock();
  const round = await pollRound(await choose(world), world, outlet.polled);
  if (outlet.followsAll && !stop.aborted) await followAll(db, clock());
  const posts = await deliverBy([outlet.poster, ...(await elsewhere.posters())], world);
  if (isWorthTelling(round) && !stop.aborted) outlet.roundEnded(round, posts, msSince(started, clock()));
}

/** One round, after what a wrong clock dated ahead was pulled back. */
async function playOnce(world: World, ways: Ways, { steady }: Opened): Promise<void> {
  if (steady.doubt() === null) await pullBack(world.db, world.clock());
  await playRound(world, ways, everyFeed);
}

/** Without a poll there is no round to tell of. */
const isWorthTelling = ({ read, unchanged, failures }: Round) => read + unchanged + failures.length > 0;

const msSince = (then: Date, now: Date) => now.getTime() - then.getTime();

/** Polls and posts whatever falls due, until `stop`; what came of it is told once a minute. */
async function keepPlaying(world: World, ways: Ways, { log, status, steady }: Opened): Promise<void> {
  const { outlet, elsewhere } = ways;
  const { db, stop, clock } = world;
  const faults = watchOwnFaults(db, world.tell);
  const doubt = watchClock(steady, world.tell);
  status.askFor(faults.standing);
  const failed = (error: unknown) => {
    if (!faults.note(error)) log.error("a tick failed; the next one tries again", { error });
  };
  /**
   * Runs when nothing stands in the way: no fault of our own, and no doubt about the clock, or for what is not `exact` none about
   * the time.
   */
  const unhindered = (work: () => Promise<unknown>, exact: boolean) => async () => {
    const doubted = doubt();
    if (doubted?.kind === "behind" || (exact && doubted !== null)) return;
    if (await faults.isOver()) await work();
  };
  const polls = createPolls(world, (poll) => outlet.polled(poll, 1, 1));
  let posts = 0;
  let told = clock();
  const deliver = (posters: () => Promise<readonly (Poster | null)[]>) => async () => {
    const posted = await deliverBy(await posters(), world);
    posts += posted;
  };
  const tell = () => {
    const round = polls.report();
    const now = clock();
    if (isWorthTelling(round)) {
      outlet.roundEnded(round, posts, msSince(told, now));
      posts = 0;
    }
    told = now;
  };
  let begun = false;
  const poll = async () => {
    if (begun) return polls.takeUp(takeDue(world));
    await playRound(world, ways, dueAgenda);
    begun = true;
  };
  const week = async () => outlet.tell && tellOfWeek(db, clock(), world.tell);
  const whereKept = (work: () => Promise<unknown>) => async () => (await areKept(ways)) && work();
  const { postQuietDay, postSilences } = unowedBy(ways, clock);
  const rhythms = () => tellBrokenRhythms(world);
  const { postHeld } = outlet;
  const held = async () => postHeld && tellHeld(world, postHeld);
  const lessons = () => tellLessons(world);
  const mend = () => pullBack(db, clock());
  const tidy = async () => {
    await mend();
    await prune(db, clock(), RETENTION, stop);
  };
  await unhindered(mend, true)().catch(failed);
  await unhindered(poll, false)().catch(failed);
  const start = (when: string, work: () => Promise<unknown>, exact = false) =>
    every(when, unhindered(work, exact), failed, clock);
  const ends = [
    start(EVERY_FEW_SECONDS, poll),
    start(
      EVERY_FEW_SECONDS,
      deliver(async () => [outlet.poster]),
    ),
    // What is slow elsewhere holds up nothing here.
    start(EVERY_FEW_SECONDS, deliver(elsewhere.posters)),
    every(EVERY_MINUTE, tell, failed, clock),
    start(
      EVERY_MINUTE,
      whereKept(() => tellQuietDays(world, postQuietDay)),
      true,
    ),
    start(
      EVERY_MINUTE,
      whereKept(() => oweDueReminders(world)),
      true,
    ),
    start(
      EVERY_MINUTE,
      whereKept(() => oweMemos(world)),
      true,
    ),
    start(
      EVERY_MINUTE,
      whereKept(() => tellSilences(world, postSilences)),
      true,
    ),
    start(EVERY_FEW_SECONDS, () => fileReleased(world)),
    start(EVERY_MINUTE, held),
    start(EVERY_MINUTE, () => readStored(db, world.pack, stop)),
    start(EVERY_HOUR, tidy, true),
    start(EVERY_HOUR, week, true),
    start(EVERY_HOUR, lessons, true),
    start(EVERY_HOUR, rhythms, true),
  ];
  await until(stop);
  await Promise.all(ends.map((end) => end()));
  await polls.end().catch(failed);
}

const until = async (stop: AbortSignal): Promise<void> => {
  if (!stop.aborted) await happens(stop, "abort");
};
