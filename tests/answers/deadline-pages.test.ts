import { expect, test } from "vitest";
import { deadlines } from "#answers/deadlines.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { NEWS_PACK } from "#support/library.ts";
import { NOON, storedStory } from "#support/stored.ts";

const databases = sqliteDatabases();

/** Stories of which a dozen share each day, so that no first rows of a day are all of it. */
const STORIES = 50;

test("days are turned page by page, each once and in order, however few are read for a page", async () => {
  const { db } = await databases.open();
  for (let at = 0; at < STORIES; at++) {
    const text = `The hearing in matter ${at} is on April ${3 + (at % 4)}, 2026.`;
    const story = await storedStory(db, { title: `Matter ${at}`, text, keys: [String(at)] });
    const set = deadlinesIn({ text, publishedAt: NOON, firstSeenAt: NOON });
    await saveDeadlines(db, { id: story.leadArticleId, text, deadlines: set });
  }
  for (const limit of [1, 7, 100]) {
    const seen: (readonly [string, number])[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const given = { within: "8w", limit, ...(cursor && { cursor }) };
      const outcome = await deadlines.answer({ db, pack: NEWS_PACK }, given, NOON);
      if (outcome.kind !== "answered") throw new Error(JSON.stringify(outcome));
      seen.push(...outcome.answer.days.map(({ day, storyId }) => [day, storyId] as const));
      cursor = outcome.answer.cursor;
    }
    expect(new Set(seen.map(([, id]) => id)).size).toBe(STORIES);
    expect(seen).toHaveLength(STORIES);
    expect(seen.map(([day]) => day)).toEqual(seen.map(([day]) => day).sort());
  }
});
