import type { Pack } from "#model/pack.ts";
import { DAY_MS } from "#model/time.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";

const PER_STORY = 3;
const BATCH = 300;
const VERBS = ["weighs", "delays", "adopts", "fines", "audits", "sues", "drafts", "votes on"];
const NOUNS = ["penalty", "audit", "threshold", "monitor", "disclosure", "licence", "moratorium", "incident report"];

/** Fills a store with articles in stories of three, spread over 400 days, with the pack's own feeds, points and places. */
export async function fill(db: Db, pack: Pack, articles: number, now: Date): Promise<void> {
  await registerFeeds(
    db,
    pack.feeds.map(({ id }) => id),
    now,
  );
  for (let from = 0; from < articles; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, articles - from) }, (_, at) => from + at + 1);
    await transact(db, (tx) => fillBatch(tx, pack, numbers, articles, now));
  }
}

async function fillBatch(tx: Db, pack: Pack, numbers: readonly number[], total: number, now: Date): Promise<void> {
  const pick = <T>(list: readonly T[], number: number): T => list[number % list.length]!;
  const storyOf = (number: number) => Math.ceil(number / PER_STORY);
  const at = (number: number) => now.getTime() - ((total - number) / total) * 400 * DAY_MS;
  const title = (number: number) =>
    `Agency ${storyOf(number)} ${pick(VERBS, storyOf(number))} ${pick(NOUNS, storyOf(number) >> 3)} for developer ${number % 997}`;
  const text = (number: number) =>
    `${title(number)}. Officials of district ${number % 311} said on day ${number % 29} that talks on the ${pick(NOUNS, number)} go on. The two sides differ on scope and on dates. `.repeat(
      4,
    );
  const stories = [...new Set(numbers.map(storyOf))];
  const point = (story: number) => pick(pack.points, story).id;
  const place = (story: number) => pick(pack.facets.places, story >> 2).id;
  await tx
    .insertInto("articles")
    .values(
      numbers.map((number) => ({
        id: number,
        feed_id: pick(pack.feeds, number).id,
        url: `https://example.org/${number}`,
        canonical_url: `https://example.org/${number}`,
        title: title(number),
        text: text(number),
        text_from: "summary",
        author: null,
        published_at: at(number),
        updated_at: null,
        first_seen_at: at(number),
        last_seen_at: at(number),
        language: "en",
        text_hash: `hash-${number}`,
        entry_hash: `hash-${number}`,
      })),
    )
    .execute();
  await tx
    .insertInto("taggings")
    .values(numbers.map((number) => ({ article_id: number, relevant: 1, support: 1, hold: null })))
    .execute();
  const evidence = (number: number) =>
    JSON.stringify([
      {
        field: "title",
        start: 0,
        end: 6,
        phrase: "Agency",
        sentence: { start: 0, end: title(number).length },
        rule: "agency",
        reading: "stated",
      },
    ]);
  const tags = (number: number) => [
    ["point", point(storyOf(number))] as const,
    ["place", place(storyOf(number))] as const,
  ];
  await tx
    .insertInto("tags")
    .values(
      numbers.flatMap((number) =>
        tags(number).map(([axis, id]) => ({
          article_id: number,
          axis,
          tag_id: id,
          strength: "strong",
          is_primary: 1,
          evidence: evidence(number),
        })),
      ),
    )
    .execute();
  const firsts = stories.filter((story) => numbers.includes((story - 1) * PER_STORY + 1));
  if (firsts.length > 0) {
    await tx
      .insertInto("sagas")
      .values(firsts.map((story) => ({ id: story, opened_at: at(story * PER_STORY) })))
      .execute();
    await tx
      .insertInto("stories")
      .values(
        firsts.map((story) => ({
          id: story,
          saga_id: story,
          title: title(story * PER_STORY),
          lead_article_id: (story - 1) * PER_STORY + 1,
          article_count: PER_STORY,
          stage: pick(pack.facets.stages, story).id,
          certainty: null,
          points: JSON.stringify([point(story)]),
          places: JSON.stringify([place(story)]),
          actors: "[]",
          summary: "[]",
          revision: 1,
          opened_at: at(story * PER_STORY),
          last_article_at: at(story * PER_STORY),
          closed_at: null,
        })),
      )
      .execute();
    await tx
      .insertInto("story_tags")
      .values(
        firsts.flatMap((story) => [
          { story_id: story, axis: "point", tag_id: point(story), at: at(story * PER_STORY) },
          { story_id: story, axis: "place", tag_id: place(story), at: at(story * PER_STORY) },
        ]),
      )
      .execute();
    await tx
      .insertInto("revisions")
      .values(
        firsts.map((story) => ({
          story_id: story,
          number: 1,
          at: at(story * PER_STORY),
          movements: "[]",
          said: "[]",
        })),
      )
      .execute();
  }
  await tx
    .insertInto("members")
    .values(numbers.map((number) => ({ article_id: number, story_id: storyOf(number) })))
    .execute();
}
