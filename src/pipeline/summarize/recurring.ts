import { hash } from "node:crypto";
import type { Span } from "#model/tag.ts";
import { type Readable, sentencesOf } from "#text/reading.ts";

/** What is read of an article for sentences that its outlet repeats. */
type Item = Readable & { readonly feedId: string; readonly title: string };

/** Titles under which one feed must have brought a sentence: an article is posted again under another title, but seldom twice. */
const FEWEST_TITLES = 3;

/** Sentences of an article that are held against others: what an outlet says of itself stands above or below its report. */
const MOST_OF_ARTICLE = 60;

/** Sentences of a feed that are remembered, the newest: some hundred articles' worth of summaries, at 100 bytes each. */
const MOST_OF_FEED = 1_000;

/** Under how many titles a sentence has come, and the last of them. */
type Seen = { readonly titles: number; readonly last: string };

/**
 * What outlets say with every item: who they are, how to reach them, what the matter was before. Learned from what their feeds have
 * brought since the program began; after a restart it is learned again, as none of it is worth a table.
 */
export type Recurrence = {
  note(item: Item): void;
  /** The sentences of an article that its feed has brought with others. */
  recurringIn(item: Item): readonly Span[];
};

export function createRecurrence(): Recurrence {
  const feeds = new Map<string, Map<string, Seen>>();
  return {
    note(item) {
      const { feedId, title } = item;
      const seen = feeds.get(feedId) ?? new Map<string, Seen>();
      feeds.set(feedId, seen);
      for (const { key } of keyed(item)) {
        const { titles, last } = seen.get(key) ?? { titles: 0, last: null };
        // What comes again is kept the longer.
        seen.delete(key);
        seen.set(key, { titles: titles + Number(last !== title), last: title });
      }
      for (const key of seen.keys()) {
        if (seen.size <= MOST_OF_FEED) break;
        seen.delete(key);
      }
    },
    recurringIn(item) {
      const seen = feeds.get(item.feedId);
      return seen === undefined
        ? []
        : keyed(item).flatMap(({ key, span }) => ((seen.get(key)?.titles ?? 0) >= FEWEST_TITLES ? [span] : []));
    },
  };
}

const keyed = (item: Readable) =>
  sentencesOf(item)
    .slice(0, MOST_OF_ARTICLE)
    .map((span) => ({ span, key: hash("sha1", item.text.slice(span.start, span.end), "base64") }));
