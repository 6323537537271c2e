import { expect, it } from "vitest";
import type { MemoAsked } from "#model/memo.ts";
import type { Movement, Story } from "#model/story.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { memoMarkdown } from "#pipeline/memo/markdown.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { addRevision, saveStory } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { onEachEngine } from "#support/databases.ts";
import { PACK } from "#support/discord/bot.ts";
import { storeSaid } from "#support/said.ts";
import { aTagging, days, minutes, storedStory } from "#support/stored.ts";
import { memoFor } from "#worker/memo.ts";

const FRIDAY = new Date("2026-03-06T16:00:00Z");
const ASKED: MemoAsked = { filter: EVERYTHING, period: "week", until: FRIDAY, timeZone: "UTC" };

type Given = {
  readonly title: string;
  readonly text: string;
  readonly at: Date;
  readonly story?: Partial<Story>;
  readonly movement?: Partial<Movement>;
  readonly support?: number;
};

/** A story that moved at a time. */
async function told(db: Db, { title, text, at, story = {}, movement = {}, support = 1 }: Given): Promise<Story> {
  const url = `https://gazette.example/${title.replaceAll(" ", "-")}`;
  const article = { title, text, url, canonicalUrl: url, keys: [title], publishedAt: at, firstSeenAt: at };
  const found = await storedStory(db, article, {
    points: ["penalties"],
    stage: "threatened",
    certainty: null,
    lastArticleAt: at,
    ...story,
  });
  const id = found.leadArticleId;
  const sentence = text.split(". ")[0]!;
  const span = { start: 0, end: sentence.length };
  const summary = [{ ...span, text: sentence, articleId: id, ranges: [[0, sentence.length] as const] }];
  await saveStory(db, { ...found, summary });
  await saveTagging(db, id, { ...aTagging, support });
  await saveDeadlines(db, { id, text, deadlines: deadlinesIn({ text, publishedAt: at, firstSeenAt: at }) });
  const moved = { kind: "opened", from: null, to: null, articleId: id, sentence: null, ...movement } as const;
  await addRevision(db, { storyId: found.id, number: 1, at, movements: [moved] });
  return found;
}

const STANCE = { pointId: "penalties", side: "For" };

async function aWeek(db: Db): Promise<void> {
  const fine = await told(db, {
    title: "Council fines Lanternworks over *late* reports",
    text: "The council fined Lanternworks 3 million crowns. A hearing will be held on March 20, 2026. “A duty without a cost is a wish that nobody keeps,” said Mara Holt, the commissioner.",
    at: days(2),
    story: { stage: "enacted" },
    movement: { kind: "stage", from: "threatened", to: "enacted" },
  });
  await storeSaid(
    db,
    {
      articleId: fine.leadArticleId,
      text: "“A duty without a cost is a wish that nobody keeps,” said Mara Holt, the commissioner.",
      at: days(2),
    },
    [STANCE],
  );
  await told(db, {
    title: "Firms *ask* for smaller fines",
    text: "Firms asked the council for smaller fines. Nothing was decided.",
    at: days(1),
  });
  await told(db, { title: "Ferry club meets", text: "The ferry club met.", at: days(1), support: 0 });
  await told(db, {
    title: "Auditors hand in a plan",
    text: "Auditors handed in a plan.",
    at: days(-5),
    story: { points: ["audit-scope"] },
  });
  const [feed] = await feedStates(db);
  await saveFeedState(db, { ...feed!, lastSuccessAt: FRIDAY });
}

const MEMO = `# Weekly memo · 27 Feb 2026 – 6 Mar 2026

Everything. 2 developments on 1 friction point; 1 of 2 feeds not read for a day or more.

## Penalties and fines

### What changed

- **Enacted** · Threatened → Enacted · United States: The council fined Lanternworks 3 million crowns ([The Gazette](https://gazette.example/Council-fines-Lanternworks-over-*late*-reports), 4 Mar 2026 · story 1)
- **Threatened** · United States: [Firms \\*ask\\* for smaller fines](https://gazette.example/Firms-*ask*-for-smaller-fines) ([The Gazette](https://gazette.example/Firms-*ask*-for-smaller-fines), 3 Mar 2026 · story 2)

### In their own words

- **For** · Mara Holt, the commissioner: “A duty without a cost is a wish that nobody keeps” ([The Gazette](https://gazette.example/Council-fines-Lanternworks-over-*late*-reports), 4 Mar 2026)
- **Against** · nobody was quoted

### Next dates

- **20 Mar 2026** Hearing: “A hearing will be held on March 20, 2026.” ([The Gazette](https://gazette.example/Council-fines-Lanternworks-over-*late*-reports), 4 Mar 2026 · story 1)

## Points on which nothing moved

### Audit scope

- [Auditors hand in a plan](https://gazette.example/Auditors-hand-in-a-plan) (Threatened · moved last on 25 Feb 2026 · story 4)

## Feeds that were not read

What they published then is missing here.

- The Gazette: not read since 2 Mar 2026, 4 days
`;

onEachEngine("a memo", (databases) => {
  it("tells what changed, both sides, next dates, what went quiet and what was not read, the same on each engine and each time", async () => {
    const { db } = await databases.open();
    await aWeek(db);
    const first = await memoFor({ db, pack: PACK }, ASKED);
    expect(memoMarkdown(first, "Everything")).toBe(MEMO);
    // What comes later is of the next memo.
    await told(db, { title: "A later act", text: "The council acted later.", at: minutes(1, FRIDAY) });
    expect(await memoFor({ db, pack: PACK }, ASKED)).toEqual(first);
  });

  it("tells what was asked for alone, and of a longer time more", async () => {
    const { db } = await databases.open();
    await aWeek(db);
    const of = (change: Partial<MemoAsked>) => memoFor({ db, pack: PACK }, { ...ASKED, ...change });
    const audits = await of({ filter: { ...EVERYTHING, points: ["audit-scope"] } });
    expect(audits.points.map(({ id, changes, quiet }) => [id, changes.of, quiet.of])).toEqual([["audit-scope", 0, 1]]);
    const month = await of({ period: "month" });
    expect(month.points.map(({ id, changes }) => [id, changes.of])).toEqual([
      ["penalties", 2],
      ["audit-scope", 1],
    ]);
    const unwanted = await of({ filter: { ...EVERYTHING, not: ["smaller fines", "penalties", "audits"] } });
    expect(unwanted.points.map(({ id, quiet }) => [id, quiet.of])).toEqual([["audit-scope", 1]]);
    const nothing = await of({ filter: { ...EVERYTHING, places: ["EU"] } });
    expect(memoMarkdown(nothing, "In the EU")).toContain("In the EU. Nothing moved; ");
  });

  it("tells developments of one dispute side by side, and analysis behind them, which is none and goes not quiet", async () => {
    const { db } = await databases.open();
    const pack = {
      ...PACK,
      facets: {
        ...PACK.facets,
        certainties: [{ id: "essay", name: "Essay", label: "essay", order: 9, comment: true, cues: [] }],
      },
    };
    const story = (stage: string, more: Partial<Story> = {}) => ({ stage, ...more });
    const weighty = await told(db, {
      title: "Fine upheld",
      text: "A fine stands.",
      at: days(1),
      story: story("enacted"),
    });
    const other = await told(db, { title: "Fine asked", text: "Some ask.", at: days(2), story: story("adopted") });
    const light = await told(db, {
      title: "Fine doubted",
      text: "Some doubt.",
      at: days(2),
      story: story("threatened"),
    });
    await saveStory(db, { ...light, sagaId: weighty.sagaId });
    const essay = { certainty: "essay" };
    await told(db, { title: "What fines do", text: "They bite.", at: days(3), story: story("enacted", essay) });
    await told(db, {
      title: "What audits do",
      text: "They help.",
      at: days(3),
      story: story("enacted", { ...essay, points: ["audit-scope"] }),
    });
    await told(db, { title: "What was thought", text: "It was.", at: days(-5), story: story("enacted", essay) });
    const memo = await memoFor({ db, pack }, ASKED);
    const [penalties, audits] = memo.points;
    expect(penalties?.changes.shown.map(({ storyId }) => storyId)).toEqual([weighty.id, light.id, other.id]);
    expect([penalties?.comments.of, penalties?.quiet.of, audits?.changes.of, audits?.comments.of]).toEqual([
      1, 0, 0, 1,
    ]);
    const text = memoMarkdown(memo, "Everything");
    expect(text).toContain("Everything. 3 developments on 1 friction point");
    expect(text).toMatch(/### Analysis and opinion\n\n- .*What fines do.*\n\n## Points on which nothing moved\n/s);
    expect(text).toMatch(/### Audit scope\n\n- .*What audits do/);
  });

  it("remembers when a feed was not read, once it is read again", async () => {
    const { db } = await databases.open();
    await aWeek(db);
    const [, gazette] = await feedStates(db);
    const read = async (at: Date) => {
      const state = (await feedStates(db)).find(({ feedId }) => feedId === gazette!.feedId)!;
      expect(await saveFeedState(db, { ...state, lastSuccessAt: at, failingSince: null })).toBe(true);
    };
    await read(days(0));
    await read(days(3));
    await read(days(3.5));
    const { gaps } = await memoFor({ db, pack: PACK }, { ...ASKED, until: days(4) });
    expect(gaps.map(({ outlet, since, until, days: long }) => [outlet, since, until, long])).toEqual([
      ["The Gazette", new Date("2026-03-02"), new Date("2026-03-05"), 3],
    ]);
    const later = await memoFor({ db, pack: PACK }, { ...ASKED, until: days(20), period: "week" });
    expect(later.gaps.map(({ until }) => until)).toEqual([null, null]);
  });
});
