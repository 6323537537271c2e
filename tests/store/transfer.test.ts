import { sql } from "kysely";
import { expect, test } from "vitest";
import { EVERYTHING } from "#model/subscription.ts";
import { saveArticle } from "#store/articles.ts";
import { type Database, type Db, openEmpty, openToRead, type Where } from "#store/engine/database.ts";
import { claimDueFeeds } from "#store/feeds.ts";
import { migrate } from "#store/migrate.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { takeRun } from "#store/schedules.ts";
import { searchStories } from "#store/search.ts";
import { addSpending } from "#store/spending.ts";
import { addRevision } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { saveTagging } from "#store/taggings.ts";
import { exported, importInto, TABLES } from "#store/transfer.ts";
import { type Databases, onEachEngine } from "#support/databases.ts";
import { anArticle, aTagging, minutes, NOON, storedStory } from "#support/stored.ts";

/** A row at least in the tables that every installation fills. */
async function fill(db: Db): Promise<void> {
  for (let at = 0; at < 3; at++) {
    const story = await storedStory(db, { keys: [`${at}`, `url:${at}`], title: `Story ${at} \u2028 of "audits"` });
    await saveTagging(db, story.leadArticleId, aTagging);
    await addRevision(db, { storyId: story.id, number: 1, at: NOON, movements: [] });
    await enqueue(db, [{ storyId: story.id, revision: 1, destination: "here", dueAt: NOON }]);
  }
  await createSubscription(db, { guildId: "1", destination: "here", filter: EVERYTHING, createdBy: null }, NOON);
  const [claim] = await claimDue(db, NOON, 1);
  await settle(db, claim!, { kind: "posted", messageId: "m" }, NOON);
  await takeRun(db, "prune", NOON);
  await addSpending(db, "2026-11-24", { calls: 1, inputTokens: 2, outputTokens: 3 }, 9);
}

async function lines(where: Where): Promise<string[]> {
  const opening = await openToRead(where);
  if (opening.kind === "refused") throw new Error(opening.reason);
  const all: string[] = [];
  for await (const value of exported(opening.database.db, NOON)) all.push(JSON.stringify(value));
  await opening.database.close();
  return all;
}

async function* streamOf(all: readonly string[]): AsyncGenerator<string> {
  yield* all;
}

onEachEngine("an export", (databases) => {
  const emptyStore = async (): Promise<Database & { where: Where }> => {
    const where = await databases.place();
    const opening = await openEmpty(where);
    if (opening.kind === "refused") throw new Error(opening.reason);
    return { ...opening.database, where };
  };
  const filled = async () => {
    const where = await databases.place();
    await fill((await databases.open(where)).db);
    return lines(where);
  };

  test("imported gives the same store, which goes on where the other stopped", async () => {
    const all = await filled();
    const empty = await emptyStore();
    expect(await importInto(empty.db, streamOf(all))).toEqual({ kind: "imported", rows: all.length - 2 });
    expect(await lines(empty.where)).toEqual(all);
    expect(await searchStories(empty.db, "audits", { limit: 9, order: "newest" })).toHaveLength(3);
    expect(await claimDue(empty.db, minutes(5), 9)).toMatchObject([{ storyId: 2 }]);
    expect((await saveArticle(empty.db, anArticle({ keys: ["url:1"] }))).kind).not.toBe("new");
    const { article } = await saveArticle(empty.db, anArticle({ keys: ["fresh"] }));
    expect(article.id).toBe(4);
    expect(await claimDueFeeds(empty.db, NOON, 9)).toHaveLength(2);
    await empty.close();
  });

  test("made while a worker polls and posts keeps nobody from either", async () => {
    const where = await databases.place();
    const { db } = await databases.open(where);
    await fill(db);
    const polled = await claimDueFeeds(db, NOON, 9);
    const posted = await claimDue(db, NOON, 1);
    expect([polled.length, posted.length]).toEqual([2, 1]);
    const empty = await emptyStore();
    await importInto(empty.db, streamOf(await lines(where)));
    expect(await claimDueFeeds(empty.db, NOON, 9)).toHaveLength(polled.length);
    // The channel is asked whether it has it already, as of one whose worker died.
    expect(await claimDue(empty.db, NOON, 1)).toEqual([{ ...posted[0], attempts: 2 }]);
    await empty.close();
  });

  test("that is damaged is refused by line, and leaves nothing", async () => {
    const all = await filled();
    const refusal = async (changed: readonly string[]) => {
      const empty = await emptyStore();
      const imported = await importInto(empty.db, streamOf(changed));
      const again = await importInto(empty.db, streamOf(all));
      await empty.close();
      return [imported.kind === "refused" ? imported.reason : "", again.kind];
    };
    expect(await refusal(all.slice(0, -1))).toEqual([expect.stringContaining("stops short at line"), "imported"]);
    expect(await refusal([])).toEqual([expect.stringContaining("stops short"), "imported"]);
    expect(await refusal(all.toSpliced(4, 1))).toEqual([
      expect.stringMatching(/says \d+ rows, but has \d+|refuses a row/),
      "imported",
    ]);
    expect(await refusal(all.with(3, "{"))).toEqual(["Line 4 is not JSON.", "imported"]);
    expect(await refusal(all.with(3, '{"table":"secrets","row":{}}'))).toEqual([
      "Line 4 is not a line of an export.",
      "imported",
    ]);
    expect(await refusal(all.with(1, all[2]!))).toEqual([
      expect.stringContaining("The database refuses a row of"),
      "imported",
    ]);
    expect(await refusal(all.slice(1))).toEqual(["The first line is not the head of an export.", "imported"]);
    expect(await refusal([...all, all[1]!])).toEqual([expect.stringContaining("after the export's end"), "imported"]);
    expect(await refusal(all.with(0, all[0]!.replace(/"schema":\d+/, '"schema":99')))).toEqual([
      expect.stringContaining("newer Policywire"),
      "imported",
    ]);
  });

  test("is not imported over what is there", async () => {
    const all = await filled();
    const { db } = await databases.open();
    await storedStory(db);
    expect(await importInto(db, streamOf(all))).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("not empty"),
    });
  });

  test("of an older program is taken in and migrated", async () => {
    const older = await emptyStore();
    await migrate(older.db, 1);
    await older.db.insertInto("sagas").values({ opened_at: 7 }).execute();
    const rows = [
      '{"policywire":"export","schema":1,"at":"2026-03-02T12:00:00.000Z"}',
      '{"table":"sagas","row":{"id":5,"opened_at":7}}',
      '{"end":true,"rows":1}',
    ];
    const empty = await emptyStore();
    expect(await importInto(empty.db, streamOf(rows))).toEqual({ kind: "imported", rows: 1 });
    expect(await lines(empty.where)).toContainEqual(
      expect.stringContaining('{"table":"sagas","row":{"id":5,"opened_at":7,'),
    );
    await Promise.all([older.close(), empty.close()]);
  });

  test("leaves no table out", async () => {
    const { db } = await databases.open();
    expect((await tablesOf(db, databases)).filter((name) => !NOT_EXPORTED.has(name))).toEqual(
      TABLES.map(({ name }) => name).sort(),
    );
  });
});

/** `turns` and `tries` are over in a minute; an import makes its own version and index. */
const NOT_EXPORTED = new Set(["turns", "tries", "schema_version", "article_words"]);

async function tablesOf(db: Db, { engine }: Databases): Promise<string[]> {
  const tables =
    engine === "sqlite"
      ? sql<{
          name: string;
        }>`select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite%'`
      : sql<{
          name: string;
        }>`select table_name as name from information_schema.tables where table_schema = current_schema()`;
  return (await tables.execute(db)).rows.map(({ name }) => name).sort();
}
