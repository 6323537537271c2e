import { MINUTE_MS } from "#model/time.ts";

/** Pages that a feed may have read at once, which so is the most of one poll: a feed lists some ten new entries on a busy day. */
const PAGES_AT_ONCE = 12;

/** And one more each five minutes, whatever the feed links to. */
const PAGE_EVERY_MS = 5 * MINUTE_MS;

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
