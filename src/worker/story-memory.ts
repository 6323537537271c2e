import type { Pack } from "#model/pack.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { joinedBy, type Membership, membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { articlesById } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { versionsOf } from "#store/placed.ts";
import { taggingsOf } from "#store/taggings.ts";

/** What is remembered: stories from so many articles on, and of so many articles in all, of the story told last at any rate. */
type Bounds = { readonly fewest: number; readonly most: number };

/**
 * A report of a thousand characters takes 20 KB with what was read of it. Few stories grow long at a time; the many that have an
 * article or three are read again at no cost to speak of.
 */
const BOUNDS: Bounds = { fewest: 6, most: 500 };

const UNTAGGED = { relevant: false, support: 0, hold: null, tags: [] };

/**
 * The members of the stories told last, so that a story that grows is not read again from its first article. Whatever another worker or
 * a person changed is seen: what is remembered of an article counts while it has the version under which it was read.
 */
export type StoryMemory = {
  /** A story's members as they are stored. */
  recall(db: Db, storyId: number): Promise<Membership>;
  /** Forgets everything: what was read in a transaction that failed was never stored. */
  discard(): void;
};

type Remembered = { readonly versions: ReadonlyMap<number, string>; readonly story: Membership };

const NOTHING: Remembered = { versions: new Map(), story: NO_MEMBERS };

export function createStoryMemory(pack: Pack, { fewest, most } = BOUNDS): StoryMemory {
  const primary = new Set(pack.feeds.flatMap((feed) => (feed.primary ? [feed.id] : [])));
  /** By story, the one told last at the end. */
  const remembered = new Map<number, Remembered>();

  const read = async (db: Db, ids: readonly number[]) => {
    const taggings = await taggingsOf(db, ids);
    return (await articlesById(db, ids)).map((article) => ({
      article,
      tagging: taggings.get(article.id) ?? UNTAGGED,
      primary: primary.has(article.feedId),
    }));
  };

  const remember = (storyId: number, told: Remembered) => {
    remembered.delete(storyId);
    if (told.versions.size < fewest) return;
    remembered.set(storyId, told);
    let articles = 0;
    for (const [id, { versions }] of [...remembered].reverse()) {
      articles += versions.size;
      if (articles > most && id !== storyId) remembered.delete(id);
    }
  };

  return {
    async recall(db, storyId) {
      const stored = await versionsOf(db, storyId);
      const known = remembered.get(storyId) ?? NOTHING;
      const versions = new Map(stored.map(({ articleId, version }) => [articleId, version]));
      const isKnown = (id: number) => known.versions.get(id) === versions.get(id);
      const joining = await read(
        db,
        stored.flatMap(({ articleId }) => (isKnown(articleId) ? [] : [articleId])),
      );
      const kept = known.story.members.filter(({ article }) => isKnown(article.id));
      const story = merged(known.story, kept, joining);
      remember(storyId, { versions, story });
      return story;
    },
    discard: () => remembered.clear(),
  };
}

/** Of a story that only grew, what was found of its members so far holds. */
function merged(known: Membership, kept: readonly Member[], joining: readonly Member[]): Membership {
  if (kept.length < known.members.length)
    return membershipOf([...kept, ...joining].sort((a, b) => a.article.id - b.article.id));
  return joining.length === 0 ? known : joinedBy(known, joining);
}
