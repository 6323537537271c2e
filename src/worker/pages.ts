import type { Article } from "#model/article.ts";
import { DAY_MS, MINUTE_MS } from "#model/time.ts";
import { readPageAside } from "#pipeline/extract/page.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { type Allows, readRobots, readRobotsAside } from "#pipeline/fetch/robots.ts";
import { decode } from "#text/decode.ts";
import { textHash } from "#text/text-hash.ts";
import { pageBudgets } from "./page-budget.ts";

/** The name by which a site's robots.txt may speak to us. */
const ROBOT = "Policywire";

/** RFC 9309 lets a robots.txt be kept for a day. */
const ROBOTS_FRESH_MS = DAY_MS;

/** One that could not be had, in an outage of our own for one, is asked for again: as soon as a feed that failed is. */
const ROBOTS_RETRY_MS = 10 * MINUTE_MS;

/** Sites whose robots.txt is kept; beyond that all are asked for anew. */
const MOST_SITES = 1_000;

/** RFC 9309: at least the first 500 KiB of a robots.txt are read; ours need no more. */
const ROBOTS_BYTES = 512_000;

/** Longer ones are read in another thread. Measured: one of this length, made to be dear, holds the event loop for 10 ms. */
const MOST_ROBOTS_HERE = 64 * 1024;

/** Beyond so much robots.txt all are asked for anew: whoever has many names could fill the memory with theirs. */
const MOST_ROBOTS_KEPT = 16 * 1024 * 1024;

/** The largest article page of 190 looked at held 2.1 MB. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** A page with less text than this many times its summary adds nothing: a paywall, a consent form, the summary again. */
const WORTH = 1.5;

/** RFC 9309: a file that does not exist (4xx) forbids nothing, one that cannot be reached forbids everything. */
const EVERYTHING: Allows = () => true;
const NOTHING: Allows = () => false;

/** No page of a poll is begun after this: the poll holds one of sixteen hands. */
const POLL_PAGES_MS = MINUTE_MS;

/** Why a page was given up, in words. */
const UNREADABLE = { time: "it takes too long", memory: "it needs too much memory", error: "it is no page" } as const;

export type PageReader = (article: Article) => Promise<Article>;

/**
 * Reads an article's own page for its full text, within the fetcher's guard and pace, where robots.txt allows and its feed has
 * not used up its budget. Resolves to the article with `textFrom: "page"`, or as it was when the page is out of bounds,
 * unreadable or adds nothing; `told` hears of one that is made so that it cannot be read.
 */
export function createPageReader(fetcher: Fetcher, clock: () => Date, told: (sentence: string) => void): PageReader {
  const known = new Map<string, { until: number; readonly allows: Promise<Allows> }>();
  const mayRead = pageBudgets(clock);
  let kept = 0;

  /** Asked once, however many pages of a site are wanted at the same time. */
  function robotsOf(origin: string): Promise<Allows> {
    const now = clock().getTime();
    const fresh = known.get(origin);
    if (fresh !== undefined && fresh.until > now) return fresh.allows;
    if (known.size >= MOST_SITES || kept > MOST_ROBOTS_KEPT) {
      known.clear();
      kept = 0;
    }
    const asked = askForRobots(origin);
    const entry = { until: now + ROBOTS_FRESH_MS, allows: asked.then((allows) => allows ?? NOTHING) };
    known.set(origin, entry);
    asked.then(
      (allows) => {
        if (allows === null) entry.until = now + ROBOTS_RETRY_MS;
      },
      // The store that keeps the turns failed, not the site: whoever comes next asks again.
      () => known.delete(origin),
    );
    return entry.allows;
  }

  /** Null when it cannot be had. */
  async function askForRobots(origin: string): Promise<Allows | null> {
    const url = `${origin}/robots.txt`;
    const answer = await fetcher.get({
      url,
      etag: null,
      lastModified: null,
      accept: "text/plain",
      rank: "page",
      maxBytes: ROBOTS_BYTES,
    });
    if (answer.kind === "fetched") {
      const { body, contentType } = answer;
      kept += body.length;
      return body.length <= MOST_ROBOTS_HERE
        ? readRobots(decode(body, contentType), ROBOT)
        : readRobotsAside(body, contentType, ROBOT);
    }
    const missing = answer.kind === "gone" || (answer.kind === "failed" && (answer.status ?? 500) < 500);
    return missing ? EVERYTHING : null;
  }

  return async (article) => {
    if (!mayRead(article.feedId)) return article;
    const allows = await robotsOf(new URL(article.url).origin);
    if (!allows(article.url)) return article;
    const answer = await fetcher.get({
      url: article.url,
      etag: null,
      lastModified: null,
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
    return text.length < article.text.length * WORTH
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
