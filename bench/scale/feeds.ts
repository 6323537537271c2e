import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DAY_MS } from "#model/time.ts";
import { fillerOf, type News, policyNews } from "./matters.ts";

/**
 * Simulated feeds: each publishes at its own rhythm, for ever, so that what it lists is a function of its number and the time
 * alone. One in twenty brings 50 entries a day (a wire), seven in twenty bring 6 (a newsroom), the rest 0.7 (an authority): 5 on
 * average.
 */
const LISTED = 10;

const perDay = (feed: number): number => (feed % 20 === 0 ? 50 : feed % 20 < 8 ? 6 : 0.7);

/**
 * Of twenty feeds fifteen answer 304, three send the same bytes again, two send a body that differs at each request though
 * nothing is new.
 */
const manner = (feed: number) => {
  const one = Math.floor(feed / 20) % 20;
  return one < 15 ? "304" : one < 18 ? "same" : "stamped";
};

/** Whether a feed's body differs at each request. */
export const isStamped = (feed: number): boolean => manner(feed) === "stamped";

/** Spread over the gap between two entries, in no order. */
const phase = (feed: number): number => ((feed * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;

/** The number of a feed's newest entry at `now`, in epoch milliseconds. */
export const newestOf = (feed: number, now: number, busier = 1): number =>
  Math.floor(now / (DAY_MS / perDay(feed) / busier) - phase(feed));

const publishedAt = (feed: number, entry: number, busier: number): Date =>
  new Date((entry + phase(feed)) * (DAY_MS / perDay(feed) / busier));

const NAMES = ["Karan", "Bemel", "Divist", "Fodor", "Gutun", "Haran", "Lomel", "Nevist", "Pador", "Ritun"] as const;

/** A name that no other number gives. */
const nameOf = (number: number) => `${NAMES[number % NAMES.length]}${number.toString(36)}`;

const OTHER: readonly ((a: string, b: string) => News)[] = [
  (a, b) => [
    `Harbour of ${a} opens second quay for grain`,
    `Ships may land at the new quay in ${a} from May on. ${b}, who built it, expects forty a week.`,
  ],
  (a, b) => [
    `${a} wins third match in a row against ${b}`,
    `The team of ${a} scored twice before the break. ${b} had two chances late in the match and missed both.`,
  ],
  (a, b) => [
    `Orchestra of ${a} tours with ${b}`,
    `Fourteen concerts are planned in spring. ${b} will conduct five of them, the orchestra of ${a} said.`,
  ],
];

const numberOf = (feed: number, entry: number): number => feed * 100_003 + entry;

/** One entry in four is about AI policy. */
function newsOf(feed: number, entry: number): News {
  const number = numberOf(feed, entry);
  return (feed * 7 + entry) % 4 === 0
    ? policyNews(number)
    : OTHER[number % OTHER.length]!(nameOf(number), nameOf(number * 3 + 1));
}

const itemOf = ([title, text]: News, number: number, guid: string, at: Date): string =>
  `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>https://news.example/${guid}</link><description>&lt;p&gt;${text} ${fillerOf(number)}&lt;/p&gt;</description><pubDate>${at.toUTCString()}</pubDate></item>`;

const rss = (items: readonly string[], stamp = ""): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link><description>${stamp}</description>${items.join("")}</channel></rss>`;

/** A feed that lists these, each with a number of its own, as of now. */
export const feedWith = (listed: readonly (readonly [News, number: number])[]): string =>
  rss(listed.map(([news, number]) => itemOf(news, number, String(number), new Date())));

export type Document = { readonly etag: string | null; readonly body: () => string };

/**
 * What a feed answers at `now`, its ten newest entries. `busier` multiplies how much it publishes; `stamp` is what differs where
 * nothing is new.
 */
export function documentOf(feed: number, now: number, stamp: string, busier = 1): Document {
  const newest = newestOf(feed, now, busier);
  const how = manner(feed);
  return {
    etag: how === "304" ? `"${newest}"` : null,
    body: () => {
      const entries = Array.from({ length: LISTED }, (_, at) => newest - at);
      const items = entries.map((entry) =>
        itemOf(newsOf(feed, entry), numberOf(feed, entry), `${feed}-${entry}`, publishedAt(feed, entry, busier)),
      );
      return rss(items, how === "stamped" ? stamp : "");
    },
  };
}

/** A loopback address of its own for each feed: to the polite fetcher they are that many sites. */
export const addressOf = (feed: number) => `127.${1 + (feed >> 16)}.${(feed >> 8) & 255}.${feed & 255}`;

export const feedId = (feed: number): string => `feed-${feed}`;

/** Writes a pack of so many simulated feeds, served at `port`, with the points and facets of the shipped one. */
export function writePack(folder: string, feeds: number, port: number): string {
  const pack = join(folder, `pack-${feeds}`);
  mkdirSync(pack, { recursive: true });
  for (const file of ["points.yaml", "facets.yaml"]) copyFileSync(join("feeds/ai-policy", file), join(pack, file));
  const rows = Array.from({ length: feeds }, (_, feed) => {
    const origin = `http://${addressOf(feed)}:${port}`;
    return `  - { id: ${feedId(feed)}, name: Feed ${feed}, url: "${origin}/${feed}", site: "${origin}/", place: US, kind: press, fullText: never }\n`;
  });
  writeFileSync(join(pack, "feeds.yaml"), `feeds:\n${rows.join("")}`);
  return pack;
}
