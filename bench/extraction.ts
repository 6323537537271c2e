import { openStream, readStream } from "#cli/play/stream.ts";
import type { StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { sightingsIn } from "#pipeline/matters/sightings.ts";
import { quotesIn } from "#pipeline/quotes/quotes.ts";
import { publisherNamed } from "#pipeline/tag/publisher.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { languageOf } from "#text/language.ts";
import { textHash } from "#text/text-hash.ts";
import { optionsOf } from "./options.ts";

/** Percent of the time of tagging a stream that reading matters, days and quotes out of it may take. */
const BAR = 15;

type Read = { readonly article: StoredArticle; readonly source: string };

/**
 * What it costs to read matters, days to come and quotes from the policy news of a stream (`--items FILE`, as `play` reads it), beside
 * tagging the whole stream and tagging that news alone. The process's own time; the middle of several rounds.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("extraction", args, { items: undefined, pack: "feeds/ai-policy", rounds: "5" });
  const loaded = loadPack(values.pack);
  if (values.items === undefined || !loaded.ok) throw new Error("extraction needs --items FILE and a pack that loads");
  const rules = compileRules(loaded.pack);
  const { items } = await readStream(openStream(values.items));
  const all = items.map(
    ({ title, text, url, at, source }, id): Read => ({ article: articleOf(id, { title, text, url, at }), source }),
  );
  const tagOf = ({ article, source }: Read): Tagging => tag(article, rules, publisherNamed(source, rules));
  const { facets } = loaded.pack;
  const rounds = Array.from({ length: Number(values.rounds) + 1 }, () => {
    // As each round's first reader finds them: nothing is read of a text yet.
    const fresh = all.map(({ article, source }) => ({ article: { ...article }, source }));
    const tagged: { readonly read: Read; readonly tagging: Tagging }[] = [];
    const stream = cpuMs(() => {
      for (const read of fresh) tagged.push({ read, tagging: tagOf(read) });
    });
    const news = tagged.filter(({ tagging }) => tagging.relevant && tagging.hold === null);
    const again = news.map(({ read: { article, source } }) => ({ article: { ...article }, source }));
    return {
      stream,
      news: cpuMs(() => again.forEach(tagOf)),
      matters: cpuMs(() => {
        for (const { read, tagging } of news) sightingsIn(read.article, tagging, facets);
      }),
      deadlines: cpuMs(() => {
        for (const { read } of news) deadlinesIn(read.article);
      }),
      quotes: cpuMs(() => {
        for (const { read } of news) quotesIn(read.article);
      }),
      articles: news.length,
    };
  }).slice(1);
  const middle = (of: keyof (typeof rounds)[number]) =>
    rounds.map((round) => round[of]).toSorted((a, b) => a - b)[rounds.length >> 1]!;
  const [stream, news] = [middle("stream"), middle("news")];
  process.stdout.write(`${all.length} articles, ${middle("articles")} of them policy news\n`);
  const row = (name: string, ms: number) =>
    process.stdout.write(
      `${name.padEnd(20)}${ms.toFixed(0).padStart(7)} ms${((100 * ms) / stream).toFixed(1).padStart(7)} % of tagging the stream` +
        `${((100 * ms) / news).toFixed(1).padStart(7)} % of tagging the news\n`,
    );
  row("tagging the stream", stream);
  row("tagging the news", news);
  for (const part of ["matters", "deadlines", "quotes"] as const) row(part, middle(part));
  const total = middle("matters") + middle("deadlines") + middle("quotes");
  row("all three", total);
  if ((100 * total) / stream > BAR) process.exitCode = 1;
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}

type Given = { readonly title: string; readonly text: string; readonly url: string; readonly at: Date };

const articleOf = (id: number, { title, text, url, at }: Given): StoredArticle => ({
  id,
  feedId: "stream",
  keys: [],
  url,
  canonicalUrl: url,
  title,
  text,
  textFrom: "content",
  author: null,
  publishedAt: at,
  updatedAt: null,
  firstSeenAt: at,
  language: languageOf(`${title}\n${text}`),
  textHash: textHash(title, text),
});
