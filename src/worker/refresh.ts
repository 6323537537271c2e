import { setImmediate as breathe } from "node:timers/promises";
import { dateOf, type FeedDocument } from "#model/article.ts";
import { atAddress, type Feed, type FeedState, type IdentityKind } from "#model/feed.ts";
import type { Arrival } from "#pipeline/match.ts";
import { type Normalized, normalize } from "#pipeline/normalize/normalize.ts";
import { afterFailure, afterRead, afterUnchanged, type Failure, knownEntries, requestFor } from "#pipeline/poll.ts";
import { newsAmong } from "#store/articles.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { forgetEntries, saveFeedState } from "#store/feeds.ts";
import { enqueue, type Owed } from "#store/outbox/owed.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import { withinCeilings } from "./ceilings.ts";
import { type Filed, fileArticle } from "./file-article.ts";
import { oneByOne } from "./pages.ts";
import { readArticle } from "./read-article.ts";
import { remadeReason } from "./remade.ts";
import { askSource, readSource } from "./source.ts";
import { storeNew } from "./store-new.ts";
import type { World } from "./world.ts";

/** What one poll came to. */
export type Refreshed =
  | { readonly kind: "read"; readonly filed: readonly Filed[] }
  | { readonly kind: "unchanged" }
  /** `state` is the feed's state to be saved if the failure counts; `network`: no server was reached. */
  | { readonly kind: "failed"; readonly reason: string; readonly network: boolean; readonly state: FeedState };

/**
 * One feed, from fetch to outbox. All waiting comes first; then articles, tags, stories, revisions, deliveries and the
 * feed's own state are written in one transaction, so that a crash repeats the poll and doubles nothing. Where the claim on the
 * feed was lost meanwhile, what was read is filed all the same, and the state alone is left to the worker that has the claim now.
 * A failure is returned unsaved: only the whole round can tell a dead feed from our own outage.
 */
export async function refresh(feed: Feed, before: FeedState, world: World): Promise<Refreshed> {
  const { db, clock, random } = world;
  const state = atAddress(before, feed, clock());
  const answer = await askSource(feed, requestFor(state, feed, clock()), world);
  const now = clock();
  const whole = answer.kind === "fetched";
  if (answer.kind === "unchanged" || (whole && answer.bodyHash === state.bodyHash)) {
    await saveFeedState(db, afterUnchanged(state, { answer, whole }, now, random));
    return { kind: "unchanged" };
  }
  if (!whole) return failed(state, answer, world);

  const parsed = await readSource(feed, answer, world);
  if (parsed.kind === "not-a-feed") return failed(state, { kind: "failed", reason: withSuggestions(parsed) }, world);

  const { document, dated } = parsed;
  const remade = await remadeReason(document, feed, state, db, now);
  if (remade !== null) return failed(state, { kind: "failed", reason: remade }, world);
  // A feed that was empty so far was read, and none of its entries were.
  const firstPoll = state.lastSuccessAt === null || state.identity === null;
  const arrival = { primary: feed.primary, addedAt: state.addedAt, firstPoll };
  // Where the parts of a source change without it, all of it is asked for each time.
  const held = dated ? answer : { ...answer, etag: null, lastModified: null };
  const bodyHash = dated ? answer.bodyHash : null;
  const intake = { document, feed, identity: state.identity, known: knownEntries(state, now), arrival, now };
  const filed = await takeIn(intake, world, async (tx, normalized) => {
    const saved = await saveFeedState(
      tx,
      afterRead(state, { answer: held, document, bodyHash, ...normalized }, now, random),
    );
    // What was filed here may be older than what the other worker knows.
    if (!saved) await forgetEntries(tx, feed.id);
  });
  // Pages that the end of the program cut off are read after the next start: then the entries are still news.
  if (filed === null) return failed(state, { kind: "failed", reason: "The program is closing." }, world);
  return { kind: "read", filed };
}

/** A document that has come in: what a feed lists at `now`. */
export type Intake = {
  readonly document: FeedDocument;
  readonly feed: Feed;
  /** As the feed's state has pinned it; null at first sight. */
  readonly identity: IdentityKind | null;
  /** Fingerprints of entries that the store has; none when all are to be compared. */
  readonly known?: ReadonlySet<string>;
  readonly arrival: Arrival;
  readonly now: Date;
};

/**
 * A document, from its entries to the outbox; `alsoWrite` is written in the same transaction. Resolves to what became of each
 * article that is new or says something else, or to null, and nothing is written, when the program is to end.
 */
export async function takeIn(
  { document, feed, identity: pinned, known, arrival, now }: Intake,
  world: World,
  alsoWrite: (tx: Db, normalized: Pick<Normalized, "identity" | "fingerprints">) => Promise<unknown>,
): Promise<readonly Filed[] | null> {
  const { db, stories, memory, stop } = world;
  const { articles, ...normalized } = await normalize(document, feed, { identity: pinned, firstSeenAt: now, known });
  // Documents list the newest first; a story is told in the order in which things happened.
  const news = (await newsAmong(db, articles, now)).toSorted((a, b) => dateOf(a).getTime() - dateOf(b).getTime());
  // Each is tagged in a turn of the event loop of its own, so that people are answered in between; the newest first, as pages
  // have a budget.
  let turn = Promise.resolve();
  const inPoll = { ...world, readPage: oneByOne(world.readPage, world.clock) };
  const newestFirst = await Promise.all(
    news.toReversed().map(async (article) => {
      turn = turn.then(() => breathe());
      await turn;
      return readArticle(article, feed, arrival, inPoll);
    }),
  );
  const tagged = newestFirst.toReversed();
  if (stop.aborted) return null;

  try {
    return await transact(db, async (tx) => {
      const owed = new Map<string, Owed>();
      const index = await stories.current(tx, now);
      const subscriptions = askedOnce(() => activeSubscriptions(tx, now));
      const added = await storeNew(tx, tagged);
      const done: Filed[] = [];
      for (const one of tagged) {
        done.push(await fileArticle(one, { tx, world, arrival, now, owed, index, subscriptions, added }));
        await breathe();
      }
      await enqueue(tx, await withinCeilings(tx, [...owed.values()], feed, world.ceilings, now));
      await alsoWrite(tx, normalized);
      return done;
    });
  } catch (error) {
    // What was filed in a transaction that failed, at its end too, was never stored.
    stories.discard();
    memory.discard();
    throw error;
  }
}

/** The same answer to all who ask, asked for when the first does. */
function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** What a document that is no feed is, and where it says that feeds are to be found. */
function withSuggestions({
  reason,
  suggestions,
}: {
  readonly reason: string;
  readonly suggestions: readonly string[];
}) {
  return suggestions.length === 0 ? reason : `${reason} It links to ${suggestions.slice(0, 3).join(" and ")}.`;
}

/** A poll that brought nothing, and what the feed's state is to become. */
export function failed(
  state: FeedState,
  failure: Failure & { network?: boolean },
  { clock, random }: World,
): Refreshed {
  const { reason, network = false } = failure;
  return { kind: "failed", reason, network, state: afterFailure(state, failure, clock(), random) };
}
