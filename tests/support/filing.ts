import type { Article } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import type { Tagging } from "#model/tag.ts";
import type { StoryIndex } from "#pipeline/cluster/cluster.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { enqueue, type Owed } from "#store/outbox/owed.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import { fileArticle } from "#worker/file-article.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { storeNew } from "#worker/store-new.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";
import { hours, NOW } from "./samples.ts";

/** One story, and the first two articles of another. */
export const PENALTY = {
  title: "Department weighs penalty on Corvane over AI audit",
  text: "The department weighs a civil penalty on Corvane, which has refused an AI audit in Washington.",
};
export const FINE = {
  title: "Fine of ten million for Corvane, officials say of artificial intelligence checks",
  text: "A fine of ten million is what officials have in mind for the developer that shut inspectors out.",
};
export const NEXT_FINE = {
  title: "Officials say fine of ten million awaits Corvane in artificial intelligence checks",
  text: "Officials have a fine of ten million in mind for the developer. It shut inspectors out on Monday.",
};

const FETCHES = () => {
  throw new Error("Filing fetches nothing.");
};

/** What a worker at NOW files with, with an index of stories of its own. */
export const aWorld = (db: Db, pack: Pack): World => ({
  db,
  pack,
  rules: compileRules(pack),
  fetcher: { get: FETCHES, close: async () => {} },
  mayAsk: async () => true,
  readPage: async (article) => article,
  stories: createIndexKeeper(pack),
  memory: createStoryMemory(pack),
  stop: new AbortController().signal,
  clock: () => NOW,
  random: () => 0,
  tell: () => {},
  bug: (_, error) => {
    throw error;
  },
});

type Place = StoryIndex["place"];

/** As a poll files what a feed gives, tagged and placed by the program. Resolves to the article's story. */
export async function filed(world: World, article: Article): Promise<number | null> {
  return (await filedAs(world, { article, tagging: tag(article, world.rules) })).storyId;
}

type Given = {
  readonly article: Article;
  readonly tagging: Tagging;
  readonly primary?: boolean;
  readonly place?: Place;
};

/** As a poll files it at the world's time, tagged so and, where a place is given, placed so. Tells whether a channel is owed a post. */
export async function filedAs(world: World, { article, tagging, primary = false, place }: Given) {
  const now = world.clock();
  return transact(world.db, async (tx) => {
    const owed = new Map<string, Owed>();
    const arrival = { primary, addedAt: hours(-99), firstPoll: false };
    const index = await world.stories.current(tx, now);
    const reading = { article, tagging, entryHash: article.textHash };
    const subscriptions = () => activeSubscriptions(tx, now);
    const added = await storeNew(tx, [reading]);
    const placing = place === undefined ? index : { ...index, place };
    const filing = { tx, world, arrival, now, owed, index: placing, subscriptions, added };
    const { movements, storyId } = await fileArticle(reading, filing);
    await enqueue(tx, [...owed.values()]);
    return { storyId, movements, told: owed.size > 0 };
  });
}
