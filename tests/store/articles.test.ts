import { expect, test } from "vitest";
import {
  addNewArticles,
  articlesAt,
  articlesById,
  articlesOf,
  newsAmong,
  saveArticle,
  storyOf,
} from "#store/articles.ts";
import { registerFeeds } from "#store/feeds.ts";
import { placedArticles } from "#store/placed.ts";
import { assignArticle, openStory } from "#store/stories.ts";
import { addTaggings, saveTagging, taggingsOf } from "#store/taggings.ts";
import { onEachEngine } from "#support/databases.ts";
import { anArticle, aStory, aTagging, days, minutes, NOON, storedStory } from "#support/stored.ts";

onEachEngine("articles", (databases) => {
  const opened = async () => {
    const { db } = await databases.open();
    await registerFeeds(db, ["gazette", "courier"], NOON);
    return db;
  };

  test("come back as they were stored, with ids in the order of arrival", async () => {
    const db = await opened();
    const first = await saveArticle(db, anArticle({ keys: ["guid:1", "url:1"], author: "A. Writer", updatedAt: NOON }));
    const second = await saveArticle(db, anArticle({ keys: ["guid:2"], publishedAt: null, language: null }));
    expect([first.kind, second.kind]).toEqual(["new", "new"]);
    expect(second.article.id).toBeGreaterThan(first.article.id);
    expect(await articlesById(db, [second.article.id, first.article.id, 999])).toEqual([first.article, second.article]);
  });

  test("that were read from a document keep where its pages begin, until their text is another", async () => {
    const db = await opened();
    const document = { url: "https://gazette.example/a.pdf", pageStarts: [0, 12, 12], said: "The council met." };
    const { article } = await saveArticle(db, anArticle({ textFrom: "page", document }));
    expect((await articlesById(db, [article.id]))[0]?.document).toEqual(document);
    const again = await saveArticle(db, anArticle({ text: "The council put the matter off." }));
    expect([again.kind, "document" in again.article]).toEqual(["changed", false]);
  });

  test("that are new are stored at once with growing ids, and of two that share a key the first", async () => {
    const db = await opened();
    const known = await saveArticle(db, anArticle({ keys: ["guid:known"] }));
    const titles = Array.from({ length: 230 }, (_, at) => `Notice ${(at * 7) % 230}`);
    const fresh = titles.map((title) => anArticle({ title, keys: [`guid:${title}`, `url:${title}`] }));
    const [again, twin] = [anArticle({ keys: ["guid:known"] }), anArticle({ keys: ["guid:twin", "url:Notice 7"] })];
    const incoming = [again, ...fresh, twin].map((article) => ({ article, entryHash: `entry of ${article.title}` }));
    const added = await addNewArticles(db, incoming);
    expect([...added.keys()]).toEqual(fresh);
    expect([...added.values()].map(({ id }) => id)).toEqual(fresh.map((_, at) => known.article.id + 1 + at));
    const stored = await articlesById(
      db,
      [...added.values()].map(({ id }) => id),
    );
    expect(stored.map(({ title, keys }) => [title, keys])).toEqual(fresh.map(({ title, keys }) => [title, keys]));
    expect(await saveArticle(db, twin)).toMatchObject({ kind: "changed", earlier: { title: "Notice 7" } });
    await addTaggings(db, new Map([...added.values()].map(({ id }) => [id, aTagging])));
    const ids = [known.article.id, stored[0]!.id, stored[229]!.id];
    expect([...(await taggingsOf(db, ids))]).toEqual(ids.slice(1).map((id) => [id, aTagging]));
  });

  test("met again under any key are the same, and learn the new keys", async () => {
    const db = await opened();
    const { article } = await saveArticle(db, anArticle({ keys: ["guid:1", "url:1"] }));
    expect(await saveArticle(db, anArticle({ keys: ["guid:other", "url:1"] }))).toMatchObject({
      kind: "same",
      article: { id: article.id },
    });
    expect(await saveArticle(db, anArticle({ keys: ["guid:other"] }))).toMatchObject({
      kind: "same",
      article: { id: article.id },
    });
    expect((await articlesById(db, [article.id]))[0]?.keys).toEqual(["guid:1", "guid:other", "url:1"]);
  });

  test("with the same key in another feed are others", async () => {
    const db = await opened();
    await saveArticle(db, anArticle({ keys: ["guid:1"] }));
    expect((await saveArticle(db, anArticle({ feedId: "courier", keys: ["guid:1"] }))).kind).toBe("new");
  });

  test("keep a key with the article that had it first", async () => {
    const db = await opened();
    const one = await saveArticle(db, anArticle({ keys: ["guid:1"] }));
    const two = await saveArticle(db, anArticle({ keys: ["guid:2"] }));
    const both = await saveArticle(db, anArticle({ keys: ["guid:2", "guid:1"] }));
    expect(both.article.id).toBe(two.article.id);
    expect((await saveArticle(db, anArticle({ keys: ["guid:1"] }))).article.id).toBe(one.article.id);
  });

  test("that changed their text keep their first date and first sight", async () => {
    const db = await opened();
    const before = await saveArticle(db, anArticle());
    const after = await saveArticle(
      db,
      anArticle({
        text: "The council fined the port.",
        textHash: "other",
        publishedAt: minutes(5),
        firstSeenAt: minutes(10),
        updatedAt: minutes(6),
      }),
    );
    expect(after).toEqual({
      kind: "changed",
      article: { ...before.article, text: "The council fined the port.", textHash: "other", updatedAt: minutes(6) },
      earlier: before.article,
    });
  });

  test("whose date alone changed are the same", async () => {
    const db = await opened();
    const { article } = await saveArticle(db, anArticle());
    expect(await saveArticle(db, anArticle({ publishedAt: days(3), updatedAt: days(3) }))).toEqual({
      kind: "same",
      article,
    });
  });

  test("read from their page are news only when their feed says something else", async () => {
    const db = await opened();
    const entry = anArticle();
    expect(await newsAmong(db, [entry], NOON)).toEqual([entry]);
    await saveArticle(db, { ...entry, text: "All of the page.", textFrom: "page", textHash: "page" }, entry.textHash);
    expect(await newsAmong(db, [entry], NOON)).toEqual([]);
    expect((await saveArticle(db, entry)).kind).toBe("same");
    const edited = { ...entry, textHash: "edited" };
    expect(await newsAmong(db, [edited, anArticle({ keys: ["guid:fresh"] })], NOON)).toHaveLength(2);
  });

  test("that are listed for long are known to be", async () => {
    const db = await opened();
    await saveArticle(db, anArticle());
    await newsAmong(db, [anArticle()], days(6));
    await newsAmong(db, [anArticle()], days(30));
    expect(await db.selectFrom("articles").select("last_seen_at").execute()).toEqual([
      { last_seen_at: days(30).getTime() },
    ]);
  });

  test("hold NUL, half characters, long keys and long addresses", async () => {
    const db = await opened();
    const long = `https://gazette.example/${"x".repeat(9_000)}`;
    const strange = anArticle({
      keys: [`url:${long}`, "guid:\0"],
      title: "A\0B",
      text: "half \ud83d and \u0000",
      canonicalUrl: long,
      url: long,
    });
    const { article } = await saveArticle(db, strange);
    expect(await saveArticle(db, { ...strange, keys: [`url:${long}`] })).toMatchObject({
      kind: "same",
      article: { title: "A\uFFFDB" },
    });
    expect(await saveArticle(db, { ...strange, keys: ["guid:\0"] })).toMatchObject({
      kind: "same",
      article: { id: article.id },
    });
    expect((await articlesAt(db, long)).map(({ id }) => id)).toEqual([article.id]);
  });

  test("keep their tags with all evidence", async () => {
    const db = await opened();
    const { article } = await saveArticle(db, anArticle());
    await saveTagging(db, article.id, { relevant: false, support: 0, hold: "It calls itself satire.", tags: [] });
    await saveTagging(db, article.id, aTagging);
    expect(await taggingsOf(db, [article.id, 999])).toEqual(new Map([[article.id, aTagging]]));
  });

  test("know their story, and a story its articles", async () => {
    const db = await opened();
    const story = await storedStory(db);
    const other = await saveArticle(db, anArticle({ feedId: "courier", keys: ["guid:9"] }));
    expect(await storyOf(db, other.article.id)).toBeNull();
    await assignArticle(db, other.article.id, story.id);
    expect(await storyOf(db, other.article.id)).toBe(story.id);
    expect((await articlesOf(db, story.id)).map(({ feedId }) => feedId)).toEqual(["gazette", "courier"]);
  });

  test("are read back in pages, in the order of their placings", async () => {
    const db = await opened();
    for (let at = 0; at < 5; at++) {
      const { article } = await saveArticle(db, anArticle({ keys: [`guid:${at}`], firstSeenAt: days(at) }));
      await saveTagging(db, article.id, aTagging);
      if (at === 2) continue;
      const story = await openStory(db, aStory(article), null);
      await assignArticle(db, article.id, story.id);
    }
    const page = await placedArticles(db, { after: 0, since: days(1), limit: 2 });
    expect(page.map(({ article }) => article.keys)).toEqual([["guid:1"], ["guid:3"]]);
    expect(page[0]?.tagging).toEqual(aTagging);
    const next = await placedArticles(db, { after: page[1]!.placing, since: days(1), limit: 2 });
    expect(next.map(({ article }) => article.keys)).toEqual([["guid:4"]]);
    expect(next[0]!.sagaId).toBeGreaterThan(page[0]!.sagaId);
  });
});
