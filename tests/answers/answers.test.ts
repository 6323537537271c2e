import { beforeEach, expect, test } from "vitest";
import { deadlinesFile } from "#answers/deadlines.ts";
import type { Library, Question } from "#answers/question.ts";
import { QUESTIONS } from "#answers/questions.ts";
import { storiesText } from "#mcp/texts.ts";
import { onEachEngine } from "#support/databases.ts";
import { newsLibrary } from "#support/library.ts";
import { NOON } from "#support/stored.ts";

onEachEngine("answers", (databases) => {
  let library: Library;

  beforeEach(async () => {
    library = await newsLibrary((await databases.open()).db);
  });

  /** The answer, which is what its schema says and nothing more. */
  async function answer<Answer>(question: Question<Answer>, given: Record<string, unknown> = {}): Promise<Answer> {
    const outcome = await question.answer(library, given, NOON);
    if (outcome.kind !== "answered") throw new Error(JSON.stringify(outcome));
    expect(question.shape.parse(outcome.answer)).toEqual(outcome.answer);
    return outcome.answer;
  }

  const faults = async (question: Question, given: Record<string, unknown>) => {
    const outcome = await question.answer(library, given, NOON);
    return outcome.kind === "refused" ? outcome.faults : [];
  };

  const { latest, search, story, deadlines, quotes, points, places, matters, matter, feeds, trend, memo } = QUESTIONS;
  const CITED = { source: "Harbour Gazette", primary: false, url: "https://gazette.example/a" };

  test("the newest stories come with cited sentences and with how fresh they are", async () => {
    const { stories, cursor, freshness } = await answer(latest);
    expect(stories.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(stories[0]).toMatchObject({
      headline: "Threatened · US · audit scope and frequency",
      summary: [{ ...CITED, text: "The council met on Monday.", span: { start: 0, end: 26 } }],
      sources: [{ feed: "Harbour Gazette", publishedAt: "2026-03-02T11:30:00.000Z", primary: false }],
    });
    expect(stories[1]?.sources).toMatchObject([{ feed: "Model Registry", primary: true }]);
    expect({ cursor, freshness }).toMatchObject({
      cursor: null,
      freshness: { last: NOON.toISOString(), feeds: 2, failing: 1 },
    });
  });

  test("a sentence of a PDF is cited with its pages, and opened there, in a list as in a memo", async () => {
    const document = { url: `${CITED.url}.pdf`, pageStarts: [0, 0, 4] };
    const set = library.db.updateTable("articles").set({ document: JSON.stringify(document) });
    await set.where("url", "=", CITED.url).execute();
    const pages = { url: `${CITED.url}.pdf#page=2`, pages: { from: 2, to: 3 } };
    const newest = await answer(latest);
    expect(newest.stories[0]?.summary).toMatchObject([{ ...CITED, ...pages }]);
    expect(storiesText(newest)).toContain(`[${CITED.source}, pp.\u00a02–3, 2 Mar 2026, ${pages.url}]`);
    const { points: told } = await answer(memo, { period: "month" });
    const changes = told.flatMap(({ changes }) => changes.shown).filter(({ storyId }) => storyId === 1);
    expect(changes.length).toBeGreaterThan(0);
    for (const { source } of changes) expect(source).toMatchObject({ outlet: CITED.source, ...pages });
  });

  test("stories are narrowed, and turned page by page without one twice or none", async () => {
    expect((await answer(latest, { place: "EU" })).stories.map(({ id }) => id)).toEqual([2, 3]);
    expect(
      (await answer(latest, { place: ["EU"], point: "liability,audit-scope", since: "20h" })).stories,
    ).toHaveLength(1);
    expect((await answer(latest, { source: "registry", stage: "threatened" })).stories.map(({ id }) => id)).toEqual([
      2,
    ]);
    expect((await answer(latest, { law: "Idaho SB 77" })).stories.map(({ id }) => id)).toEqual([1]);
    for (const narrowing of [{}, { point: "audit-scope,liability" }]) {
      const seen: number[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await answer(latest, { ...narrowing, limit: "1", ...(cursor && { cursor }) });
        seen.push(...page.stories.map(({ id }) => id));
        cursor = page.cursor;
      }
      expect(seen).toEqual([1, 2, 3]);
    }
  });

  test("what cannot be asked so is refused by its parameter, with what could be", async () => {
    expect(await faults(latest, { point: "audit-scop", place: "Atlantis" })).toMatchObject([
      {
        parameter: "point",
        reason: expect.stringMatching(/^The pack has no friction point "audit-scop". It has: .*audit-scope/),
      },
      { parameter: "place", reason: expect.stringMatching(/^The pack has no place "Atlantis". It has: .*EU/) },
    ]);
    expect(await faults(latest, { law: "the Moonlight Act" })).toEqual([
      { parameter: "law", reason: 'No article is about "the Moonlight Act".' },
    ]);
    expect(await faults(latest, { law: ["Acme, Inc. v. Crane"] })).toMatchObject([
      { reason: 'No article is about "Acme, Inc. v. Crane".' },
    ]);
    expect(await faults(deadlines, { story: "1,x" })).toEqual([
      { parameter: "story", reason: "Write the number of a story." },
    ]);
    expect(await faults(latest, { points: "x" })).toEqual([
      {
        parameter: "points",
        reason:
          'There is no parameter "points" here. There are: point, place, law, stage, actor, source, since, limit, cursor.',
      },
    ]);
    expect(await faults(latest, { limit: "101" })).toMatchObject([{ parameter: "limit" }]);
    expect(await faults(latest, { limit: "some" })).toEqual([{ parameter: "limit", reason: "Write a whole number." }]);
    expect(await faults(latest, { since: "yesterday" })).toMatchObject([{ parameter: "since" }]);
    for (const question of [latest, quotes, deadlines, matters])
      expect(await faults(question, { cursor: "x" })).toMatchObject([{ parameter: "cursor" }]);
    expect(await faults(search, { query: "-audit" })).toEqual([
      { parameter: "query", reason: "That query has no word to look for." },
    ]);
    expect(await faults(feeds, { x: "1" })).toEqual([
      { parameter: "x", reason: 'There is no parameter "x" here. There is none.' },
    ]);
    expect(await story.answer(library, { story: "99" }, NOON)).toEqual({
      kind: "absent",
      reason: "There is no story 99.",
    });
    expect(await matter.answer(library, { matter: "HR 1" }, NOON)).toMatchObject({ kind: "absent" });
  });

  test("stories are found by their words, and narrowed", async () => {
    expect((await answer(search, { query: "ferries" })).stories.map(({ id }) => id)).toEqual([3]);
    expect((await answer(search, { query: "council", place: "US" })).stories.map(({ id }) => id)).toEqual([1]);
    const first = await answer(search, { query: "council", limit: 2 });
    expect(first.stories).toHaveLength(2);
    expect((await answer(search, { query: "council", limit: 2, cursor: first.cursor })).stories).toHaveLength(1);
  });

  test("a story is told with its timeline, its tracks, its sources, who spoke, and why it was tagged", async () => {
    expect(await answer(story, { story: 1 })).toMatchObject({
      timeline: [
        { revision: 1, movements: [{ kind: "opened", text: "New story: Threatened", citation: CITED }] },
        {
          revision: 2,
          movements: [
            {
              text: "Date: 9 Mar 2026 → 23 Mar 2026",
              sentence: "The hearing was moved from March 9 to March 23.",
              citation: CITED,
            },
          ],
        },
      ],
      tracks: [{ story: 2, title: "Order on audits of models", headline: "Threatened · EU" }],
      sources: [{ id: 1, stage: null }],
      matters: [{ key: "US-ID bill SB77", title: "SB77 (US-ID): Honest Robots Reporting Act" }],
      quotes: [{ ...CITED, speaker: "Mara Holt", words: "Audits keep ports honest" }],
      why: [{ ...CITED, tags: [{ axis: "point", id: "audit-scope", phrase: "audits", rule: "audits" }] }],
    });
    expect((await answer(story, { story: "1", proofs: "0" })).why).toEqual([]);
  });

  test("days to come are listed with the sentence that sets them", async () => {
    expect((await answer(deadlines)).days).toMatchObject([
      {
        day: "2026-03-23",
        what: "Hearing · moved from 9 Mar 2026",
        quote: "The hearing was moved from March 9 to March 23.",
        title: "Harbour council weighs a fine over missed audits",
        sources: [{ ...CITED, from: "2026-03-09" }],
      },
    ]);
    const { file } = await answer(deadlinesFile, { point: "audit-scope" });
    expect(file).toMatch(/^BEGIN:VCALENDAR\r\n.*SUMMARY:Hearing · moved from 9 Mar 2026: Harbour council/s);
    expect((await answer(deadlines, { within: "7d" })).days).toEqual([]);
    expect((await answer(deadlines, { place: "EU" })).days).toEqual([]);
  });

  test("who said what is listed by speaker and point", async () => {
    expect((await answer(quotes, { who: "harbour commissioner", point: "audit-scope" })).quotes).toMatchObject([
      { ...CITED, speaker: "Mara Holt", storyId: 1, publishedAt: NOON.toISOString() },
    ]);
    expect((await answer(quotes, { who: "nobody" })).quotes).toEqual([]);
  });

  test("points, places and matters are counted", async () => {
    const counted = (all: readonly { readonly id: string; readonly stories: number }[], id: string) =>
      all.find((each) => each.id === id)?.stories;
    const fought = (await answer(points)).points;
    expect([counted(fought, "audit-scope"), counted(fought, "liability")]).toEqual([2, 1]);
    expect(counted((await answer(points, { since: "20h" })).points, "liability")).toBe(0);
    const where = (await answer(places)).places;
    expect([counted(where, "US"), counted(where, "EU")]).toEqual([1, 2]);
    expect((await answer(matters, { query: "robots" })).matters).toMatchObject([
      { key: "US-ID bill SB77", articleCount: 1 },
    ]);
  });

  test("a matter is told with its standing, its steps and its stories", async () => {
    expect(await answer(matter, { matter: "Idaho SB 77" })).toMatchObject({
      page: "https://legislature.example/sb77",
      standing: [{ ...CITED, text: "in force", sentence: "SB 77 is in force." }],
      steps: [{ ...CITED, stage: "proposed", name: "Proposed", sentence: "Senators filed SB 77." }],
      stories: [{ story: 1, title: "Harbour council weighs a fine over missed audits" }],
    });
  });

  test("the sources say how they are", async () => {
    expect(await answer(feeds)).toMatchObject({
      failing: 1,
      feeds: [
        { id: "gazette", health: "read", lastReadAt: NOON.toISOString() },
        { id: "registry", health: "failing", failures: 3, reason: "It answered 403.", primary: true },
      ],
    });
  });

  test("a trend is told week by week, and a memo by its points", async () => {
    const weeks = (await answer(trend, { point: "audit-scope", since: "2w" })).weeks;
    expect(weeks.at(-1)).toMatchObject({ week: "2026-03-02", developments: 2, movements: 1 });
    const brought = await answer(memo, { until: "2026-03-02T12:30Z", place: ["US"] });
    expect(brought.points).toMatchObject([{ id: "audit-scope", changes: { of: 1 }, days: { of: 1 } }]);
    const { makeMemo: _, ...without } = library;
    expect(await memo.answer(without, {}, NOON)).toMatchObject({ kind: "absent" });
    expect(await faults(memo, { zone: "Moon/Base", period: "year" })).toMatchObject([
      { parameter: "period" },
      { parameter: "zone" },
    ]);
  });
});
