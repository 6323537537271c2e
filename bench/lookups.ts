import { monitorEventLoopDelay } from "node:perf_hooks";
import { PERIODS, type Period } from "#model/memo.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { DAY_MS, WEEK_MS } from "#model/time.ts";
import { comingDays } from "#pipeline/deadlines/coming.ts";
import { drawChart } from "#pipeline/trend/chart.ts";
import { chartOf } from "#pipeline/trend/describe.ts";
import { knownDays } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { latestStories } from "#store/latest.ts";
import { latestQuotes, speakersNamed } from "#store/quotes.ts";
import { sizeOf } from "#store/retention.ts";
import { searchStories } from "#store/search.ts";
import { storyById } from "#store/stories.ts";
import { trendOf } from "#store/trend.ts";
import { PACK } from "#support/discord/bot.ts";
import { randomFrom } from "#support/random.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { memoFor } from "#worker/memo.ts";
import { median, percentile } from "./figures.ts";
import { madeUp, withNews } from "./news.ts";
import { optionsOf } from "./options.ts";
import { programKinds } from "./programs.ts";

/** Of a percentile in milliseconds that a look-up may take, with a million articles in the store. */
const BARS = { latest: 20, newest: 60, rankedSqlite: 100, rankedPostgres: 300, deadlines: 300, trend: 300 };

/** The same for quotes, with a hundred thousand articles of three each: whoever is named is looked for along the times. */
const QUOTES_BAR = 300;

/** The same for a memo, whose stories, quotes and days are read. */
const MEMO_BAR = 300;

/** Drawing a chart: a person waits for it, and nothing else does. */
const CHART_BAR = 1_500;
const CHARTS = 30;

type Kind = readonly [name: string, bar: number, ask: () => Promise<unknown>];

/**
 * Fills a store with made-up news and times look-ups in it, through the same functions and the same threads as the bot.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("lookups", args, { articles: "1000000", queries: "300", keep: undefined });
  const articles = Number(values.articles);
  await withNews(values.keep, articles, async ({ db, lookUps, engine }, { articles: written, seconds }) => {
    const { now, words, points, places, speakers } = madeUp;
    const size = (await sizeOf(db)) / 2 ** 30;
    process.stdout.write(
      `${engine}: ${articles} articles, ${size.toFixed(2)} GiB; wrote ${written} in ${seconds.toFixed(0)} s (${(written / seconds).toFixed(0)} a second)\n\n`,
    );

    const random = randomFrom(2);
    const one = <T>(list: readonly T[], skew = 1): T => list[Math.floor(random() ** skew * list.length)]!;
    const week = new Date(now.getTime() - 7 * DAY_MS);
    const year = new Date(now.getTime() - 52 * WEEK_MS);
    const ranked = engine === "sqlite" ? BARS.rankedSqlite : BARS.rankedPostgres;
    // Words are asked for as they occur, so common ones often; the skew is that of the made-up texts.
    const word = () => one(words, 3);
    const kinds: readonly Kind[] = [
      ["latest", BARS.latest, () => latestStories(lookUps, { limit: 5 })],
      ["latest of a point", BARS.latest, () => latestStories(lookUps, { points: [one(points)], limit: 5 })],
      [
        "latest of a point in a place, 7 days",
        BARS.latest,
        () => latestStories(lookUps, { points: [one(points)], places: [one(places)], since: week, limit: 5 }),
      ],
      [
        "latest of a point in a place, ever",
        BARS.latest,
        () => latestStories(lookUps, { points: [one(points)], places: [one(places)], limit: 5 }),
      ],
      ["deadlines, 30 days", BARS.deadlines, () => coming(lookUps, 30)],
      [
        "deadlines of a point in a place, a year",
        BARS.deadlines,
        () => coming(lookUps, 365, { points: [one(points)], places: [one(places)] }),
      ],
      ["trend of a point, a year", BARS.trend, () => trendOf(lookUps, { point: one(points), since: year }, now)],
      [
        "trend of a point in a place, a year",
        BARS.trend,
        () => trendOf(lookUps, { point: one(points), places: [one(places)], since: year }, now),
      ],
      ["a story", BARS.latest, () => storyById(lookUps, 1 + Math.floor(random() * articles * 0.4))],
      ["search, newest, one word", BARS.newest, () => searchStories(lookUps, word(), { limit: 10, order: "newest" })],
      [
        "search, newest, two words",
        BARS.newest,
        () => searchStories(lookUps, `${word()} ${word()}`, { limit: 10, order: "newest" }),
      ],
      ["search, ranked, one word", ranked, () => searchStories(lookUps, word(), { limit: 10, order: "ranked" })],
      [
        "search, ranked, two words",
        ranked,
        () => searchStories(lookUps, `${word()} ${word()}`, { limit: 10, order: "ranked" }),
      ],
      ["quotes", QUOTES_BAR, () => latestQuotes(lookUps, { limit: 50 })],
      ["quotes of somebody", QUOTES_BAR, () => latestQuotes(lookUps, { who: one(speakers), limit: 50 })],
      ["quotes of nobody", QUOTES_BAR, () => latestQuotes(lookUps, { who: "nobody", limit: 50 })],
      ["quotes on a point", QUOTES_BAR, () => latestQuotes(lookUps, { points: [one(points)], limit: 50 })],
      [
        "quotes of somebody on a point",
        QUOTES_BAR,
        () => latestQuotes(lookUps, { who: one(speakers), points: [one(points)], limit: 50 }),
      ],
      ...PERIODS.flatMap((period): readonly Kind[] => [
        [`memo of a point, ${period}`, MEMO_BAR, () => memo(lookUps, period, [one(points)])],
        [`memo of everything, ${period}`, MEMO_BAR, () => memo(lookUps, period, [])],
      ]),
      ...programKinds(lookUps, articles, one),
      ["who speaks, as typed", QUOTES_BAR, () => speakersNamed(lookUps, one(speakers).slice(0, 3), 25)],
    ];
    process.stdout.write("look-up                                  p50 ms   p99 ms   loop p99   bar\n");
    for (const [name, bar, ask] of kinds) await measure(name, bar, ask, Number(values.queries));
    process.stdout.write("\nin a process of its own\n");
    const weeks = chartOf(await trendOf(lookUps, { point: points[0]!, since: year }, now));
    await measure("a chart of a year", CHART_BAR, () => drawChart(weeks, () => {}), CHARTS);
  });
}

/** What stands of the days to come, as both `deadlines` list it. */
async function coming(db: Db, days: number, narrowing = {}): Promise<unknown> {
  const today = dayOf(madeUp.now);
  const time = { since: isoDay(today), until: isoDay(today + days) };
  return comingDays({ ...(await knownDays(db, { ...narrowing, ...time })), ...time }, () => false);
}

const memo = (db: Db, period: Period, points: readonly string[]): Promise<unknown> =>
  memoFor(
    { db, pack: { ...PACK, support: { ...PACK.support, digest: 0, post: 0 } } },
    { filter: { ...EVERYTHING, points }, period, until: madeUp.now, timeZone: "UTC" },
  );

async function measure(name: string, bar: number, ask: () => Promise<unknown>, queries: number): Promise<void> {
  for (let at = 0; at < 20; at++) await ask();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const times: number[] = [];
  for (let at = 0; at < queries; at++) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  loop.disable();
  const [p50, p99] = [median(times), percentile(times, 0.99)];
  const figures = [
    p50.toFixed(1).padStart(7),
    p99.toFixed(1).padStart(9),
    (loop.percentile(99) / 1e6).toFixed(1).padStart(11),
  ];
  process.stdout.write(`${name.padEnd(40)}${figures.join("")}   ${p99 <= bar ? "under" : "OVER"} ${bar}\n`);
  if (p99 > bar) process.exitCode = 1;
}
