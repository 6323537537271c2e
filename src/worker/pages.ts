import type { Article } from "#model/article.ts";
import { MINUTE_MS } from "#model/time.ts";
import { readPageAside } from "#pipeline/extract/page.ts";
import { isOfSameMatter } from "#pipeline/extract/same-matter.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { textHash } from "#text/text-hash.ts";
import { pageBudgets } from "./page-budget.ts";
import { createRobots } from "./robots.ts";

/** The largest article page of 190 looked at held 2.1 MB. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** A page with less text than this many times its summary adds nothing: a paywall, a consent form, the summary again. */
const WORTH = 1.5;

/** No page of a poll is begun after this: the poll holds one of sixteen hands. */
const POLL_PAGES_MS = MINUTE_MS;

/** Why a page was given up, in words. */
const UNREADABLE = { time: "it takes too long", memory: "it needs too much memory", error: "it is no page" } as const;

/** Steps of an address at which readers sign in, pay, or say what may be stored of them. */
const GATE =
  /(?:^|[/._?=&-])(?:log-?in|sign-?in|sign-?up|sso|auth|oauth2?|register|registration|consent|cookie-?wall|paywall|subscribe|captcha|challenge)(?:$|[/._?=&-])/i;

/** Whether a site sent us from an article to its front page, or to a gate. */
function leadsElsewhere(asked: string, answered: string): boolean {
  const [from, to] = [new URL(asked), new URL(answered)];
  const isFront = to.pathname === "/" && to.search === "" && from.pathname + from.search !== "/";
  return isFront || (GATE.test(to.host + to.pathname) && !GATE.test(from.host + from.pathname));
}

export type PageReader = (article: Article) => Promise<Article>;

/**
 * Reads an article's own page for its full text, within the fetcher's guard and pace, where robots.txt allows and its feed has
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
      accept: "text/html",
      rank: "page",
      maxBytes: PAGE_BYTES,
    });
    if (answer.kind !== "fetched") return article;
    const page = await readPageAside(answer.body, answer.contentType, answer.url);
    if (page.kind === "failed") {
      told(`${article.url} cannot be read (${UNREADABLE[page.why]}): the article keeps what its feed said.`);
      return article;
    }
    const { text } = page.value;
    const isWorth = text.length >= article.text.length * WORTH && isOfSameMatter(article, text);
    return !isWorth || leadsElsewhere(article.url, answer.url)
      ? article
      : { ...article, text, textFrom: "page", textHash: textHash(article.title, text) };
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
