import type { Article, StoredArticle } from "#model/article.ts";
import { keyOf } from "#model/destination.ts";
import { type Movement, posts, type Story } from "#model/story.ts";
import type { Subscription } from "#model/subscription.ts";
import { type Tagging, tagsOn } from "#model/tag.ts";
import type { StoryIndex } from "#pipeline/cluster/cluster.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import {
  type Arrival,
  flipsBack,
  isBacklog,
  isNews,
  isReached,
  matches,
  owedTo,
  subscribersOf,
} from "#pipeline/match.ts";
import { mayRepeat, repeats } from "#pipeline/tell/repeats.ts";
import { saveArticle, storyOf } from "#store/articles.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { matterKeysOf } from "#store/matters.ts";
import { destinationsTold } from "#store/outbox/deliveries.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import type { Owed } from "#store/outbox/owed.ts";
import { notePlacings } from "#store/placed.ts";
import { holdForReview, isReleased } from "#store/reviews.ts";
import { assignArticle, revisionsBefore, storiesOfSaga } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { asAmended } from "./amended.ts";
import { keepQuotes } from "./keep-quotes.ts";
import { noteMatters } from "./note-matters.ts";
import type { TaggedArticle } from "./read-article.ts";
import { opening, recallStory, type StoryChange, type Told, tellStoryAfter } from "./tell-story.ts";
import type { World } from "./world.ts";

/** The open transaction, with what it needs to know of the feed and of the stories so far. */
export type Filing = {
  readonly tx: Db;
  readonly index: StoryIndex;
  readonly arrival: Arrival;
  /** Those of the document's articles that were new, as they were stored with their tags. */
  readonly added: ReadonlyMap<Article, StoredArticle>;
  /** All that a revision is matched against. */
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  /** What the document's articles owe, the last revision of a story for each destination: one post, however many moved it. */
  readonly owed: Map<string, Owed>;
  readonly now: Date;
  readonly world: World;
};

/** Those whose request a story answers now and did not before: they have no card of it that could be edited. */
function newlyMet(
  subscribers: readonly Subscription[],
  { story, before }: StoryChange,
  laws: readonly string[],
): readonly Subscription[] {
  if (story === null) return subscribers;
  const feedIds = [...new Set(before.members.map(({ article }) => article.feedId))];
  return subscribers.filter(({ filter }) => !matches(filter, { story, feedIds, laws }));
}

/** What filing did to the article and to its story. */
export type Filed = {
  readonly article: "new" | "changed" | "same";
  readonly storyId: number | null;
  readonly story: "opened" | "updated" | "untouched";
  /** Friction points that it is tagged with. */
  readonly points: readonly string[];
  /** What moved the story. */
  readonly movements: readonly Movement["kind"][];
};

const pointsOf = ({ tags }: Tagging): readonly string[] => tagsOn(tags, "point").map(({ id }) => id);

const untouched = (tagging: Tagging) =>
  ({ storyId: null, story: "untouched", points: pointsOf(tagging), movements: [] }) as const;

/**
 * Stores an article with its tags unless that was done, gives it a place in a story, tells the story anew, and owes a revision to
 * the channels that follow when something moved.
 */
export async function fileArticle(
  { article, tagging: judged, entryHash }: TaggedArticle,
  filing: Filing,
): Promise<Filed> {
  const { tx, world, arrival, now } = filing;
  const added = filing.added.get(article);
  const saved =
    added === undefined ? await saveArticle(tx, article, entryHash) : ({ kind: "new", article: added } as const);
  if (saved.kind === "same") return { article: "same", ...untouched(judged) };

  const reviewed = await asReviewed(tx, saved.article.id, judged);
  world.memory.recurrence.note(saved.article);
  const placedIn = saved.kind === "changed" ? await storyOf(tx, saved.article.id) : null;
  // An edit is noted before its story is read, and again once its tags are stored: what is remembered in between is not
  // remembered as the article that other workers see, nor as what it becomes.
  if (placedIn !== null) await notePlacings(tx, [saved.article.id]);
  const edited = placedIn === null ? null : await recallStory(tx, placedIn, world.memory);
  const before = edited?.now.members.find((each) => each.article.id === saved.article.id)?.tagging;
  const tagging = before === undefined ? reviewed : await asAmended(tx, { ...saved, tagging: reviewed }, before);
  const member = { article: saved.article, tagging, primary: arrival.primary };
  if (added === undefined) await saveTagging(tx, saved.article.id, tagging);
  if (tagging.relevant || edited !== null) await keepQuotes(tx, saved.article, tagging, world.pack);

  let change: StoryChange;
  // An edit by which an article calls itself fiction tells readers nothing, whatever else it changes.
  if (tagging.hold !== null || (edited === null && !tagging.relevant)) {
    if (edited !== null) {
      const { id: storyId, sagaId } = edited.story;
      const placing = await notePlacings(tx, [saved.article.id]);
      world.stories.placed({ placing, article: saved.article, tagging, storyId, sagaId });
      await saveDeadlines(tx, { ...saved.article, deadlines: [] });
    }
    if (edited === null && tagging.relevant && isNews(saved.article, arrival))
      await holdForReview(tx, saved.article.id, now);
    return { article: saved.kind, ...untouched(tagging) };
  }
  if (edited !== null && saved.kind === "changed") change = edited.with(member, saved.earlier);
  else {
    const { storyId, sagaId } = filing.index.place(saved.article, tagging);
    change =
      (storyId === null ? null : await recallStory(tx, storyId, world.memory))?.with(member) ?? opening(member, sagaId);
  }
  const told = await tellStoryAfter(change, { tx, now, pack: world.pack, recurrence: world.memory.recurrence });
  const { story, movements } = told;
  const placing = await assignArticle(tx, saved.article.id, story.id);
  const lawsBefore = await matterKeysOf(tx, story.id);
  await noteMatters(tx, saved.article, tagging, world.pack);
  await saveDeadlines(tx, { ...saved.article, deadlines: deadlinesIn(saved.article) });
  world.stories.placed({ placing, article: saved.article, tagging, storyId: story.id, sagaId: story.sagaId });
  await owePosts(saved.article, { change, told, lawsBefore }, filing);
  return {
    article: saved.kind,
    storyId: story.id,
    story: change.story === null ? "opened" : "updated",
    points: pointsOf(tagging),
    movements: movements.map(({ kind }) => kind),
  };
}

/** Owes the channels that follow a story what moved it; where it only grew, its cards are marked to be shown anew. */
async function owePosts(
  article: StoredArticle,
  { change, told, lawsBefore }: { change: StoryChange; told: Told; lawsBefore: readonly string[] },
  filing: Filing,
): Promise<void> {
  const { story, movements, reach, feedIds } = told;
  const { tx, world, arrival, now } = filing;
  const isTold = movements.length > 0 && story.closedAt === null && isNews(article, arrival);
  const isPosted = isTold && posts(movements) && !flipsBack({ at: now, movements }, await revisionsBefore(tx, story));
  if (!isPosted) await noteGrowth(tx, story.id, now);
  if (!isTold) return;
  const laws = await matterKeysOf(tx, story.id);
  const reached = subscribersOf({ story, feedIds, laws }, article, await filing.subscriptions()).filter((one) =>
    isReached(one, reach),
  );
  const subscribers = isPosted ? reached : newlyMet(reached, change, lawsBefore);
  const backlog = isBacklog(article, arrival);
  const mayBeKnown = movements[0]?.kind === "opened" && mayRepeat(story, world.pack.facets);
  const hears = mayBeKnown ? await hearersOf(filing, story) : () => false;
  for (const each of owedTo(subscribers, now).filter(({ destination }) => !hears(keyOf(destination)))) {
    const key = `${story.id} ${keyOf(each.destination)}`;
    // The last that moved is the last in order.
    filing.owed.delete(key);
    filing.owed.set(key, { ...each, storyId: story.id, revision: story.revision, backlog });
  }
}

/** What a moderator released is held no more, whatever it says of itself at its next edit. */
async function asReviewed(tx: Db, articleId: number, tagging: Tagging): Promise<Tagging> {
  return tagging.hold !== null && (await isReleased(tx, articleId)) ? { ...tagging, hold: null } : tagging;
}

/** Which destinations hear of another story of the dispute, or heard, so that this one tells them nothing. */
async function hearersOf({ tx, owed, world }: Filing, story: Story): Promise<(destination: string) => boolean> {
  const ids = (await storiesOfSaga(tx, story.sagaId)).flatMap((other) =>
    repeats(story, other, world.pack.facets) ? [other.id] : [],
  );
  const told = await destinationsTold(tx, ids);
  return (destination) => told.has(destination) || ids.some((id) => owed.has(`${id} ${destination}`));
}
