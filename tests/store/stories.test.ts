import { expect, test } from "vitest";
import { MOST_HEARD } from "#model/limits.ts";
import { MOVEMENT_KINDS } from "#model/story.ts";
import { among, latestStories, storiesNamed } from "#store/latest.ts";
import {
  addRevision,
  heardOf,
  openStory,
  revisionOf,
  revisionsOf,
  saveStory,
  storiesById,
  storiesOfSaga,
  storyById,
} from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

onEachEngine("stories", (databases) => {
  test("come back as they were saved", async () => {
    const { db } = await databases.open();
    const story = await storedStory(db);
    expect(await storyById(db, story.id)).toEqual(story);
    const grown = {
      ...story,
      title: "Council fines the port",
      articleCount: 3,
      stage: "enacted",
      places: ["EU"],
      revision: 2,
      closedAt: days(9),
    };
    await saveStory(db, grown);
    expect(await storyById(db, story.id)).toEqual(grown);
    expect(await storyById(db, 999)).toBeNull();
  });

  test("recall of what their cards said the newest sentences, from all cards together", async () => {
    const { db } = await databases.open();
    const { id: storyId } = await storedStory(db);
    const said = Array.from({ length: MOST_HEARD + 30 }, (_, at) => `Sentence ${at}.`);
    for (let number = 1; number * 30 <= said.length; number++)
      await addRevision(db, { storyId, number, at: NOON, movements: [] }, said.slice(number * 30 - 30, number * 30));
    expect((await heardOf(db, storyId, true)).said).toEqual(said.slice(-MOST_HEARD));
    expect((await heardOf(db, storyId, false)).said).toEqual(said.slice(0, -30));
  });

  test("of one dispute share its saga", async () => {
    const { db } = await databases.open();
    const { id, ...story } = await storedStory(db);
    const next = await openStory(db, { ...story, openedAt: days(2) }, story.sagaId);
    const other = await openStory(db, story, null);
    expect((await storiesOfSaga(db, story.sagaId)).map((each) => each.id)).toEqual([id, next.id]);
    expect(other.sagaId).not.toBe(story.sagaId);
    expect((await storiesById(db, [other.id, id])).map((each) => each.id)).toEqual([other.id, id]);
  });

  test("remember movements of every kind", async () => {
    const { db } = await databases.open();
    const { id: storyId } = await storedStory(db);
    const movements = MOVEMENT_KINDS.map((kind) => ({ kind, from: null, to: kind, articleId: 1, sentence: null }));
    await addRevision(db, { storyId, number: 1, at: NOON, movements });
    expect(await revisionsOf(db, storyId)).toEqual([{ storyId, number: 1, at: NOON, movements }]);
  });

  test("remember each state that readers were shown, once", async () => {
    const { db } = await databases.open();
    const story = await storedStory(db);
    const opening = { storyId: story.id, number: 1, at: NOON, movements: [] };
    const turn = {
      storyId: story.id,
      number: 2,
      at: minutes(9),
      movements: [
        {
          kind: "stage" as const,
          from: "threatened",
          to: "enacted",
          articleId: story.leadArticleId,
          sentence: { start: 0, end: 26 },
        },
      ],
    };
    await addRevision(db, turn);
    await addRevision(db, opening);
    expect(await revisionsOf(db, story.id)).toEqual([opening, turn]);
    expect(await revisionOf(db, story.id, 2)).toEqual(turn);
    expect(await revisionOf(db, story.id, 3)).toBeNull();
    await expect(addRevision(db, turn)).rejects.toThrow();
  });

  test("are listed newest first, narrowed by point, place and date", async () => {
    const { db } = await databases.open();
    const add = async (name: string, day: number, points: string[], places: string[]) =>
      storedStory(db, { keys: [name], title: name }, { points, places, lastArticleAt: days(day) });
    await add("old audit", 1, ["audit-scope"], ["US"]);
    await add("penalty in Europe", 2, ["penalty"], ["EU"]);
    await add("audit in Europe", 3, ["audit-scope", "penalty"], ["EU", "US"]);
    await add("nothing said", 4, [], []);
    const titles = async (wanted: Omit<Parameters<typeof latestStories>[1], "limit">, limit = 10) =>
      (await latestStories(db, { ...wanted, limit })).map((story) => story.title);

    expect(await titles({})).toEqual(["nothing said", "audit in Europe", "penalty in Europe", "old audit"]);
    expect(await titles({}, 2)).toEqual(["nothing said", "audit in Europe"]);
    expect(await titles({ since: days(3) })).toEqual(["nothing said", "audit in Europe"]);
    expect(await titles({ points: ["audit-scope"] })).toEqual(["audit in Europe", "old audit"]);
    expect(await titles({ points: ["penalty", "audit-scope", "penalty"] })).toEqual([
      "audit in Europe",
      "penalty in Europe",
      "old audit",
    ]);
    expect(await titles({ points: ["audit-scope"], places: ["EU"] })).toEqual(["audit in Europe"]);
    expect(await titles({ places: ["US"], since: days(2) })).toEqual(["audit in Europe"]);
    expect(await titles({ points: ["unknown"] })).toEqual([]);
  });

  test("are narrowed by stage, actor, law and source as well, alone and together with a point", async () => {
    const { db } = await databases.open();
    const add = (name: string, given: Parameters<typeof storedStory>[2]) =>
      storedStory(db, { keys: [name], title: name }, { points: ["penalty"], ...given });
    const fined = await add("fined", { stage: "enforcement", actors: ["ftc", "doj"], lastArticleAt: days(3) });
    await add("proposed", { stage: "proposed", actors: ["ftc-staff"], lastArticleAt: days(2) });
    await add("elsewhere", { stage: "enforcement", actors: [], points: [], lastArticleAt: days(1) });
    const law = { axis: "instrument", id: "gdpr", strength: "strong", primary: true, evidence: [] } as const;
    await saveTagging(db, fined.leadArticleId, { relevant: true, support: 1, hold: null, tags: [law] });
    const titles = async (wanted: Omit<Parameters<typeof latestStories>[1], "limit">) => {
      const all = await latestStories(db, { limit: 9 });
      const found = (await latestStories(db, { ...wanted, limit: 9 })).map(({ title }) => title);
      expect((await among(db, all, { ...wanted, limit: 9 })).map(({ title }) => title)).toEqual(found);
      return found;
    };
    expect(await titles({ stages: ["enforcement"] })).toEqual(["fined", "elsewhere"]);
    expect(await titles({ actors: ["ftc"] })).toEqual(["fined"]);
    expect(await titles({ laws: ["gdpr", "ccpa"] })).toEqual(["fined"]);
    expect(await titles({ sources: ["nobody"] })).toEqual([]);
    expect(await titles({ points: ["penalty"], stages: ["proposed", "enforcement"], since: days(2) })).toEqual([
      "fined",
      "proposed",
    ]);
    expect(await titles({ points: ["penalty"], actors: ["doj"], stages: ["proposed"] })).toEqual([]);
  });

  test("are named by their number, or by words of their title as far as they were typed", async () => {
    const { db } = await databases.open();
    const first = await storedStory(db, { keys: ["a"] }, { title: "Council adopts Fines", lastArticleAt: days(1) });
    const second = await storedStory(
      db,
      { keys: ["b"] },
      { title: "Court voids a fine of 2025", lastArticleAt: days(2) },
    );
    const named = async (typed: string) => (await storiesNamed(db, typed, 9)).map(({ id }) => id);
    expect(await named("fin")).toEqual([second.id, first.id]);
    expect(await named("fine cou ado")).toEqual([first.id]);
    expect(await named(String(first.id))).toEqual([first.id]);
    expect(await named("2025")).toEqual([second.id]);
    expect(await named("")).toEqual([second.id, first.id]);
    expect(await named("100% fine")).toEqual([]);
  });

  test("that change their tags are found under the new ones alone", async () => {
    const { db } = await databases.open();
    const story = await storedStory(db);
    await saveStory(db, { ...story, points: ["penalty"], lastArticleAt: days(5) });
    expect(await latestStories(db, { points: ["audit-scope"], limit: 5 })).toEqual([]);
    expect(await latestStories(db, { points: ["penalty"], since: days(5), limit: 5 })).toHaveLength(1);
  });
});
