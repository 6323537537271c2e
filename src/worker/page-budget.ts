import { MINUTE_MS } from "#model/time.ts";
import type { PageReader } from "./pages.ts";

/** Pages that a feed may have read at once, which so is the most of one poll: a feed lists some ten new entries on a busy day. */
const PAGES_AT_ONCE = 12;

/** And one more each five minutes, whatever the feed links to. */
const PAGE_EVERY_MS = 5 * MINUTE_MS;

/** No page of a poll is begun after this: the poll holds one of sixteen hands. */
const POLL_PAGES_MS = MINUTE_MS;

/** Feeds whose budget is kept; beyond that those that have all of it are forgotten. */
const MOST_BUDGETS = 1_000;

/** Takes a page from the budget of a feed; false when there is none left. */
export function pageBudgets(clock: () => Date): (feedId: string) => boolean {
  // When a feed will have all of its budget again.
  const wholeAt = new Map<string, number>();
  return (feedId) => {
    const now = clock().getTime();
    if (wholeAt.size >= MOST_BUDGETS) for (const [id, at] of wholeAt) if (at <= now) wholeAt.delete(id);
    const next = Math.max(wholeAt.get(feedId) ?? 0, now) + PAGE_EVERY_MS;
    if (next > now + PAGES_AT_ONCE * PAGE_EVERY_MS) return false;
    wholeAt.set(feedId, next);
    return true;
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
