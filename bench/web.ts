import { Agent, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Pack } from "#model/pack.ts";
import { PACK } from "#support/discord/bot.ts";
import { randomFrom } from "#support/random.ts";
import { serveSite } from "#support/web/site.ts";
import { median, percentile } from "./figures.ts";
import { madeUp, withNews } from "./news.ts";
import { optionsOf } from "./options.ts";

/** Milliseconds that a page may take at the 99th percentile, with a hundred thousand articles in the store. */
const BAR = 50;

/** Bytes that it may be over the wire. */
const MOST_BYTES = 50 * 1024;

/** A page is asked for so often before it is timed. */
const WARM = 20;

/** The points and places that made-up news is about. */
const [, plain] = PACK.points;
const NEWS_PACK: Pack = {
  ...PACK,
  points: madeUp.points.map((id) => ({ ...plain!, id, name: id })),
  facets: { ...PACK.facets, places: madeUp.places.map((id) => ({ id, name: id, aliases: [] })) },
};

/** Fills a store with made-up news and times each page of it over loopback, one after another, as a browser asks for it. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("web", args, { articles: "100000", queries: "300", keep: undefined });
  const articles = Number(values.articles);
  await withNews(values.keep, articles, async ({ lookUps, engine }, { articles: written, seconds }) => {
    process.stdout.write(`${engine}: ${articles} articles; wrote ${written} in ${seconds.toFixed(0)} s\n\n`);
    const site = await serveSite({ db: lookUps, pack: NEWS_PACK }, { clock: () => madeUp.now });
    try {
      process.stdout.write("page                                     p50 ms   p99 ms   KB sent   bar\n");
      const random = randomFrom(2);
      for (const [name, path] of pagesOf(articles, random)) await measure(name, site.url, path, Number(values.queries));
    } finally {
      await site.close();
    }
  });
}

type Page = readonly [name: string, path: () => string];

function pagesOf(articles: number, random: () => number): readonly Page[] {
  const one = <T>(list: readonly T[], skew = 1): T => list[Math.floor(random() ** skew * list.length)]!;
  const story = () => 1 + Math.floor(random() * articles * 0.4);
  // Words are asked for as they occur, so common ones often; the skew is that of the made-up texts.
  const word = () => one(madeUp.words, 3);
  return [
    ["latest", () => "/"],
    ["latest of a point", () => `/?point=${one(madeUp.points)}`],
    ["latest of a point in a place", () => `/?point=${one(madeUp.points)}&place=${one(madeUp.places)}`],
    ["latest of a place, 7 days", () => `/?place=${one(madeUp.places)}&since=7d`],
    ["a story", () => `/stories/${story()}`],
    ["why", () => `/stories/${story()}/why`],
    ["search, one word", () => `/search?query=${word()}`],
    ["search, two words, best first", () => `/search?query=${word()}+${word()}&order=ranked`],
    ["deadlines", () => "/deadlines"],
    ["deadlines of a point, a year", () => `/deadlines?point=${one(madeUp.points)}&within=52w`],
    ["quotes", () => "/quotes"],
    ["quotes of somebody", () => `/quotes?who=${encodeURIComponent(one(madeUp.speakers))}`],
    ["trend of a point", () => `/trends?point=${one(madeUp.points)}`],
    ["points", () => "/points"],
    ["places", () => "/places"],
    ["matters", () => "/matters"],
    ["feeds", () => "/feeds"],
    ["Atom of a point", () => `/latest.atom?point=${one(madeUp.points)}`],
    ["JSON of a point", () => `/api/v1/latest?point=${one(madeUp.points)}`],
  ];
}

async function measure(name: string, origin: string, path: () => string, queries: number): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  for (let at = 0; at < WARM; at++) await ask(`${origin}${path()}`, agent);
  const times: number[] = [];
  let most = 0;
  for (let at = 0; at < queries; at++) {
    const url = `${origin}${path()}`;
    const started = performance.now();
    const bytes = await ask(url, agent);
    times.push(performance.now() - started);
    most = Math.max(most, bytes);
  }
  agent.destroy();
  const [p50, p99] = [median(times), percentile(times, 0.99)];
  const isUnder = p99 <= BAR && most <= MOST_BYTES;
  const figures = [p50.toFixed(1).padStart(7), p99.toFixed(1).padStart(9), (most / 1_024).toFixed(1).padStart(10)];
  process.stdout.write(`${name.padEnd(40)}${figures.join("")}   ${isUnder ? "under" : "OVER"} ${BAR}\n`);
  if (!isUnder) process.exitCode = 1;
}

/** Resolves to the bytes of its body as they came over the wire. */
const ask = (url: string, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { agent, headers: { accept: "text/html", "accept-encoding": "br" } }, async (response) => {
      const body = await buffer(response);
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      resolve(body.length);
    })
      .on("error", reject)
      .end();
  });
