import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { FEED_KINDS } from "#model/pack-fields.ts";
import { type Item, rss } from "#support/packs.ts";

const moment = z.string().transform((written) => new Date(written));

const step = z.strictObject({
  at: moment,
  dated: moment.optional(),
  feed: z.string(),
  page: z.string(),
  title: z.string(),
  text: z.string(),
  story: z.string().nullable(),
  moves: z.array(z.string()),
  posts: z.boolean(),
});

const sequence = z.strictObject({
  feeds: z.array(z.strictObject({ id: z.string(), name: z.string(), kind: z.enum(FEED_KINDS), place: z.string() })),
  articles: z.array(step),
  sagas: z.record(z.string(), z.array(z.string())),
});

/** What a feed lists at some moment, and what a person marked that it should come to. */
export type Step = z.output<typeof step>;
export type Sequence = z.output<typeof sequence>;

/** An article without a date of its own was published so long before its feed listed it. */
const LISTED_AFTER_MS = 20 * 60_000;

/** Feeds are added, and read for the first time, so long before their first article. */
const STARTED_BEFORE_MS = 3_600_000;

export const readSequence = (): Sequence => sequence.parse(parse(readFileSync("tests/fixtures/replay.yaml", "utf8")));

export const startOf = ({ articles }: Sequence): Date => new Date(articles[0]!.at.getTime() - STARTED_BEFORE_MS);

/** Where an article stands: one name for its feed and its page, whichever port the feed is served from. */
export const addressOf = ({ feed, page }: Pick<Step, "feed" | "page">): string => `https://${feed}.example/${page}`;

/** The document of a feed after so many steps, newest first; a page that was edited is listed as it is now. */
export function documentOf(feed: string, { articles }: Sequence, steps: number): string {
  const items = new Map<string, Item>();
  for (const { page, title, text, at, dated } of articles.slice(0, steps).filter((each) => each.feed === feed)) {
    items.delete(page);
    items.set(page, { id: page, title, text, at: dated ?? new Date(at.getTime() - LISTED_AFTER_MS) });
  }
  return rss(`https://${feed}.example`, [...items.values()].reverse());
}
