import { posts } from "#model/story.ts";
import { openDatabase } from "#store/engine/database.ts";
import { placedArticles } from "#store/placed.ts";
import { revisionsOf, storiesById, storyById } from "#store/stories.ts";
import { journalOf } from "./play.ts";
import { addressOf, readSequence, type Sequence, type Step } from "./sequence.ts";

/** What one step came to, in the words of the marks. */
export type Came = {
  readonly article: string;
  readonly story: string | null;
  readonly saga: string | null;
  readonly moves: readonly string[];
  readonly posts: number;
};

const nameOf = ({ at, feed, page }: Step) => `${at.toISOString().slice(5, 16)} ${feed} ${page}`;

const sagaOf = (story: string | null, { sagas }: Sequence): string | null =>
  Object.keys(sagas).find((saga) => story !== null && sagas[saga]!.includes(story)) ?? null;

/** What a person marked. */
export const marked = (sequence: Sequence): Came[] =>
  sequence.articles.map((step) => {
    const { story, moves, posts } = step;
    return {
      article: nameOf(step),
      story,
      saga: sagaOf(story, sequence),
      moves: moves.toSorted(),
      posts: Number(posts),
    };
  });

/** What a played folder holds. A story is called by the mark of its first article, a saga by that of its first story. */
export async function outcomeOf(folder: string): Promise<Came[]> {
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  const sequence = readSequence();
  const journal = journalOf(folder);
  const placed = await placedArticles(db, { after: 0, since: new Date(0), limit: 1_000 });
  const storyIds = new Map(placed.map(({ article, storyId }) => [article.url, storyId]));
  const revisions = (await Promise.all([...new Set(storyIds.values())].map((id) => revisionsOf(db, id)))).flat();
  const [stories, sagas] = [new Map<number, string>(), new Map<number, string>()];
  const came: Came[] = [];
  for (const step of sequence.articles) {
    const id = storyIds.get(addressOf(step));
    const story = id === undefined ? null : await storyById(db, id);
    const isNow = (at: Date) => at.getTime() === step.at.getTime();
    came.push({
      article: nameOf(step),
      story: story && called(stories, story.id, step.story),
      saga: story && called(sagas, story.sagaId, sagaOf(step.story, sequence)),
      moves: revisions
        .filter(({ at }) => isNow(at))
        .flatMap(({ movements }) => movements.map(({ kind }) => kind).filter((kind) => posts([{ kind }])))
        .toSorted(),
      posts: journal.filter(({ at }) => isNow(new Date(at))).length,
    });
  }
  await close();
  return came;
}

/** The name of `id`, which `mark` is if nothing else has it yet. */
function called(names: Map<number, string>, id: number, mark: string | null): string {
  const known = names.get(id);
  if (known !== undefined) return known;
  const taken = [...names.values()].filter((name) => name.split(" ")[0] === mark).length;
  const name = `${mark ?? "unwanted"}${taken === 0 ? "" : ` again ${taken}`}`;
  names.set(id, name);
  return name;
}

/** All that readers could tell two plays apart by: the stories as they stand, their revisions, and what was posted. */
export async function recordOf(folder: string) {
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  const placed = await placedArticles(db, { after: 0, since: new Date(0), limit: 1_000 });
  const ids = [...new Set(placed.map(({ storyId }) => storyId))].sort((a, b) => a - b);
  const record = {
    placed: placed.map(({ article, storyId, sagaId }) => ({ url: article.url, storyId, sagaId })),
    stories: await storiesById(db, ids),
    revisions: await Promise.all(ids.map((id) => revisionsOf(db, id))),
    journal: journalOf(folder),
  };
  await close();
  return record;
}
