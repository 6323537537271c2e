import { Counter, type CounterConfiguration, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { PostOutcome } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Poll } from "#model/round.ts";
import { MOVEMENT_KINDS } from "#model/story.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import type { FetchOutcome } from "#pipeline/fetch/outcome.ts";
import type { Db } from "#store/engine/database.ts";
import { type Gauges, gaugesOf } from "#store/gauges.ts";
import type { Attempt, Listener } from "./heard.ts";

/** Not imported, for its memory: see fetch.ts. */
const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** What a process counts of its own work; what the store knows is read at each look. */
export type Metrics = Listener & {
  /** Prometheus' text format. */
  text(): Promise<string>;
  /** The same fetcher, its answers counted: those to polls, and those to reading articles' pages. */
  fetching(fetcher: Fetcher): Fetcher;
  /** Discord answered with this HTTP status. */
  answered(status: number): void;
};

/** Many workers on one store are each looked at, every few seconds: the store is asked no more often than this. */
const FIGURES_MS = 10_000;

export function createMetrics(db: Db, { points }: Pick<Pack, "points">, clock: () => Date): Metrics {
  const registry = new Registry();
  // Memory, processor time, open handles, event-loop lag.
  collectDefaultMetrics({ register: registry });
  const counted = countersIn(registry, points);
  const seen = gaugesIn(registry);
  let shownAt: Date | null = null;
  return {
    async text() {
      const now = clock();
      if (shownAt === null || now.getTime() - shownAt.getTime() >= FIGURES_MS) {
        show(await gaugesOf(db, now), seen);
        shownAt = now;
      }
      return registry.metrics();
    },
    polled({ outcome, articlesNew, points, movements }) {
      counted.polls.inc({ outcome });
      counted.articles.inc(articlesNew);
      for (const point of points) counted.tags.inc({ point });
      for (const kind of movements) counted.movements.inc({ kind });
    },
    attempted: (attempt, _of, { kind }) => counted.posts.inc({ attempt, outcome: kind }),
    roundEnded({ storiesOpened, storiesUpdated, offline, latestMs }) {
      counted.stories.inc({ effect: "opened" }, storiesOpened);
      counted.stories.inc({ effect: "updated" }, storiesUpdated);
      seen.late.set(latestMs / 1000);
      seen.offline.set(Number(offline));
    },
    fetching: (fetcher) => ({
      ...fetcher,
      async get(request) {
        const outcome = await fetcher.get(request);
        counted.fetches.inc({ outcome: outcome.kind });
        if (outcome.kind === "fetched") counted.bytes.inc(outcome.body.byteLength);
        return outcome;
      },
    }),
    // Servers may answer with any number: those that have no name are one.
    answered: (status) => counted.answers.inc({ code: STATUS_CODES[status] === undefined ? "other" : String(status) }),
  };
}

/** All members of a union: the types refuse a list that lacks one. */
const every = <Word extends string>(words: Readonly<Record<Word, true>>): readonly string[] => Object.keys(words);

const POLLS = every<Poll["outcome"]>({ read: true, unchanged: true, failed: true });
const FETCHES = every<FetchOutcome["kind"]>({
  fetched: true,
  unchanged: true,
  "retry-later": true,
  gone: true,
  failed: true,
});
const ATTEMPTS = every<Attempt>({ post: true, digest: true, memo: true, overflow: true, reminders: true, edit: true });
const OUTCOMES = every<PostOutcome["kind"]>({
  posted: true,
  retry: true,
  forbidden: true,
  gone: true,
  moot: true,
  rejected: true,
});

function countersIn(registry: Registry, points: Pack["points"]) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) => {
    const setting: CounterConfiguration<Label> = { name, help, labelNames, registers: [registry] };
    return new Counter(setting);
  };
  const counted = {
    polls: counter("policywire_polls_total", "Polls of feeds, by outcome", "outcome"),
    fetches: counter("policywire_fetches_total", "Answers to requests for feeds and pages, by outcome", "outcome"),
    bytes: counter("policywire_fetched_bytes_total", "Bytes of feeds and pages, decompressed"),
    articles: counter("policywire_articles_new_total", "Articles stored"),
    tags: counter("policywire_tags_total", "Friction points that new articles were tagged with", "point"),
    stories: counter("policywire_stories_total", "Stories opened and updated", "effect"),
    movements: counter("policywire_movements_total", "What moved stories, by kind", "kind"),
    posts: counter(
      "policywire_posts_total",
      "Messages and edits tried, by what they are and what came of it",
      "attempt",
      "outcome",
    ),
    answers: counter("policywire_discord_answers_total", "Answers of Discord's REST interface, by code", "code"),
  };
  // A counter that starts at its first event hides that event from rate().
  for (const outcome of POLLS) counted.polls.inc({ outcome }, 0);
  for (const outcome of FETCHES) counted.fetches.inc({ outcome }, 0);
  for (const { id } of points) counted.tags.inc({ point: id }, 0);
  for (const kind of MOVEMENT_KINDS) counted.movements.inc({ kind }, 0);
  for (const attempt of ATTEMPTS) for (const outcome of OUTCOMES) counted.posts.inc({ attempt, outcome }, 0);
  return counted;
}

function gaugesIn(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  // Every process on a store says the same of it: take the maximum, not the sum.
  const ofStore = <Label extends string>(name: string, help: string, ...labels: readonly Label[]) =>
    gauge(name, `${help}; of the whole store, at most ${FIGURES_MS / 1000} s old`, ...labels);
  return {
    late: gauge("policywire_poll_late_seconds", "How long after its time the latest poll of the last minute began"),
    offline: gauge("policywire_offline", "1 when no feed at all could be reached"),
    articles: ofStore("policywire_store_articles", "Articles ever stored"),
    stories: ofStore("policywire_store_stories", "Stories ever stored"),
    bytes: ofStore("policywire_store_bytes", "Size on disk"),
    deliveries: ofStore(
      "policywire_deliveries",
      "Deliveries that are due or held, and those settled within a day",
      "state",
    ),
    oldest: ofStore("policywire_delivery_oldest_seconds", "For how long the oldest has been due, or held", "state"),
    lag: ofStore("policywire_feed_lag_seconds", "Time since a feed was read, of those that lag the most", "feed"),
    failing: ofStore("policywire_feeds_failing", "Feeds that fail or are paused"),
  };
}

function show(gauges: Gauges, seen: ReturnType<typeof gaugesIn>): void {
  seen.articles.set(gauges.articles);
  seen.stories.set(gauges.stories);
  seen.bytes.set(gauges.bytes);
  seen.failing.set(gauges.failing);
  for (const [state, count] of gauges.deliveries) seen.deliveries.set({ state }, count);
  for (const [state, ms] of gauges.oldestMs) seen.oldest.set({ state }, ms / 1000);
  seen.lag.reset();
  for (const { feedId, lagMs } of gauges.lagging) seen.lag.set({ feed: feedId }, lagMs / 1000);
}
