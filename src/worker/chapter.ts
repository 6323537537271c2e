import { dateOf, type StoredArticle } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import type { Movement, Story } from "#model/story.ts";
import { QUIET_DAYS } from "#pipeline/cluster/cluster.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { tellStory } from "#pipeline/tell/tell.ts";
import { voicesOf } from "#pipeline/tell/voices.ts";
import { articlesOf } from "#store/articles.ts";
import type { Db } from "#store/database.ts";
import { sagaClosedAt } from "#store/decisions.ts";
import { addRevision, openStory, saveStory, storyById } from "#store/stories.ts";
import { taggingsOf } from "#store/taggings.ts";

/** A card holds two or three sentences: more is not read on a phone. */
export const SUMMARY_SENTENCES = 3;

const DAY_MS = 86_400_000;

const UNTAGGED = { relevant: false, hold: null, tags: [] };

/** A story about to be told anew: its articles as readers know them, and as they are now. */
export type Chapter = {
  /** Null while it is being opened. */
  readonly story: Story | null;
  readonly sagaId: number | null;
  readonly before: readonly Member[];
  readonly after: readonly Member[];
};

/** A story that `member` opens, in a saga or in a new one. */
export const opening = (member: Member, sagaId: number | null): Chapter => ({
  story: null,
  sagaId,
  before: [],
  after: [member],
});

/**
 * A story as it stands, to which `with` adds a member, or replaces the one whose article was edited: `earlier` is that
 * article's former text. `without` tells it as it is, to readers who do not know some of its articles. Null when there
 * is no such story. Read it before the article's new tags are saved.
 */
export async function chapterOf(tx: Db, storyId: number, pack: Pack) {
  const story = await storyById(tx, storyId);
  if (story === null) return null;
  const articles = await articlesOf(tx, story.id);
  const taggings = await taggingsOf(
    tx,
    articles.map(({ id }) => id),
  );
  const primary = new Set(pack.feeds.flatMap((feed) => (feed.primary ? [feed.id] : [])));
  const members = articles.map((article) => ({
    article,
    tagging: taggings.get(article.id) ?? UNTAGGED,
    primary: primary.has(article.feedId),
  }));
  return {
    story,
    members,
    with(member: Member, earlier?: StoredArticle): Chapter {
      const others = members.filter(({ article }) => article.id !== member.article.id);
      const before = members.map((each) =>
        earlier !== undefined && each.article.id === earlier.id ? { ...each, article: earlier } : each,
      );
      const after = [...others, member].toSorted((a, b) => a.article.id - b.article.id);
      return { story, sagaId: story.sagaId, before, after };
    },
    without(unknown: ReadonlySet<number>): Chapter {
      const before = members.filter(({ article }) => !unknown.has(article.id));
      return { story, sagaId: story.sagaId, before, after: members };
    },
  };
}

/** A story that was told: what it is now, what readers are to hear of it, and the feeds it was told by. */
export type Told = {
  readonly story: Story;
  readonly movements: readonly Movement[];
  readonly feedIds: readonly string[];
};

/** Tells a story from its articles and stores it, with a new revision when something moved. */
export async function tellAnew(
  tx: Db,
  { story, sagaId, before, after }: Chapter,
  now: Date,
  pack: Pack,
): Promise<Told> {
  const { telling, movements } = tellStory(before, after, pack.facets);
  const leaderFirst = after.toSorted(
    (a, b) => Number(b.article.id === telling.leadArticleId) - Number(a.article.id === telling.leadArticleId),
  );
  const summary = summarize(leaderFirst.map(sourceOf), {
    maxSentences: SUMMARY_SENTENCES,
    points: telling.points.flatMap((id) => pack.points.find((point) => point.id === id) ?? []),
  }).sentences;
  const moved = movements.length > 0;
  const over = sagaId === null ? null : await sagaClosedAt(tx, sagaId);
  const closedAt = over ?? (isQuiet(after, now) ? (story?.closedAt ?? now) : null);
  const current = { ...telling, summary, revision: (story?.revision ?? 0) + Number(moved), closedAt };
  const kept =
    story === null ? await openStory(tx, current, sagaId) : { ...current, id: story.id, sagaId: story.sagaId };
  if (story !== null) await saveStory(tx, kept);
  if (moved) await addRevision(tx, { storyId: kept.id, number: kept.revision, at: now, movements });
  return { story: kept, movements, feedIds: [...new Set(after.map(({ article }) => article.feedId))] };
}

/** Whether none but copies have come for so long that the development is over. */
function isQuiet(members: readonly Member[], now: Date): boolean {
  const heard = Math.max(...voicesOf(members).map(({ article }) => dateOf(article).getTime()));
  return now.getTime() - heard > QUIET_DAYS * DAY_MS;
}

const sourceOf = ({ article: { id, title, text, language }, tagging, primary }: Member) => ({
  id,
  title,
  text,
  language,
  primary,
  evidence: tagging.tags.flatMap(({ evidence }) =>
    evidence.flatMap(({ field, sentence }) => (field === "text" ? [sentence] : [])),
  ),
});
