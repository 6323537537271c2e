import { createHash } from "node:crypto";
import type { Article } from "#model/article.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { MINUTE_MS } from "#model/time.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { parse } from "#pipeline/parse/parse.ts";
import { type Db, openDatabase, transact, type Where } from "#store/engine/database.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { documentOf, feedId, isStamped, newestOf } from "./feeds.ts";

const BATCH = 200;
const DOCUMENTS = 40;

/** A poll comes seconds after its time, and later when there is much to do. */
const LATEST_MS = 3 * MINUTE_MS;

/** Opens the store at `where`, made and migrated, for as long as `work` takes. */
export async function inStore<T>(where: Where, work: (db: Db) => Promise<T>): Promise<T> {
  const opening = await openDatabase(where);
  if (opening.kind === "refused") throw new Error(opening.reason);
  try {
    return await work(opening.database.db);
  } finally {
    await opening.database.close();
  }
}

export type Prepared = {
  readonly feeds: number;
  readonly channels: readonly { readonly id: string; readonly guildId: string }[];
  /** Over how long the next polls are spread, from `startAt` on: the mean interval of the measured time. */
  readonly everyMs: number;
  readonly startAt: number;
  /** What will be polled later than this after `startAt` is not made ready. */
  readonly untilMs: number;
  readonly busier?: number;
};

/** When a feed is due for the first time, in epoch milliseconds. */
export const dueOf = (
  feed: number,
  { feeds, everyMs, startAt }: Pick<Prepared, "feeds" | "everyMs" | "startAt">,
): number => startAt + (Math.floor((feed * 7_919 * everyMs) / feeds) % everyMs);

/**
 * The store of a program that has run for a while: every feed was read before, and is due at a moment of its own within
 * `everyMs`. What a feed lists is known where it will list something else in that time; of the others nothing will be parsed.
 * Straight into the tables where there are many.
 */
export async function prepare(
  db: Db,
  { feeds, channels, everyMs, startAt, untilMs, busier = 1 }: Prepared,
): Promise<void> {
  const now = Date.now();
  const long = new Date(now - everyMs);
  for (const { id, guildId } of channels) {
    await createSubscription(db, { guildId, destination: id, filter: EVERYTHING, createdBy: null }, long);
  }
  const soon: [feed: number, last: number][] = [];
  for (let first = 0; first < feeds; first += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, feeds - first) }, (_, at) => first + at);
    const rows = some.map((feed) => {
      const next = dueOf(feed, { feeds, everyMs, startAt });
      const last = next - everyMs;
      const { etag, body } = documentOf(feed, last, "", busier);
      if (
        next < startAt + untilMs &&
        (isStamped(feed) || newestOf(feed, next + LATEST_MS, busier) > newestOf(feed, last, busier))
      )
        soon.push([feed, last]);
      return {
        ...UNREAD,
        feed_id: feedId(feed),
        added_at: long.getTime(),
        etag,
        // As the fetcher takes it: the same bytes again are not parsed.
        body_hash: etag === null ? createHash("sha256").update(body()).digest("hex") : null,
        next_poll_at: next,
        last_polled_at: last,
        last_success_at: last,
      };
    });
    await db.insertInto("feeds").values(rows).execute();
  }
  for (let first = 0; first < soon.length; first += DOCUMENTS) {
    const documents = soon.slice(first, first + DOCUMENTS);
    const listed = await Promise.all(documents.map(([feed, last]) => listedAt(feed, last, busier)));
    await addArticles(db, listed.flat());
  }
}

const UNREAD = {
  listed: 1,
  identity: "guid",
  last_modified: null,
  moved_to: null,
  redirect: null,
  last_changed_at: null,
  failure_count: 0,
  failing_since: null,
  failure_reason: null,
  paused_at: null,
  reported_at: null,
  lease_until: 0,
} as const;

/** What a feed listed then, as articles. */
async function listedAt(number: number, now: number, busier: number): Promise<readonly Article[]> {
  const site = `https://news-${number}.example/`;
  const names = { id: feedId(number), name: `Feed ${number}`, url: `${site}feed`, site };
  const feed = { ...names, place: "US", kind: "press", primary: false, fullText: "never" } as const;
  const body = Buffer.from(documentOf(number, now, "", busier).body());
  const parsed = await parse(body, { contentType: "application/rss+xml", url: feed.url });
  if (parsed.kind !== "document") throw new Error(parsed.reason);
  const normalized = await normalize(parsed.document, feed, { identity: "guid", firstSeenAt: new Date(now) });
  return normalized.articles;
}

function addArticles(db: Db, articles: readonly Article[]): Promise<void> {
  return transact(db, async (tx) => {
    const rows = articles.map((article) => ({
      feed_id: article.feedId,
      url: article.url,
      canonical_url: article.canonicalUrl,
      title: article.title,
      text: article.text,
      text_from: article.textFrom,
      author: article.author,
      published_at: article.publishedAt?.getTime() ?? null,
      updated_at: null,
      first_seen_at: article.firstSeenAt.getTime(),
      last_seen_at: article.firstSeenAt.getTime(),
      language: article.language,
      text_hash: article.textHash,
      entry_hash: article.textHash,
    }));
    const added = await tx.insertInto("articles").values(rows).returning(["id", "feed_id", "canonical_url"]).execute();
    const ids = new Map(added.map(({ id, feed_id, canonical_url }) => [`${feed_id} ${canonical_url}`, id]));
    const keys = articles.flatMap(({ feedId: feed, canonicalUrl, keys }) =>
      keys.map((key) => ({ feed_id: feed, key, article_id: ids.get(`${feed} ${canonicalUrl}`)! })),
    );
    await tx.insertInto("article_keys").values(keys).execute();
  });
}
