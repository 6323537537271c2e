import { addHeard, type Heard, type Item, NOTHING, type OpenPlayer, type Shown, type Told } from "#cli/play/player.ts";
import { feedsOf } from "#cli/play/sources.ts";
import type { Entry, FeedDocument, StoredArticle } from "#model/article.ts";
import type { Card, Poster } from "#model/delivery.ts";
import type { Feed } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { articlesOf } from "#store/articles.ts";
import { keepCopy } from "#store/backup.ts";
import { type Db, openTemporary } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { nextDeliveryAt } from "#store/outbox/deliveries.ts";
import { nextEditAt } from "#store/outbox/growth.ts";
import { revisionOf, storyById } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { deliverDue } from "#worker/deliver.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { takeIn } from "#worker/refresh.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";

/** The channel that follows the play. */
const CHANNEL = "play";

/** What a played document's entries are known by. */
const BY_KEY = "guid";

/** Opens the worker as `run` has it, from the parser on, on a clock and a store of its own. */
export const openPlayer: OpenPlayer = async ({ pack: shipped, sources, since, filter, manner, stop }) => {
  const { pack, bySource } = feedsOf(sources, shipped);
  const { db, close } = await openTemporary();
  let now = since;
  const clock = () => now;
  const world = worldOf(db, pack, clock, stop);
  await registerFeeds(
    db,
    pack.feeds.map(({ id }) => id),
    since,
  );
  await createSubscription(db, { guildId: null, destination: CHANNEL, filter, manner, createdBy: null }, since);

  const items = new Map<string, Item>();
  const itemOf = ({ feedId, keys }: StoredArticle): Item => {
    // Entries that are one article to its feed add their keys to it; the last one's text is the article's.
    const known = keys.flatMap((key) => (key.startsWith(`${BY_KEY} `) ? (items.get(`${feedId} ${key}`) ?? []) : []));
    return known.reduce((last, each) => (each.at >= last.at ? each : last));
  };

  const { poster, taken } = tellingPoster(db, clock);

  async function deliver(): Promise<readonly Told[]> {
    await deliverDue(world, poster, stop);
    return taken();
  }

  /** Lets the clock run to `end`, and stops it wherever something falls due. */
  async function deliverUntil(end: Date): Promise<readonly Told[]> {
    const told: Told[] = [];
    while (!stop.aborted) {
      const next = earliest(await nextDeliveryAt(db), await nextEditAt(db));
      if (next === null || next > end) break;
      // Behind the clock is only what a whole batch of deliveries left for the next.
      if (next > now) now = next;
      told.push(...(await deliver()));
    }
    return told;
  }

  return {
    db,
    pack,
    itemOf,
    async round(at, fresh) {
      const before = await deliverUntil(at);
      now = at;
      let heard = NOTHING;
      for (const [feed, one] of Map.groupBy(fresh, ({ source }) => bySource.get(source)!)) {
        if (stop.aborted) break;
        for (const item of one) items.set(`${feed.id} ${BY_KEY} ${item.key}`, item);
        heard = addHeard(heard, await takeInItems(one, feed));
      }
      return { heard, told: [...before, ...(await deliver())] };
    },
    end: () => deliverUntil(new Date(8.64e15)),
    keep: (dataDir) => keepCopy(db, dataDir),
    close,
  };

  async function takeInItems(fresh: readonly Item[], feed: Feed): Promise<Heard> {
    const arrival = { primary: feed.primary, addedAt: since, firstPoll: false };
    const intake = { document: documentOf(fresh), feed, identity: BY_KEY, arrival, now } as const;
    const filed = (await takeIn(intake, world, async () => {})) ?? [];
    return {
      fresh: filed.filter(({ article }) => article === "new").length,
      changed: filed.filter(({ article }) => article === "changed").length,
      inStories: filed.filter(({ storyId }) => storyId !== null).length,
      moved: filed.filter(({ movements }) => movements.length > 0).length,
    };
  }
};

/** What the worker touches in a play: it fetches nothing, and what it knows it reads on the clock of the play. */
function worldOf(db: Db, pack: Pack, clock: () => Date, stop: AbortSignal): World {
  return {
    db,
    pack,
    rules: compileRules(pack),
    fetcher: { get: refuse, close: async () => {} },
    mayAsk: async () => true,
    readPage: async (article) => article,
    stories: createIndexKeeper(pack),
    memory: createStoryMemory(pack),
    stop,
    clock,
    random: () => 0,
    tell: () => {},
    bug: (where, error) => {
      throw new Error(`${where} met a bug`, { cause: error });
    },
  };
}

/** Keeps what is posted, until it is taken to be told. */
function tellingPoster(db: Db, clock: () => Date): { readonly poster: Poster; readonly taken: () => readonly Told[] } {
  /** What was posted and is not told yet, with its number in the outbox: posts of one moment are told in their order. */
  let posted: { readonly number: number; readonly told: Told }[] = [];
  async function shownAs(card: Card): Promise<Shown> {
    const story = await storyById(db, card.storyId);
    const revision = await revisionOf(db, card.storyId, card.revision);
    if (story === null || revision === null) throw new Error(`Story ${card.storyId} was posted and is not stored.`);
    return { card, story, movements: revision.movements, articles: await articlesOf(db, story.id) };
  }
  const poster: Poster = {
    async post({ deliveryId, storyId, revision }, card) {
      posted.push({ number: deliveryId, told: { kind: "post", at: clock(), shown: await shownAs(card) } });
      return { kind: "posted", messageId: `${storyId}.${revision}` };
    },
    async edit({ deliveryId, messageId }, card) {
      posted.push({ number: deliveryId, told: { kind: "edit", at: clock(), shown: await shownAs(card) } });
      return { kind: "posted", messageId };
    },
    async postDigest({ deliveryId }, digest) {
      const shown = await Promise.all(digest.cards.map(shownAs));
      posted.push({ number: deliveryId, told: { kind: "digest", at: clock(), digest, shown } });
      return { kind: "posted", messageId: `digest.${deliveryId}` };
    },
  };
  return {
    poster,
    taken() {
      const told = posted.toSorted((a, b) => a.number - b.number).map((each) => each.told);
      posted = [];
      return told;
    },
  };
}

const refuse = (): never => {
  throw new Error("A play fetches nothing.");
};

const earliest = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b < a) ? b : a);

/** What a feed that lists these, and nothing else, is to the worker. */
export const documentOf = (items: readonly Item[]): FeedDocument => ({
  format: "played",
  feed: { title: null, link: null },
  entries: items.map(entryOf),
  minIntervalMs: null,
});

const entryOf = ({ key, title, html, url, dated }: Item): Entry => ({
  id: key,
  title,
  link: url,
  published: dated?.toISOString() ?? null,
  updated: null,
  author: null,
  summary: html,
  content: null,
  enclosures: [],
});
