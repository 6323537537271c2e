import { install } from "undici";
import { terminalOutlet } from "#cli/terminal-outlet.ts";
import type { Connected, Connection } from "#discord/connection.ts";
import type { DiscordPoster } from "#discord/poster.ts";
import type { Outlet } from "#model/outlet.ts";
import { kindsInUse } from "#store/destinations.ts";
import { amend } from "#worker/amend.ts";
import { decide } from "#worker/by-hand.ts";
import { memoFor } from "#worker/memo.ts";
import { asOneBot } from "./one-bot.ts";
import { type Opened, Refusal } from "./open.ts";

/** The terminal, or Discord when there is a token: the bot and what it posts. */
export async function outletOf(opened: Opened): Promise<Outlet> {
  if (opened.config.discordToken === null) return terminalOutlet(opened.config.dataDir);
  const { connectDiscord } = await load(() => import("#discord/client.ts"));
  return postingTo(await asOneBot(opened, () => connected(opened, connectDiscord)));
}

/** Discord without a gateway: posts, and answers nobody. Without a token it is for named destinations alone, where there are any. */
export async function posterOutlet(opened: Opened): Promise<Outlet> {
  if (opened.config.discordToken === null && (await kindsInUse(opened.db)).length > 0) return NOWHERE;
  const { connectPoster } = await load(() => import("#discord/poster.ts"));
  return postingTo(await connected(opened, connectPoster));
}

/** Answers people, and posts nothing. */
export async function openBot(opened: Opened): Promise<{ close(): Promise<void> }> {
  const { connectBot } = await load(() => import("#discord/client.ts"));
  return asOneBot(opened, () => connected(opened, connectBot));
}

/**
 * Loads what needs discord.js, a third of a second and some 30 MB. It looks at the global FormData, for which Node would load an
 * undici of its own, another 15 MB: it finds that of the one that is there.
 */
function load<T>(discord: () => Promise<T>): Promise<T> {
  install();
  return discord();
}

/** How polls and rounds went is in the log. */
const NOWHERE: Outlet = {
  poster: null,
  followsAll: false,
  polled: () => {},
  roundEnded: () => {},
  close: async () => {},
};

/** Posts to Discord. */
const postingTo = ({ tell, postHeld, close, ...poster }: DiscordPoster): Outlet => ({
  ...NOWHERE,
  poster,
  tell,
  postHeld,
  close,
});

async function connected<T>(
  { config, db, lookUps, pack, clock, log, status, stop }: Opened,
  connect: (connection: Connection) => Promise<Connected<T>>,
): Promise<T> {
  const { discordToken: token, discordApi: api, operatorsChannel, cardStyle: cards } = config;
  if (token === null) throw new Refusal(NO_TOKEN);
  const outcome = await connect({
    token,
    api,
    db,
    lookUps,
    pack,
    clock,
    log,
    answered: status.answered,
    stopped: (reason) => stop.abort(new Refusal(reason)),
    operatorsChannel,
    cards,
    byHand: {
      amend: (amendment) => amend({ db, pack, clock }, amendment),
      decide: (decision, by) => decide(db, pack, decision, by, clock()),
    },
    holds: async (kind) => (await (await import("#destinations/kinds.ts")).kindNamed(kind))?.holds ?? [],
    makeMemo: (asked) => memoFor({ db: lookUps, pack }, asked),
  });
  if (outcome.kind === "refused") throw new Refusal(outcome.reason);
  return outcome.bot;
}

const NO_TOKEN =
  "DISCORD_TOKEN is not set: a worker posts to Discord, and a bot answers there. A worker needs none where there are other destinations (`policywire destinations`), nor does `policywire run`, which prints what it would post.";
