import type { Feed, FeedState } from "#model/feed.ts";
import type { Round } from "#model/round.ts";
import { afterOwnOutage, failureReport, isOwnOutage, shouldReport } from "#pipeline/poll.ts";
import { saveFeedState } from "#store/feeds.ts";
import type { Filed } from "./file-article.ts";
import { failed, type Refreshed, refresh } from "./refresh.ts";
import type { World } from "./world.ts";

/** Feeds read at the same time. More only helps where hosts are slow, and each holds a document in memory. */
const AT_ONCE = 16;

type Polled = { readonly feed: Feed; readonly before: FeedState; readonly refreshed: Refreshed };

/** Polls feeds, at most AT_ONCE at a time; `progress` hears of each as it ends. A bug in one poll fails that feed alone. */
export async function pollRound(
  states: readonly FeedState[],
  world: World,
  progress: (done: number, total: number) => void,
): Promise<Round> {
  const feeds = new Map(world.pack.feeds.map((feed) => [feed.id, feed]));
  const waiting = states.flatMap((state) => {
    const feed = feeds.get(state.feedId);
    return feed === undefined ? [] : [{ feed, before: state }];
  });
  const total = waiting.length;
  const polled: Polled[] = [];
  const poller = async () => {
    for (let next = waiting.shift(); next !== undefined && !world.stop.aborted; next = waiting.shift()) {
      polled.push({ ...next, refreshed: await poll(next, world) });
      progress(polled.length, total);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, poller));
  // A poll that was cut off by the end of the program says nothing of its feed.
  const offline = !world.stop.aborted && (await settleFailures(polled, world));
  return reportOf(polled, offline);
}

async function poll({ feed, before }: Omit<Polled, "refreshed">, world: World): Promise<Refreshed> {
  try {
    return await refresh(feed, before, world);
  } catch (error) {
    world.bug(feed.id, error);
    world.stories.discard();
    const reason = "Policywire failed on what this feed sent; the log says how.";
    return failed(before, { kind: "failed", reason }, world);
  }
}

/** Saves the states of feeds that failed. When nothing at all was reached, the outage is ours and counts against none. */
async function settleFailures(polled: readonly Polled[], { db, clock, random, tell }: World): Promise<boolean> {
  const now = clock();
  const failures = polled.flatMap(({ refreshed, ...each }) =>
    refreshed.kind === "failed" ? [{ ...each, ...refreshed }] : [],
  );
  const reached = failures.length < polled.length;
  const offline =
    !reached && isOwnOutage(failures.map(({ feed, network }) => ({ host: new URL(feed.url).host, network })));
  for (const { feed, before, state } of failures) {
    const next = offline ? afterOwnOutage(before, now, random) : state;
    const due = !offline && shouldReport(next, now);
    if (due) tell(failureReport(feed, next, now));
    await saveFeedState(db, due ? { ...next, reportedAt: now } : next);
  }
  return offline;
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
