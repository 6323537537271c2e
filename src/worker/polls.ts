import type { Feed, FeedState } from "#model/feed.ts";
import type { Poll, Round } from "#model/round.ts";
import { ownFaultOf, tryToWrite } from "#store/engine/own-fault.ts";
import { feedCount } from "#store/feeds.ts";
import type { Agenda } from "./agenda.ts";
import { holdClaims } from "./claims.ts";
import type { Filed } from "./file-article.ts";
import { createOutageJudge } from "./outage.ts";
import { failed, type Refreshed, refresh } from "./refresh.ts";
import type { World } from "./world.ts";

/** Feeds read at the same time. More only helps where hosts are slow, and each holds a document in memory. */
const AT_ONCE = 16;

export type Polls = {
  /**
   * Takes from an agenda as many feeds as there are hands free, again whenever one is, until it has no more or no server answers.
   * What it took last is then still being polled: nothing that falls due waits for a slow site. Rejects with what went wrong with
   * a poll since the last time, a fault of the store: a bug met in what a feed sent fails that feed alone.
   */
  takeUp(take: Agenda["take"]): Promise<void>;
  /** How the polls went that ended since the last report. */
  report(): Round;
  /** Resolves when all have ended and nothing is held any more. */
  end(): Promise<void>;
};

type Polled = { readonly feed: Feed; readonly refreshed: Refreshed; readonly lateMs: number };

/** Polls feeds, at most AT_ONCE at a time; `heard` hears of each as it ends. */
export function createPolls(world: World, heard: (poll: Poll) => void): Polls {
  const { stop, clock } = world;
  const feeds = new Map(world.pack.feeds.map((feed) => [feed.id, feed]));
  const claims = holdClaims(world);
  const judge = createOutageJudge(world, claims.settled);
  const underWay = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let polled: Polled[] = [];

  function start(before: FeedState): void {
    const feed = feeds.get(before.feedId);
    // Another worker has a catalogue that lists it, and claims it when this claim has lapsed.
    if (feed === undefined) return;
    claims.add(before);
    const polling = pollOne(feed, before)
      .catch((error: unknown) => {
        claims.settled(before);
        faults.push(error);
      })
      .finally(() => underWay.delete(polling));
    underWay.add(polling);
  }

  async function pollOne(feed: Feed, before: FeedState): Promise<void> {
    const lateMs = clock().getTime() - before.nextPollAt.getTime();
    const refreshed = await poll(feed, before, world);
    polled.push({ feed, refreshed, lateMs });
    heard(pollOf(feed, refreshed));
    if (refreshed.kind !== "failed") {
      claims.settled(before);
      await judge.answered();
    } else if (!stop.aborted) {
      // A poll that was cut off by the end of the program says nothing of its feed.
      await judge.failed({ feed, before, ...refreshed });
    }
  }

  function throwFault(): void {
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw fault;
  }

  return {
    async takeUp(take) {
      await claims.hold();
      await judge.look();
      let more = true;
      while (more && !stop.aborted) {
        throwFault();
        const taken = await take(AT_ONCE - underWay.size);
        for (const state of taken) start(state);
        more = taken.length > 0 && !judge.isOffline();
        if (underWay.size === AT_ONCE) await Promise.race(underWay);
      }
    },
    report() {
      const ended = polled;
      polled = [];
      return reportOf(ended, judge.isOffline());
    },
    async end() {
      await Promise.all(underWay);
      try {
        throwFault();
        if (!stop.aborted) await judge.end();
      } finally {
        await claims.end();
      }
    },
  };
}

async function poll(feed: Feed, before: FeedState, world: World): Promise<Refreshed> {
  try {
    return await refresh(feed, before, world);
  } catch (error) {
    // A store that cannot be written, or read, is no fault of the feed, which is due as before.
    if (ownFaultOf(world.db, error) !== null) throw error;
    await tryToWrite(world.db);
    await feedCount(world.db);
    world.bug(feed.id, error);
    world.stories.discard();
    const reason = "Policywire failed on what this feed sent; the log says how.";
    return failed(before, { kind: "failed", reason }, world);
  }
}

function pollOf(feed: Feed, refreshed: Refreshed): Poll {
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
    latestMs: Math.max(0, ...polled.map(({ lateMs }) => lateMs)),
    articlesNew: filed.filter((each) => each.article === "new").length,
    storiesOpened: opened.size,
    storiesUpdated: storiesWith("updated").difference(opened).size,
  };
}
