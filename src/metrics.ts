import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Poster, PostOutcome } from "#model/delivery.ts";
import type { Round } from "#model/round.ts";
import type { Db } from "#store/database.ts";
import { type Figures, figuresOf } from "#store/figures.ts";

/** What a process counts of its own work; what the store knows is read at each look. */
export type Metrics = {
  /** Prometheus' text format. */
  text(): Promise<string>;
  roundEnded(round: Round, tookMs: number): void;
  /** The same poster, its outcomes counted. */
  counting<P extends Poster>(poster: P): P;
};

export function createMetrics(db: Db, clock: () => Date): Metrics {
  const registry = new Registry();
  // Memory, processor time, open handles, event-loop lag.
  collectDefaultMetrics({ register: registry });
  const counted = countersIn(registry);
  const seen = gaugesIn(registry);
  return {
    async text() {
      show(await figuresOf(db, clock()), seen);
      return registry.metrics();
    },
    roundEnded(round, tookMs) {
      counted.polls.inc({ outcome: "read" }, round.read);
      counted.polls.inc({ outcome: "unchanged" }, round.unchanged);
      counted.polls.inc({ outcome: "failed" }, round.failures.length);
      counted.stories.inc({ effect: "opened" }, round.storiesOpened);
      counted.stories.inc({ effect: "updated" }, round.storiesUpdated);
      counted.articles.inc(round.articlesNew);
      seen.round.set(tookMs / 1000);
      seen.offline.set(Number(round.offline));
    },
    counting: (poster) => ({
      ...poster,
      post: async (...claimed) => {
        const outcome = await poster.post(...claimed);
        counted.posts.inc({ outcome: outcome.kind });
        return outcome;
      },
    }),
  };
}

function countersIn(registry: Registry) {
  const registers = [registry];
  const outcomes: readonly PostOutcome["kind"][] = ["posted", "retry", "forbidden", "gone", "rejected"];
  const posts = new Counter({
    name: "policywire_posts_total",
    help: "Posts tried, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  // A counter that starts at its first event hides that event from rate().
  for (const outcome of outcomes) posts.inc({ outcome }, 0);
  return {
    posts,
    polls: new Counter({
      name: "policywire_polls_total",
      help: "Polls of feeds, by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    articles: new Counter({
      name: "policywire_articles_new_total",
      help: "Articles stored by this process",
      registers,
    }),
    stories: new Counter({
      name: "policywire_stories_total",
      help: "Stories opened and updated by this process",
      labelNames: ["effect"],
      registers,
    }),
  };
}

function gaugesIn(registry: Registry) {
  const registers = [registry];
  return {
    round: new Gauge({ name: "policywire_round_seconds", help: "How long the last round took", registers }),
    offline: new Gauge({ name: "policywire_offline", help: "1 when no feed at all could be reached", registers }),
    articles: new Gauge({ name: "policywire_store_articles", help: "Articles ever stored", registers }),
    stories: new Gauge({ name: "policywire_store_stories", help: "Stories ever stored", registers }),
    bytes: new Gauge({ name: "policywire_store_bytes", help: "Size of the store on disk", registers }),
    deliveries: new Gauge({
      name: "policywire_deliveries",
      help: "Deliveries in the store, by state",
      labelNames: ["state"],
      registers,
    }),
    oldest: new Gauge({
      name: "policywire_delivery_oldest_due_seconds",
      help: "Age of the oldest due delivery",
      registers,
    }),
    lag: new Gauge({
      name: "policywire_feed_lag_seconds",
      help: "Time since a feed was last read",
      labelNames: ["feed"],
      registers,
    }),
    failing: new Gauge({ name: "policywire_feeds_failing", help: "Feeds that fail or are paused", registers }),
  };
}

function show(figures: Figures, seen: ReturnType<typeof gaugesIn>): void {
  seen.articles.set(figures.articles);
  seen.stories.set(figures.stories);
  seen.bytes.set(figures.bytes);
  seen.oldest.set(figures.oldestDueMs / 1000);
  seen.failing.set(figures.feeds.filter(({ failing }) => failing).length);
  seen.deliveries.reset();
  for (const [state, count] of figures.deliveries) seen.deliveries.set({ state }, count);
  seen.lag.reset();
  for (const { feedId, lagMs } of figures.feeds) if (lagMs !== null) seen.lag.set({ feed: feedId }, lagMs / 1000);
}
