import type { Article } from "#model/article.ts";
import { LONGEST_SAID, MOST_BYTES_OF_ARTICLE } from "#model/limits.ts";
import { MINUTE_MS } from "#model/time.ts";
import { readPageAside } from "#pipeline/extract/page.ts";
import { replaces } from "#pipeline/extract/replaces.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { cutText } from "#text/cut.ts";
import { textHash } from "#text/text-hash.ts";
import { pageBudgets } from "./page-budget.ts";
import { createRobots } from "./robots.ts";

/** No page of a poll is begun after this: the poll holds one of sixteen hands. */
const POLL_PAGES_MS = MINUTE_MS;

/** Why a page was given up, in words. */
const UNREADABLE = {
  time: "it takes too long",
  memory: "it needs too much memory",
  error: "it is no page, or is locked or damaged",
} as const;

export type PageReader = (article: Article) => Promise<Article>;

/**
 * Reads an article's own page, or the PDF that it is, for its full text, within the fetcher's guard and pace, where robots.txt allows and its feed has
 * not used up its budget. Resolves to the article with `textFrom: "page"`, or as it was when the page is out of bounds,
 * unreadable, of something else, or adds nothing; `told` hears of one that is made so that it cannot be read.
 */
export function createPageReader(
  fetcher: Fetcher,
  clock: () => Date,
  told: (sentence: string) => void,
  robotsOf = createRobots(fetcher, clock),
): PageReader {
  const mayRead = pageBudgets(clock);
  return async (article) => {
    if (!mayRead(article.feedId)) return article;
    const allows = await robotsOf(new URL(article.url).origin);
    if (!allows(article.url)) return article;
    const answer = await fetcher.get({
      url: article.url,
      accept: "text/html, application/pdf;q=0.9",
      rank: "page",
      maxBytes: MOST_BYTES_OF_ARTICLE,
    });
    if (answer.kind !== "fetched") return article;
    const page = await readPageAside(answer.body, answer.contentType, answer.url);
    if (page.kind === "failed") {
      told(`${article.url} cannot be read (${UNREADABLE[page.why]}): the article keeps what its feed said.`);
      return article;
    }
    const { text, pageStarts } = page.value;
    if (!replaces(article, { text, url: answer.url })) return article;
    const document =
      pageStarts === undefined
        ? {}
        : { document: { url: article.url, pageStarts, said: cutText(article.text, LONGEST_SAID) } };
    return { ...article, text, textFrom: "page", textHash: textHash(article.title, text), ...document };
  };
}

/** The same reader for one poll: one page after another, and none begun when the poll has been at it for POLL_PAGES_MS. */
export function oneByOne(readPage: PageReader, clock: () => Date): PageReader {
  const end = clock().getTime() + POLL_PAGES_MS;
  let last: Promise<unknown> = Promise.resolve();
  return (article) => {
    const read = last.then(() => (clock().getTime() < end ? readPage(article) : article));
    last = read.catch(() => {});
    return read;
  };
}
