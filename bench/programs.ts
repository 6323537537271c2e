import type { Library } from "#answers/question.ts";
import { apiAnswer } from "#api/api.ts";
import { feedAnswer } from "#api/feeds.ts";
import { PACK } from "#support/discord/bot.ts";
import { memoFor } from "#worker/memo.ts";
import { madeUp } from "./news.ts";

/** Of a percentile in milliseconds that an answer to a program may take, with a hundred thousand articles in the store. */
const BAR = 50;

/** Memos are composed of all that moved: whoever asks for one waits for that as everywhere. */
const MEMO_BAR = 300;

type Kind = readonly [name: string, bar: number, ask: () => Promise<unknown>];

/** The pack by whose names the made-up news is looked up. */
const pack = {
  ...PACK,
  support: { ...PACK.support, digest: 0, post: 0 },
  feeds: Array.from({ length: 100 }, (_, at) => ({ ...PACK.feeds[0]!, id: `feed-${at}` })),
  points: madeUp.points.map((id) => ({ ...PACK.points[0]!, id, name: id })),
  facets: { ...PACK.facets, places: madeUp.places.map((id) => ({ id, name: id, aliases: [] })) },
};

/** What programs ask, as addresses; `one` draws from a list, common words and ids as often as they occur. */
export function programKinds(
  db: Library["db"],
  articles: number,
  one: <T>(list: readonly T[], skew?: number) => T,
): readonly Kind[] {
  const library: Library = { db, pack, makeMemo: memoFor };
  const ask = async (path: string) => {
    const url = new URL(path, "http://127.0.0.1");
    const reply = (await apiAnswer(url, library, madeUp.now)) ?? (await feedAnswer(url, library, madeUp.now));
    if (reply?.status !== 200) throw new Error(`${path}: ${reply?.body}`);
  };
  const { points, places, words, speakers } = madeUp;
  const word = () => one(words, 3);
  const stories = Array.from({ length: Math.floor(articles * 0.4) }, (_, at) => at + 1);
  const paths: Readonly<Record<string, () => string>> = {
    "api: latest": () => "/api/v1/latest",
    "api: latest of a point in a place": () => `/api/v1/latest?point=${one(points)}&place=${one(places)}`,
    "api: latest, 100 at once": () => "/api/v1/latest?limit=100",
    "api: search, two words": () => `/api/v1/search?query=${word()}+${word()}`,
    "api: search, ranked": () => `/api/v1/search?order=ranked&query=${word()}+${word()}`,
    "api: search of a point": () => `/api/v1/search?query=${word()}&point=${one(points)}`,
    "api: a story": () => `/api/v1/stories/${one(stories)}`,
    "api: deadlines, 30 days": () => "/api/v1/deadlines",
    "api: deadlines of a point": () => `/api/v1/deadlines?point=${one(points)}`,
    "api: quotes": () => "/api/v1/quotes",
    "api: quotes of somebody": () => `/api/v1/quotes?who=${encodeURIComponent(one(speakers))}`,
    "api: points": () => "/api/v1/points",
    "api: places": () => "/api/v1/places",
    "api: matters": () => "/api/v1/matters",
    "api: feeds": () => "/api/v1/feeds",
    "api: trend of a point": () => `/api/v1/trend?point=${one(points)}`,
    "feed: latest as Atom": () => "/latest.atom",
    "feed: a point as JSON": () => `/latest.json?point=${one(points)}`,
    "feed: days of a point": () => `/deadlines.ics?point=${one(points)}&within=30d`,
  };
  return [
    ...Object.entries(paths).map(([name, path]): Kind => [name, BAR, () => ask(path())]),
    ["api: memo of a point", MEMO_BAR, () => ask(`/api/v1/memo?point=${one(points)}`)],
  ];
}
