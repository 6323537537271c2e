import { sql } from "kysely";
import { expect, test } from "vitest";
import { saveArticle } from "#store/articles.ts";
import { examine } from "#store/doctor.ts";
import type { Db } from "#store/engine/database.ts";
import { blocksBackFrom, readQuery, searchStories } from "#store/search.ts";
import { assignArticle, openStory } from "#store/stories.ts";
import { onEachEngine } from "#support/databases.ts";
import { anArticle, NOON, storedStory } from "#support/stored.ts";

test("a query is words, quoted phrases and what a minus drops, whatever is typed", () => {
  expect(readQuery('audits "embedded monitor" -football -"own goal"')).toEqual([
    { text: "audits", wanted: true },
    { text: "embedded monitor", wanted: true },
    { text: "football", wanted: false },
    { text: "own goal", wanted: false },
  ]);
  expect(readQuery('AND* (NEAR) title:x "unclosed end')).toEqual([
    { text: "AND*", wanted: true },
    { text: "(NEAR)", wanted: true },
    { text: "title:x", wanted: true },
    { text: "unclosed end", wanted: true },
  ]);
  expect(readQuery(' - "" -- ***')).toEqual([]);
});

test("a search goes back through blocks that hold each article once, by steps that grow", () => {
  for (const last of [0, 127, 128, 4_095, 4_096, 999_999, 1_000_000, 5_000_000_000]) {
    let before = Math.floor(last / 128) * 128 + 128;
    for (const [level, blocks] of [...blocksBackFrom(last)].entries()) {
      const size = 128 * 4 ** level;
      const reached = before;
      for (const block of blocks) {
        before -= size;
        expect(block).toBe(before + level);
      }
      if (level < 6) expect(blocks.length).toBeLessThanOrEqual(8);
      if (before > 0) expect(reached - before).toBeGreaterThan(4 * size);
    }
    expect(before).toBe(0);
  }
});

onEachEngine("a search", (databases) => {
  const opened = async () => {
    const { db } = await databases.open();
    const add = (title: string, text: string) => storedStory(db, { keys: [title], title, text });
    await add("Port audited", "Inspectors audited the port. A monitor was embedded in the yard.");
    await add("Audits of the audit", "The audit of audits: auditing audited auditors by audit.");
    await add(
      "Ferry strike",
      "Nothing about inspections, but an embedded monitor in a football story. Caf\u00e9 society.",
    );
    const find = async (query: string, order: "newest" | "ranked" = "newest", limit = 10) =>
      (await searchStories(db, query, { limit, order })).map((story) => story.title);
    return { db, find };
  };

  test("finds whole words by their stem, newest first", async () => {
    const { find } = await opened();
    expect(await find("audit")).toEqual(["Audits of the audit", "Port audited"]);
    expect(await find("aud")).toEqual([]);
    expect(await find("monitors inspector")).toEqual(["Port audited"]);
    expect(await find("audit", "newest", 1)).toEqual(["Audits of the audit"]);
  });

  test("finds phrases, and drops what a minus names", async () => {
    const { find } = await opened();
    expect(await find('"embedded monitor"')).toEqual(["Ferry strike"]);
    expect(await find("monitor -football")).toEqual(["Port audited"]);
    expect(await find('"embedded monitor" -"football story"')).toEqual([]);
  });

  test("finds abbreviations, versions and addresses as they are typed, and their words", async () => {
    const { db, find } = await opened();
    const [abbreviated, named] = ["U.S. and U.K. sign on A.I.", "GPT-4.5 at ftc.gov/news"];
    await storedStory(db, {
      keys: [abbreviated],
      title: abbreviated,
      text: "H.R. 22 (S.B. 1047) stalls; duties of 3.5% stay.",
    });
    await storedStory(db, { keys: [named], title: named, text: "An e-mail of the U.S.-led group, sent/received." });
    for (const query of ["A.I.", '"H.R. 22"', "(S.B.", "3.5%", "U.S. U.K.,"])
      expect(await find(query)).toEqual([abbreviated]);
    for (const query of ["GPT-4.5", "ftc.gov", "e-mail", "-A.I. U.S."]) expect(await find(query)).toEqual([named]);
    expect(await find("port/yard")).toEqual([]);
    expect(await find("(port) inspectors, 'yard'\0")).toEqual(["Port audited"]);
  });

  test("puts the best match first when asked to", async () => {
    const { find } = await opened();
    expect(await find("port", "ranked")).toEqual(["Port audited"]);
    expect((await find("audit", "ranked"))[0]).toBe("Audits of the audit");
  });

  test("finds the newest matches first, however far back they are", async () => {
    const { db } = await databases.open();
    const story = await storedStory(db, { title: "Lighthouse", text: "Lighthouse, and a harbour." });
    const stored = await db.selectFrom("articles").selectAll().executeTakeFirstOrThrow();
    const { id: first, words: _, ...row }: typeof stored & { words?: string } = stored;
    // As if of a million articles these alone matched.
    const far = [3_000, 500_000, 900_000, 999_000, 1_000_000].map((id) => ({ ...row, id, title: `Harbour ${id}` }));
    await db.insertInto("articles").values(far).execute();
    for (const { id } of far) {
      const { id: storyId } = await openStory(db, { ...story, title: `Harbour ${id}`, leadArticleId: id }, null);
      await assignArticle(db, id, storyId);
    }
    const find = async (query: string, order: "newest" | "ranked", limit: number) =>
      (await searchStories(db, query, { limit, order })).map(({ leadArticleId }) => leadArticleId);
    const newest = [1_000_000, 999_000, 900_000, 500_000, 3_000, first];
    for (const limit of [1, 2, 3, 6]) expect(await find("harbour", "newest", limit)).toEqual(newest.slice(0, limit));
    expect(await find("lighthouse -900000", "ranked", 1)).toEqual([first]);
    expect(await find("harbour 3000", "newest", 1)).toEqual([3_000]);
  });

  test.runIf(databases.engine === "postgres")("reads few rows for a common word, in stories or outside", async () => {
    // A new place: what other tests deleted is still read over.
    const { db } = await databases.open(await databases.place());
    const { id: storyId } = await storedStory(db, { title: "Lighthouse", text: "A ferry, and a harbour." });
    const { id: _, ...row } = await db.selectFrom("articles").selectAll().executeTakeFirstOrThrow();
    const many = (title: string) => Array<typeof row>(3_000).fill({ ...row, title, text: "" });
    const ferries = await db.insertInto("articles").values(many("Ferry")).returning("id as article_id").execute();
    await db
      .insertInto("members")
      .values(ferries.map((ferry) => ({ ...ferry, story_id: storyId })))
      .execute();
    await db.insertInto("articles").values(many("Harbour")).execute();
    await sql`analyze article_words`.execute(db);
    const rowsRead = async (tx: Db) => {
      const { rows } = await sql<{ read: number }>`
        select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables
        where schemaname = current_schema() and relname <> 'stories'`.execute(tx);
      return rows[0]?.read ?? 0;
    };
    const rowsReadFor = (query: string) =>
      db.transaction().execute(async (tx) => {
        // As few rows as these it would rather read through.
        await sql`set local enable_seqscan = off`.execute(tx);
        const before = await rowsRead(tx);
        expect(await searchStories(tx, query, { limit: 1, order: "newest" })).toHaveLength(1);
        return (await rowsRead(tx)) - before;
      });
    expect(await searchStories(db, "the -ferry", { limit: 1, order: "newest" })).toEqual([]);
    expect(await rowsReadFor("harbour")).toBeLessThan(10);
    expect(await rowsReadFor("ferry")).toBeLessThan(1_100);
  });

  test("takes anything for a query", async () => {
    const { find } = await opened();
    for (const query of [
      "",
      "-audit",
      "'; drop table stories; --",
      '"',
      "a:b NEAR(x) OR *",
      "\0",
      "(((",
      "\ud83d",
      "& | ! <->",
      "x ".repeat(5_000),
    ]) {
      expect(Array.isArray(await find(query, "ranked"))).toBe(true);
    }
  });

  test("finds the new words of a changed article and no longer the old", async () => {
    const { db, find } = await opened();
    await db.updateTable("articles").set({ text: "A lighthouse." }).where("title", "=", "Ferry strike").execute();
    expect(await find("lighthouse")).toEqual(["Ferry strike"]);
    expect(await find("football")).toEqual([]);
    await db.deleteFrom("articles").where("title", "=", "Ferry strike").execute();
    expect(await find("lighthouse")).toEqual([]);
  });

  test("knows the articles in stories alone, whatever becomes of them", async () => {
    const { db, find } = await opened();
    const { article } = await saveArticle(db, anArticle({ keys: ["loose"], title: "Quay audit", text: "Quays." }));
    const knows = async (...titles: string[]) => {
      expect(await find("audits")).toEqual(titles);
      expect(await examine(db, NOON)).toContainEqual(
        expect.objectContaining({ text: expect.stringMatching(/ and search knows them/) }),
      );
      // Fails where the index knows another word than the articles say.
      if (databases.engine === "sqlite")
        await sql`insert into article_words (article_words, rank) values ('integrity-check', 1)`.execute(db);
    };
    await knows("Audits of the audit", "Port audited");
    await saveArticle(db, anArticle({ keys: ["loose"], title: "Quay audited", text: "Quays.", textHash: "edited" }));
    await knows("Audits of the audit", "Port audited");

    // Comes into a story, moves to another and loses its text; then that story goes, and comes again with it; then it goes itself.
    await assignArticle(db, article.id, 1);
    await knows("Port audited", "Audits of the audit");
    await assignArticle(db, article.id, 3);
    await knows("Ferry strike", "Audits of the audit", "Port audited");
    await db.updateTable("articles").set({ text: "" }).execute();
    await knows("Ferry strike", "Audits of the audit", "Port audited");
    await db.deleteFrom("stories").where("id", "=", 3).execute();
    await knows("Audits of the audit", "Port audited");
    await assignArticle(db, article.id, 2);
    await knows("Audits of the audit", "Port audited");
    await db.deleteFrom("articles").where("id", "in", [article.id, 2]).execute();
    await knows("Port audited");
  });
});
