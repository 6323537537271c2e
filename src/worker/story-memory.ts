import type { Pack } from "#model/pack.ts";
import { createRecurrence, type Recurrence } from "#pipeline/summarize/recurring.ts";
import type { Member } from "#pipeline/tell/member.ts";
import { joinedBy, type Membership, membershipOf, NO_MEMBERS } from "#pipeline/tell/membership.ts";
import { articlesById } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { sizeOf, type Version, versionsOf } from "#store/placed.ts";
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
 * The members of the stories told last, so that a story that grows is not read again from its first article. Whatever another
 * worker or a person changed is seen: what is remembered of an article counts while it has the version under which it was read.
 */
export type StoryMemory = {
  /** A story's members as they are stored. */
  recall(db: Db, storyId: number): Promise<Membership>;
  /** What the feeds repeat; it holds whatever became of the transaction in which it was read. */
  readonly recurrence: Recurrence;
  /** Forgets every story: what was read in a transaction that failed was never stored. */
  discard(): void;
};

type Remembered = {
  /** By article. */
  readonly versions: ReadonlyMap<number, Version>;
  /** The newest placing of them, and the length of all texts. */
  readonly placing: number;
  readonly bytes: number;
  readonly story: Membership;
};

const NOTHING: Remembered = { versions: new Map(), placing: 0, bytes: 0, story: NO_MEMBERS };

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
      const known = remembered.get(storyId) ?? NOTHING;
      const { versions, placing, bytes } = (await grownFrom(db, storyId, known)) ?? (await readAnew(db, storyId));
      const isKnown = (id: number) => isSame(known.versions.get(id), versions.get(id));
      const joining = await read(
        db,
        [...versions.keys()].filter((id) => !isKnown(id)),
      );
      const kept = known.story.members.filter(({ article }) => isKnown(article.id));
      const story = merged(known.story, kept, joining);
      remember(storyId, { versions, placing, bytes, story });
      return story;
    },
    recurrence: createRecurrence(),
    discard: () => remembered.clear(),
  };
}

type Versions = Omit<Remembered, "story">;

const isSame = (a: Version | undefined, b: Version | undefined): boolean =>
  a === b || (a?.placing === b?.placing && a?.bytes === b?.bytes);

/**
 * The versions of a story of which nothing is others than known, but for articles that were placed, or placed anew, since: a long
 * story is not listed for each that joins it. Null when one has left it, or has aged.
 */
async function grownFrom(db: Db, storyId: number, known: Remembered): Promise<Versions | null> {
  if (known === NOTHING) return null;
  const changed = await versionsOf(db, storyId, known.placing);
  const { placing, bytes } = known;
  const grown = changed.length === 0 ? known : counted(new Map(known.versions), changed, { placing, bytes });
  const size = await sizeOf(db, storyId);
  return size.count === grown.versions.size && size.bytes === grown.bytes ? grown : null;
}

const readAnew = async (db: Db, storyId: number): Promise<Versions> =>
  counted(new Map(), await versionsOf(db, storyId), NOTHING);

function counted(
  versions: Map<number, Version>,
  changed: readonly Version[],
  { placing, bytes }: Pick<Versions, "placing" | "bytes">,
): Versions {
  for (const version of changed) {
    bytes += version.bytes - (versions.get(version.articleId)?.bytes ?? 0);
    placing = Math.max(placing, version.placing);
    versions.set(version.articleId, version);
  }
  return { versions, placing, bytes };
}

/** Of a story that only grew, what was found of its members so far holds. */
function merged(known: Membership, kept: readonly Member[], joining: readonly Member[]): Membership {
  if (kept.length < known.members.length)
    return membershipOf([...kept, ...joining].sort((a, b) => a.article.id - b.article.id));
  return joining.length === 0 ? known : joinedBy(known, joining);
}
