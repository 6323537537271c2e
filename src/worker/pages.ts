import type { Article } from "#model/article.ts";
import { LONGEST_SAID, MOST_BYTES_OF_ARTICLE } from "#model/limits.ts";
import { MINUTE_MS } from "#model/time.ts";
import type { ExtractedPage } from "#pipeline/extract/extract.ts";
import { readPageAside } from "#pipeline/extract/page.ts";
import { type Found, replaces } from "#pipeline/extract/replaces.ts";
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
 * Reads an article's own page, or the PDF that it is or leads to, for its full text, within the fetcher's guard and pace, where
 * robots.txt allows and its feed has not used up its budget. Resolves to the article with `textFrom: "page"`, or as it was when the page is out of bounds,
 * unreadable, of something else, or adds nothing; `told` hears of one that is made so that it cannot be read.
 */
export function createPageReader(
  fetcher: Fetcher,
  clock: () => Date,
  told: (sentence: string) => void,
  robotsOf = createRobots(fetcher, clock),
): PageReader {
  const mayRead = pageBudgets(clock);
  /** What stands at an address, where its site lets us read it; null where nothing does. */
  const readAt = async (address: string): Promise<(ExtractedPage & Found) | null> => {
    const allows = await robotsOf(new URL(address).origin);
    if (!allows(address)) return null;
    const answer = await fetcher.get({
      url: address,
      accept: "text/html, application/pdf;q=0.9",
      rank: "page",
      maxBytes: MOST_BYTES_OF_ARTICLE,
    });
    if (answer.kind !== "fetched") return null;
    const page = await readPageAside(answer.body, answer.contentType, answer.url);
    if (page.kind === "done") return { ...page.value, url: answer.url };
    told(`${address} cannot be read (${UNREADABLE[page.why]}): the article keeps what its feed said.`);
    return null;
  };
  return async (article) => {
    if (!mayRead(article.feedId)) return article;
    const page = await readAt(article.url);
    if (page === null) return article;
    if (replaces(article, page)) return withText(article, page, article.url);
    // A page may be but the cover of its document.
    const document = page.pdf === undefined ? null : await readAt(page.pdf);
    return page.pdf === undefined || document === null || !replaces(article, document)
      ? article
      : withText(article, document, page.pdf);
  };
}

/** An article with the text that was found for it at an address. */
function withText(article: Article, { text, pageStarts }: ExtractedPage, url: string): Article {
  const full = { ...article, text, textFrom: "page" as const, textHash: textHash(article.title, text) };
  return pageStarts === undefined
    ? full
    : { ...full, document: { url, pageStarts, said: cutText(article.text, LONGEST_SAID) } };
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
