import { setImmediate } from "node:timers/promises";
import type { LessonChanges } from "#model/lesson-changes.ts";
import { type Tagging, tagsOn } from "#model/tag.ts";
import type { Rules } from "#pipeline/tag/tag.ts";
import { pagesSince, storyOf } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { tagIn } from "./read-article.ts";

/**
 * Tags what a store has first seen since a moment with both, as it is tagged when it comes in, and tells them apart: a story goes as far as the
 * surest of its articles. Lets other work have its turn after each article; `heard` hears how many are done.
 */
export async function lessonChanges(
  db: Db,
  [before, after]: readonly [Rules, Rules],
  since: Date,
  heard: (done: number) => void = () => {},
): Promise<LessonChanges> {
  const feeds = new Map(before.pack.feeds.map((feed) => [feed.id, feed]));
  const stories = new Map<string, { title: string; posted: boolean[] }>();
  const points = new Map<string, { gained: number; lost: number }>();
  let articles = 0;
  for await (const page of pagesSince(db, since)) {
    for (const article of page) {
      const both = [before, after].map((rules) => tagIn(article, feeds.get(article.feedId), { rules }));
      const posted = both.map((tagging, i) => isPosted(tagging, [before, after][i]!));
      if (posted.includes(true)) {
        const story = await storyOf(db, article.id);
        const key = story === null ? `article ${article.id}` : `story ${story}`;
        const known = stories.get(key) ?? { title: article.title, posted: [false, false] };
        stories.set(key, { ...known, posted: known.posted.map((was, i) => was || posted[i]!) });
      }
      notePoints(points, both.map(pointsOf));
      heard(++articles);
      await setImmediate();
    }
  }
  const titles = (old: boolean) =>
    [...stories.values()].flatMap(({ title, posted }) => (posted[0] === old && posted[1] !== old ? [title] : []));
  return { articles, gained: titles(false), lost: titles(true), points };
}

const isPosted = ({ support, hold }: Tagging, { pack }: Rules): boolean =>
  hold === null && support >= pack.support.post;

const pointsOf = ({ relevant, tags }: Tagging): ReadonlySet<string> =>
  new Set(relevant ? tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : [])) : []);

function notePoints(
  points: Map<string, { gained: number; lost: number }>,
  [old, fresh]: readonly ReadonlySet<string>[],
): void {
  for (const id of old!.symmetricDifference(fresh!)) {
    const { gained, lost } = points.get(id) ?? { gained: 0, lost: 0 };
    points.set(id, fresh!.has(id) ? { gained: gained + 1, lost } : { gained, lost: lost + 1 });
  }
}
