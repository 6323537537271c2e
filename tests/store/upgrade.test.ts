import { sql } from "kysely";
import { expect, test } from "vitest";
import { newsAmong } from "#store/articles.ts";
import { examine } from "#store/doctor.ts";
import { type Db, openDatabase, openEmpty, openToRead, type Where } from "#store/engine/database.ts";
import { latestStories } from "#store/latest.ts";
import { migrate, SCHEMA_VERSION, schemaVersion } from "#store/migrate.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { takeRun } from "#store/schedules.ts";
import { searchStories } from "#store/search.ts";
import { storyById } from "#store/stories.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { takeTurn } from "#store/turns.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { anArticle, minutes, NOON } from "#support/stored.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";

const HARBOUR = anArticle({ title: "Harbour council weighs a fine" });
const FERRY = anArticle({ title: "Ferry court hears a crew", text: "The court heard a crew of the night ferry." });

/** The first version whose programs number the placings of articles; earlier ones leave that to its migration. */
const PLACINGS = 7;

/** The first version that has turns. */
const TURNS = 3;

/** The first version whose turns have a key; those before called it a domain, whatever it was. */
const KEYS = 14;

/** Two stories, of which the first was posted and the second is owed, as the program of a version wrote them. */
async function fill(db: Db, version: number): Promise<void> {
  const at = NOON.getTime();
  await sql`insert into feeds (feed_id, listed, added_at, next_poll_at, last_polled_at, last_success_at)
    values ('gazette', 1, ${at}, ${at}, ${at}, ${at})`.execute(db);
  for (const [index, { title, text, keys, url, textHash }] of [HARBOUR, FERRY].entries()) {
    const id = index + 1;
    const summary = JSON.stringify([{ start: 0, end: 9, text: text.slice(0, 9), articleId: id, ranges: [[0, 9]] }]);
    for (const statement of [
      sql`insert into articles (feed_id, url, canonical_url, title, text, text_from, published_at, first_seen_at, last_seen_at, language, text_hash, entry_hash)
        values ('gazette', ${url}, ${url}, ${title}, ${text}, 'summary', ${at}, ${at}, ${at}, 'en', ${textHash}, ${textHash})`,
      sql`insert into article_keys (feed_id, "key", article_id) values ('gazette', ${keys[0]}, ${id})`,
      sql`insert into taggings (article_id, relevant) values (${id}, 1)`,
      sql`insert into sagas (opened_at) values (${at})`,
      sql`insert into stories (saga_id, title, lead_article_id, article_count, points, places, actors, summary, revision, opened_at, last_article_at)
        values (${id}, ${title}, ${id}, 1, '["fines"]', '["US"]', '[]', ${summary}, 1, ${at}, ${at})`,
      sql`insert into story_tags (story_id, axis, tag_id, at) values (${id}, 'point', 'fines', ${at})`,
      sql`insert into members (article_id, story_id) values (${id}, ${id})`,
      sql`insert into revisions (story_id, number, at, movements) values (${id}, 1, ${at}, '[]')`,
      sql`insert into deliveries (story_id, revision, destination, state, due_at, message_id, settled_at)
        values (${id}, 1, 'here', ${id === 1 ? "posted" : "due"}, ${at}, ${id === 1 ? "m" : null}, ${id === 1 ? at : null})`,
      ...(version < PLACINGS ? [] : [sql`insert into placings (article_id) values (${id})`]),
    ])
      await statement.execute(db);
  }
  if (version >= TURNS) {
    const column = sql.ref(version < KEYS ? "domain" : "key");
    await sql`insert into turns (${column}, next_at) values ('gazette.example', ${at + 1_000})`.execute(db);
  }
  await sql`insert into subscriptions (guild_id, destination, filter, created_at)
    values ('1', 'here', '{"points":[],"places":[],"stages":[],"actors":[],"sources":[],"words":[],"not":[],"stories":[]}', ${at})`.execute(
    db,
  );
}

const VERSIONS = Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => index + 1);

onEachEngine("a store of an older program", (databases) => {
  const filledAt = async (version: number): Promise<Where> => {
    const where = await databases.place();
    const opening = await openEmpty(where);
    if (opening.kind === "refused") throw new Error(opening.reason);
    await migrate(opening.database.db, version);
    await fill(opening.database.db, version);
    await opening.database.close();
    return where;
  };

  test.each(VERSIONS)(
    "of schema %i is brought up to date with all that is in it, and posts nothing again",
    async (version) => {
      const { db } = await databases.open(await filledAt(version));
      expect(await schemaVersion(db)).toBe(SCHEMA_VERSION);
      const titles = async (stories: Promise<readonly { title: string }[]>) =>
        (await stories).map(({ title }) => title);
      expect(await titles(latestStories(db, { points: ["fines"], limit: 9 }))).toEqual([FERRY.title, HARBOUR.title]);
      expect(await titles(searchStories(db, "crews", { limit: 9, order: "newest" }))).toEqual([FERRY.title]);
      expect(await storyById(db, 1)).toMatchObject({
        title: HARBOUR.title,
        summary: [{ articleId: 1 }],
        closedAt: null,
      });
      expect(await subscriptionsOf(db, { destination: "here" })).toHaveLength(1);

      // What comes next: the articles are known, the open stories are remembered, and only what was owed is posted.
      expect(await newsAmong(db, [HARBOUR, FERRY], NOON)).toEqual([]);
      expect((await createIndexKeeper(PACK).current(db, NOON)).size()).toBe(2);
      expect(await enqueue(db, [{ storyId: 1, revision: 1, destination: "here", dueAt: NOON }])).toBe(0);
      const claims = await claimDue(db, minutes(1), 9);
      expect(claims).toMatchObject([{ storyId: 2, destination: "here" }]);
      expect(await settle(db, claims[0]!, { kind: "posted", messageId: "n" }, minutes(1))).toBe(true);
      expect(await takeTurn(db, "gazette.example", NOON, 1_000)).toEqual(
        new Date(NOON.getTime() + (version < TURNS ? 0 : 1_000)),
      );
      await takeRun(db, "prune", NOON);
      expect((await examine(db, minutes(2))).filter(({ sound }) => !sound)).toEqual([]);
    },
  );

  test("is left as it is by a worker, a bot and a look-up, which say what brings it up to date", async () => {
    const where = await filledAt(SCHEMA_VERSION - 1);
    expect(await openDatabase(where, { migrates: false })).toMatchObject({
      reason: expect.stringContaining("from an older Policywire: run `policywire migrate` first"),
    });
    expect(await openToRead(where)).toMatchObject({
      reason: expect.stringContaining("`npm start` or `policywire migrate` brings it up to date"),
    });
    const still = await openEmpty(where);
    if (still.kind === "refused") throw new Error(still.reason);
    expect(await schemaVersion(still.database.db)).toBe(SCHEMA_VERSION - 1);
    await still.database.close();
  });
});
