import type { Library } from "#answers/question.ts";
import type { Feed } from "#model/feed.ts";
import { loadPack } from "#pack/pack.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { feedStates, registerFeeds, saveFeedState } from "#store/feeds.ts";
import { saveSightings } from "#store/matters.ts";
import { addRevision, saveStory } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { memoFor } from "#worker/memo.ts";
import { storeSaid } from "./said.ts";
import { aTagging, days, minutes, NOON, storedStory } from "./stored.ts";

const feed = (id: string, name: string, primary: boolean): Feed => ({
  id,
  name,
  url: `https://${id}.example/feed`,
  site: `https://${id}.example/`,
  place: "US",
  kind: primary ? "regulator" : "press",
  primary,
  fullText: "never",
});

const shipped = loadPack("feeds/ai-policy");
if (!shipped.ok) throw new Error("the shipped pack does not load");

/** The shipped pack's points and places, with a newspaper and a regulator that speaks for itself. */
export const NEWS_PACK = {
  ...shipped.pack,
  feeds: [feed("gazette", "Harbour Gazette", false), feed("registry", "Model Registry", true)],
};

const HEARING =
  "The council met on Monday. The hearing was moved from March 9 to March 23. " +
  '"Audits keep ports honest," said Mara Holt, the harbour commissioner.';

/**
 * Fills a store with three stories, the newest first: a fine that a bill and a hearing are of, with a quote and a movement; a further
 * development of its dispute, told by the regulator; and ferries elsewhere, a day earlier.
 */
export async function newsLibrary(db: Db): Promise<Library> {
  await registerFeeds(db, ["registry"], days(-10));
  const fine = await storedStory(db, { text: HEARING }, { lastArticleAt: NOON });
  const told = { id: fine.leadArticleId, text: HEARING };
  await saveTagging(db, told.id, aTagging);
  await saveDeadlines(db, {
    ...told,
    deadlines: deadlinesIn({ text: HEARING, publishedAt: days(0), firstSeenAt: NOON }),
  });
  await storeSaid(db, { articleId: told.id, text: HEARING, at: NOON });
  await saveSightings(db, told.id, [
    {
      key: "US-ID bill SB77",
      kind: "bill",
      written: "SB 77",
      page: "https://legislature.example/sb77",
      names: ["Honest Robots Reporting Act"],
      step: { stage: "proposed", sentence: "Senators filed SB 77." },
      parts: [{ part: "force", says: "in force", day: null, sentence: "SB 77 is in force." }],
    },
  ]);
  const opened = { kind: "opened", from: null, to: "threatened", articleId: told.id, sentence: null } as const;
  const moved = { kind: "date", from: "2026-03-09", to: "2026-03-23", articleId: told.id } as const;
  await addRevision(db, { storyId: fine.id, number: 1, at: minutes(-1 * 60), movements: [opened] });
  await addRevision(db, {
    storyId: fine.id,
    number: 2,
    at: NOON,
    movements: [{ ...moved, sentence: { start: 27, end: 74 } }],
  });
  await saveStory(db, { ...fine, revision: 2 });
  const order = await storedStory(
    db,
    {
      feedId: "registry",
      keys: ["order"],
      title: "Order on audits of models",
      url: "https://registry.example/order",
      canonicalUrl: "https://registry.example/order",
    },
    { title: "Order on audits of models", lastArticleAt: minutes(-2 * 60), places: ["EU"] },
  );
  await saveStory(db, { ...order, sagaId: fine.sagaId });
  await storedStory(
    db,
    { keys: ["ferries"], title: "Ferries <b>fined</b> & towed", text: "The council met on Monday. Ferries wait." },
    { title: "Ferries <b>fined</b> & towed", lastArticleAt: days(-1), points: ["liability"], places: ["EU"] },
  );
  await registerFeeds(db, ["gazette", "registry"], days(-10));
  const [gazette, registry] = await feedStates(db);
  await saveFeedState(db, { ...gazette!, lastPolledAt: NOON, lastSuccessAt: NOON });
  await saveFeedState(db, {
    ...registry!,
    lastPolledAt: NOON,
    lastSuccessAt: days(-2),
    failureCount: 3,
    failingSince: days(-1),
    failureReason: "It answered 403.",
  });
  return { db, pack: NEWS_PACK, makeMemo: memoFor };
}
