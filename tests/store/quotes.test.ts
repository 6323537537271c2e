import { expect, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { latestQuotes, quotesOfStory, speakersNamed, type WantedQuotes } from "#store/quotes.ts";
import { dropStories, emptyTexts } from "#store/retention.ts";
import { onEachEngine } from "#support/databases.ts";
import { aWorld, filed } from "#support/filing.ts";
import { article, hours, NOW } from "#support/samples.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const { pack } = loaded;

const TITLE = "Department weighs penalty on Corvane over AI audit";
const LEDE = "The department weighs a civil penalty on Corvane, which has refused an AI audit in Washington.";
const HOLT = "“An audit that a firm can refuse is no audit,” said Mara Holt, the commissioner for digital affairs.";
const REED = "Tom Reed, chief executive of Corvane, said that the audit would expose trade secrets.";

const fileOf = async (db: Db) => {
  await registerFeeds(db, ["gazette"], hours(-99));
  const world = aWorld(db, pack);
  return (id: string, text: string, change: object = {}) =>
    filed(
      world,
      article({
        keys: [`guid:${id}`],
        url: `https://gazette.example/${id}`,
        title: TITLE,
        text,
        textHash: text,
        ...change,
      }),
    );
};

const found = async (db: Db, wanted: Partial<WantedQuotes> = {}) =>
  (await latestQuotes(db, { limit: 10, ...wanted })).map(({ speaker, parts }) => `${speaker}: ${parts.join(" … ")}`);

const SAID = [
  "Mara Holt: An audit that a firm can refuse is no audit",
  "Tom Reed: the audit would expose trade secrets",
];

onEachEngine("quotes", (databases) => {
  test("are kept when an article is filed, found by name, office, point and day, and cited", async () => {
    const { db } = await databases.open();
    const storyId = await (await fileOf(db))("a", `${LEDE}\n\n${HOLT}\n\n${REED}`);
    expect(storyId).not.toBeNull();
    expect(await found(db)).toEqual(SAID);
    expect(await found(db, { who: "holt" })).toEqual(SAID.slice(0, 1));
    expect(await found(db, { who: "COMMISS digital" })).toEqual(SAID.slice(0, 1));
    expect(await found(db, { who: "olt" })).toEqual([]);
    expect(await found(db, { who: "100%" })).toEqual([]);
    expect(await found(db, { points: ["audit-scope"] })).toEqual(SAID);
    expect(await found(db, { points: ["copyright"] })).toEqual([]);
    expect(await found(db, { since: new Date(NOW.getTime() + 1) })).toEqual([]);
    expect(await found(db, { limit: 1 })).toEqual(SAID.slice(0, 1));
    const [first] = await quotesOfStory(db, storyId!);
    expect(first).toMatchObject({ kind: "verbatim", office: "the commissioner for digital affairs", storyId });
    expect(first?.url).toBe("https://gazette.example/a");
  });

  test("are replaced when the article is edited, and gone when it is no news any more", async () => {
    const { db } = await databases.open();
    const file = await fileOf(db);
    await file("a", `${LEDE}\n\n${HOLT}`);
    await file("a", `${LEDE}\n\n${REED}`);
    expect(await found(db)).toEqual(SAID.slice(1));
    await file("a", `This is a work of fiction. ${LEDE}\n\n${REED}`);
    expect(await found(db)).toEqual([]);
  });

  test("outlive the text of their article, and go with the article", async () => {
    const { db } = await databases.open();
    await (await fileOf(db))("a", `${LEDE}\n\n${HOLT}`);
    await emptyTexts(db, hours(24), 10);
    expect(await found(db)).toEqual(SAID.slice(0, 1));
    await dropStories(db, hours(24 * 500), 10);
    expect(await db.selectFrom("quotes").selectAll().execute()).toEqual([]);
  });

  test("of what is no policy news are not kept", async () => {
    const { db } = await databases.open();
    const text = "“We played well,” said Mara Holt, the captain.";
    await (await fileOf(db))("a", text, { title: "Rovers win" });
    expect(await db.selectFrom("quotes").selectAll().execute()).toEqual([]);
  });

  test("name those who speak as somebody types", async () => {
    const { db } = await databases.open();
    await (await fileOf(db))("a", `${LEDE}\n\n${HOLT}\n\n${REED} Reed said that he would sue.`);
    expect(await speakersNamed(db, "", 5)).toEqual(["Tom Reed", "Mara Holt"]);
    expect(await speakersNamed(db, "ho", 5)).toEqual(["Mara Holt"]);
    expect(await speakersNamed(db, "", 1)).toEqual(["Tom Reed"]);
  });
});
