import type { Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import type { Db } from "#store/engine/database.ts";
import { storiesOfSaga } from "#store/stories.ts";

/** Parallel tracks that are named beside a story, the latest to open: a dispute may run for months. */
const MAX_TRACKS = 5;

/** The other stories of a story's dispute as they stand now, so that two courts are seen side by side. */
export async function tracksOf(story: Story, { db, pack }: { db: Db; pack: Pack }): Promise<string[]> {
  const others = (await storiesOfSaga(db, story.sagaId)).filter(({ id }) => id !== story.id);
  return others.slice(-MAX_TRACKS).map((other) => {
    const standing = headlineOf(labelsOf({ ...other, points: [] }, pack));
    return `Same dispute, story ${other.id}: ${other.title}${standing === "" ? "" : ` (${standing})`}`;
  });
}
