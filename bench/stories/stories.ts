import { DAY_MS } from "#model/time.ts";
import { createStoryIndex, type Placeable, QUIET_DAYS, type StoryIndex } from "#pipeline/cluster/cluster.ts";
import { randomFrom } from "#support/random.ts";
import { heapMb } from "../heap.ts";
import { optionsOf } from "../options.ts";
import { everydayWord } from "../words.ts";
import { start } from "./start.ts";

const START = Date.UTC(2026, 0, 1);
const UNTAGGED = { relevant: true, support: 1, hold: null, tags: [] };

/** Closed developments at which the clock runs, besides those at the end: the cost must not grow with them. */
const CLOSED = [1_000, 10_000];

/** Articles placed each time: enough for a steady figure, few enough to wait for. */
const TIMED = 5_000;

/** Articles timed at once. */
const SLICE = 500;

/** What a made-up article looks like: a title and a lede of the length that feeds give. */
const TITLE_WORDS = 10;
const LEDE_WORDS = 70;
const NAMES = 4;
const TOPIC_WORDS = 14;
const ON_TOPIC = 0.4;

/**
 * Made-up news goes through the index day by day;
 * 5,000 articles are placed against the clock when 1,000 and 10,000 developments are closed, and at the end. With `--start 30000`
 * a program starts on a store with so many articles in its window instead.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("stories", args, {
    days: "1090",
    articles: "1000",
    stories: "93",
    start: undefined,
    keep: undefined,
  });
  if (values.start !== undefined) return start(Number(values.start), values.keep);
  const [days, aDay, openedADay] = [Number(values.days), Number(values.articles), Number(values.stories)];
  const random = randomFrom(7);
  const word = () => everydayWord(random);
  const index = createStoryIndex();
  const news = newsOf({ days, aDay, openedADay, random, word });
  const closedAfter = (articles: number) => Math.max(0, Math.floor((articles / aDay - QUIET_DAYS) * openedADay));
  const before = heapMb();

  const end = days * aDay - TIMED;
  const starts = [...CLOSED.map((closed) => Math.ceil((closed / openedADay + QUIET_DAYS) * aDay)), end];
  console.log(`${aDay} articles a day for ${days} days, ${openedADay * QUIET_DAYS} developments open\n`);
  console.log("closed     remembered   articles a second, one core (slices)   each     joined the right story");
  let seen = 0;
  let timed: News[] = [];
  for (const each of news) {
    if (starts.some((start) => seen >= start && seen < start + TIMED && start <= end)) timed.push(each);
    else index.add(each.article, UNTAGGED, each.story, each.story);
    seen++;
    if (timed.length < TIMED) continue;
    const { rates, rightly } = place(timed, index);
    timed = [];
    const middle = rates[rates.length >> 1]!;
    const cells = [
      closedAfter(seen - TIMED)
        .toLocaleString("en")
        .padEnd(10),
      index.size().toLocaleString("en").padEnd(12),
      `${middle.toLocaleString("en")} (${rates[0]!.toLocaleString("en")}-${rates.at(-1)!.toLocaleString("en")})`.padEnd(
        38,
      ),
      `${Math.round(1e6 / middle)} µs`.padEnd(8),
      `${Math.round(rightly * 100)} %`,
    ];
    console.log(cells.join(" "));
  }
  const memoryMb = Math.round(heapMb() - before);
  // Named after it was weighed, so that it cannot have been collected yet.
  console.log(`\nmemory of the index with ${index.size()} of ${seen} articles remembered: ${memoryMb} MB`);
}

/** Places articles and adds them to their stories: articles a second of each slice, ascending, and the share placed rightly. */
function place(news: readonly News[], index: StoryIndex): { rates: readonly number[]; rightly: number } {
  let rightly = 0;
  const rates: number[] = [];
  for (let at = 0; at < news.length; at += SLICE) {
    // Time on one core: what else the machine does is not ours.
    const from = process.cpuUsage();
    for (const { story, article } of news.slice(at, at + SLICE)) {
      if (index.place(article, UNTAGGED).storyId === story) rightly++;
      index.add(article, UNTAGGED, story, story);
    }
    const { user, system } = process.cpuUsage(from);
    rates.push(Math.round((SLICE / (user + system)) * 1e6));
  }
  return { rates: rates.sort((a, b) => a - b), rightly: rightly / news.length };
}

type News = { readonly story: number; readonly article: Placeable };
type Setting = {
  readonly days: number;
  readonly aDay: number;
  readonly openedADay: number;
  readonly random: () => number;
  readonly word: () => string;
};

/** Articles in order of arrival: each day opens stories, and its articles tell of those of the last three days. */
function* newsOf({ days, aDay, openedADay, random, word }: Setting): Generator<News> {
  const topics: string[][] = [];
  let id = 0;
  for (let day = 0; day < days; day++) {
    for (let opened = 0; opened < openedADay; opened++) {
      const names = Array.from({ length: NAMES }, () => `Q${Math.floor(random() * 1e6).toString(36)}`);
      topics.push([...names, ...Array.from({ length: TOPIC_WORDS }, word)]);
    }
    const recent = Math.min(topics.length, 3 * openedADay);
    for (let each = 0; each < aDay; each++) {
      const story = topics.length - 1 - Math.floor(random() * recent);
      const topic = topics[story]!;
      const said = () => (random() < ON_TOPIC ? topic[Math.floor(random() * topic.length)]! : word());
      const text = (length: number) => Array.from({ length }, said).join(" ");
      const at = new Date(START + day * DAY_MS + (each * DAY_MS) / aDay);
      const feedId = `feed-${Math.floor(random() * 200)}`;
      yield {
        story,
        article: {
          id: ++id,
          feedId,
          title: text(TITLE_WORDS),
          text: text(LEDE_WORDS),
          publishedAt: at,
          firstSeenAt: at,
        },
      };
    }
    // Topics of stories long closed are never told again.
    if (topics.length > recent) topics[topics.length - recent - 1] = [];
  }
}
