import type { Feed, FeedState } from "#model/feed.ts";
import type { Poll, Round } from "#model/round.ts";
import { FEED_LEASE_MS, holdFeeds, letFeedsGo } from "#store/feeds.ts";
import { type Agenda, AT_ONCE } from "./agenda.ts";
import type { Filed } from "./file-article.ts";
import { createOutageJudge } from "./outage.ts";
import { failed, type Refreshed, refresh } from "./refresh.ts";
import type { World } from "./world.ts";

type Polled = { readonly feed: Feed; readonly refreshed: Refreshed };

/** Polls what is on the agenda, at most AT_ONCE at a time; `heard` hears of each as it ends. A bug in one poll fails that feed alone. */
export async function pollRound(
  { total, take }: Agenda,
  world: World,
  heard: (poll: Poll, done: number, total: number) => void,
): Promise<Round> {
  const { stop } = world;
  const feeds = new Map(world.pack.feeds.map((feed) => [feed.id, feed]));
  const claims = holdClaims(world);
  const next = createQueue(async () => claims.add(await take()));
  const judge = createOutageJudge(world, claims.settled);
  const polled: Polled[] = [];
  const poller = async () => {
    while (!stop.aborted && !judge.isOffline()) {
      const before = await next();
      if (before === undefined) return;
      const feed = feeds.get(before.feedId);
      // Another worker has a catalogue that lists it.
      if (feed === undefined) continue;
      const refreshed = await poll(feed, before, world);
      polled.push({ feed, refreshed });
      heard(pollOf({ feed, refreshed }), polled.length, total);
      if (refreshed.kind !== "failed") {
        claims.settled(before);
        await judge.answered();
      } else if (!stop.aborted) {
        // A poll that was cut off by the end of the program says nothing of its feed.
        await judge.failed({ feed, before, ...refreshed });
      }
    }
  };
  try {
    // All have ended before a fault of the store ends the round.
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, poller));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    return reportOf(polled, !stop.aborted && (await judge.end()));
  } finally {
    await claims.end();
  }
}

/** Hands out what `refill` brings, to many at a time; undefined once it brings nothing. */
function createQueue<T>(refill: () => Promise<readonly T[]>): () => Promise<T | undefined> {
  const waiting: T[] = [];
  let refilling: Promise<void> | null = null;
  let empty = false;
  const fill = async () => {
    const more = await refill();
    empty = more.length === 0;
    waiting.push(...more);
    refilling = null;
  };
  return async () => {
    while (waiting.length === 0 && !empty) {
      refilling ??= fill();
      await refilling;
    }
    return waiting.shift();
  };
}

/** Holds on to the feeds of a round until they are read or the round ends: then the others were saved too, or nothing was learnt of them. */
function holdClaims({ db, clock, bug }: World) {
  const held = new Map<string, FeedState>();
  let holding: Promise<void> = Promise.resolve();
  const hold = () => {
    holding = holdFeeds(db, [...held.values()], clock()).catch((error: unknown) => bug("the claims on feeds", error));
  };
  const timer = setInterval(hold, FEED_LEASE_MS / 3);
  return {
    add(states: readonly FeedState[]) {
      for (const state of states) held.set(state.feedId, state);
      return states;
    },
    settled: ({ feedId }: FeedState) => void held.delete(feedId),
    async end() {
      clearInterval(timer);
      await holding;
      await letFeedsGo(db, [...held.values()]);
    },
  };
}

async function poll(feed: Feed, before: FeedState, world: World): Promise<Refreshed> {
  try {
    return await refresh(feed, before, world);
  } catch (error) {
    world.bug(feed.id, error);
    world.stories.discard();
    const reason = "Policywire failed on what this feed sent; the log says how.";
    return failed(before, { kind: "failed", reason }, world);
  }
}

function pollOf({ feed, refreshed }: Polled): Poll {
  const filed = refreshed.kind === "read" ? refreshed.filed : [];
  const fresh = filed.filter(({ article }) => article === "new");
  return {
    feedId: feed.id,
    outcome: refreshed.kind,
    reason: refreshed.kind === "failed" ? refreshed.reason : null,
    articlesNew: fresh.length,
    points: fresh.flatMap(({ points }) => points),
    movements: filed.flatMap(({ movements }) => movements),
  };
}

function reportOf(polled: readonly Polled[], offline: boolean): Round {
  const read = polled.flatMap(({ refreshed }) => (refreshed.kind === "read" ? [refreshed] : []));
  const filed = read.flatMap((refreshed) => refreshed.filed);
  const storiesWith = (effect: Filed["story"]) =>
    new Set(filed.filter(({ story }) => story === effect).map(({ storyId }) => storyId));
  const opened = storiesWith("opened");
  return {
    read: read.length,
    unchanged: polled.filter(({ refreshed }) => refreshed.kind === "unchanged").length,
    failures: polled.flatMap(({ feed, refreshed }) =>
      refreshed.kind === "failed" ? [{ feed, reason: refreshed.reason }] : [],
    ),
    offline,
    articlesNew: filed.filter((each) => each.article === "new").length,
    storiesOpened: opened.size,
    storiesUpdated: storiesWith("updated").difference(opened).size,
  };
}
