import { z } from "zod";
import { dateOf, type StoredArticle } from "#model/article.ts";
import { pagesOf } from "#model/citation.ts";
import type { DatedText } from "#model/delivery.ts";
import { MOST_SUMMARISED } from "#model/limits.ts";
import { nameOn, type Pack, primaryIn } from "#model/pack.ts";
import { MOVEMENT_KINDS, type Movement, type Revision, type Story } from "#model/story.ts";
import { AXES, idOn, MOODS, type Tag, type Tagging } from "#model/tag.ts";
import { comingDays } from "#pipeline/deadlines/coming.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { changeLine } from "#pipeline/summarize/change.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { gistOf } from "#pipeline/tag/gist.ts";
import { dayConflicts } from "#pipeline/tell/day-conflicts.ts";
import { membershipOf } from "#pipeline/tell/membership.ts";
import { calledBy } from "#pipeline/tell/saga-line.ts";
import { articlesOf } from "#store/articles.ts";
import { knownDays } from "#store/deadlines.ts";
import { matterKeysOf, mattersByKey } from "#store/matters.ts";
import { quotesOfStory } from "#store/quotes.ts";
import { revisionsOf, sagaOf, storyById } from "#store/stories.ts";
import { taggingsOf } from "#store/taggings.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { storyId } from "./asked.ts";
import { citationOf, quoteLine, storyLines } from "./cited.ts";
import { comingDay, dayLines } from "./deadlines.ts";
import { matterLine, matterShape } from "./matters.ts";
import { absent, answered, type Library, plain, question } from "./question.ts";
import { citation, count, moment, nullable, quote, source, story as storyShape } from "./shapes.ts";

/** Articles whose proof is given where nobody says: the first reports carry it, later ones repeat it. */
const USUALLY_PROVEN = 3;

const MOST_PROVEN = 50;

/**
 * Articles whose figures and days are compared: those that the summary cites, primary sources, then the newest. Of a story of hundreds
 * reading all takes a tenth of a second, and its card compares a dozen.
 */
const MOST_COMPARED = 2 * MOST_SUMMARISED;

/** A movement's article may be gone, or no single sentence of it may show it. */
const movement = z.object({
  kind: z.enum(MOVEMENT_KINDS),
  text: z.string().describe("What moved, in one line."),
  from: nullable,
  to: nullable,
  sentence: nullable.describe("The sentence that shows it, to the letter."),
  citation: citation.nullable(),
});

/** What one source says where another says otherwise. */
const figure = citation.extend({ text: z.string() });

const proof = z.object({
  axis: z.enum(AXES),
  id: z.string(),
  name: z.string(),
  strength: z.enum(["strong", "weak"]),
  field: z.enum(["title", "text"]),
  phrase: z.string().describe("The words that matched."),
  sentence: z.string().describe("The sentence that they stand in; empty once the text is forgotten."),
  rule: z.string(),
  reading: z.enum(MOODS),
});

/** A story with all that is known of it. */
export const toldShape = storyShape.extend({
  dispute: z.string().describe("What the running dispute is called."),
  sources: z.array(source.extend({ stage: nullable.describe("The stage that this article tells.") })),
  timeline: z.array(z.object({ revision: count, at: moment, movements: z.array(movement) })),
  tracks: z
    .array(z.object({ story: count, title: z.string(), headline: z.string(), openedAt: moment, lastArticleAt: moment }))
    .describe("The other developments of its dispute as they stand now, in the order in which they opened."),
  days: z.array(comingDay).describe("Days to come that it sets."),
  conflicts: z
    .array(z.tuple([figure, figure]))
    .describe("Figures and days on which its sources differ, until a primary source settles them."),
  matters: z.array(matterShape),
  quotes: z.array(quote),
  why: z.array(
    citation.extend({
      articleId: count,
      title: z.string(),
      gist: nullable.describe("What the article is read as."),
      tags: z.array(proof),
    }),
  ),
});

/** One story: how it went, what runs beside it, who tells it, who said what, and why it was tagged so. */
export const story = question({
  does: "One story: its cited summary, timeline, the other tracks of its dispute, sources, quotes, and why it was tagged.",
  asked: z.strictObject({
    story: storyId,
    proofs: z.coerce
      .number("Write a whole number.")
      .int("Write a whole number.")
      .min(0, "Write 0 or more.")
      .max(MOST_PROVEN, `Write ${MOST_PROVEN} or less.`)
      .default(USUALLY_PROVEN)
      .describe("Of how many articles `why` shows the proof."),
  }),
  shape: toldShape,
  async ask(library, { story: id, proofs }, now) {
    // One that was merged into another is that other.
    const found = await storyById(library.db, id);
    return found === null
      ? absent(`There is no story ${id}.`)
      : answered(plain(await storyAnswer(found, proofs, library, now)));
  },
});

async function storyAnswer(found: Story, proofs: number, { db, pack }: Library, now: Date) {
  const articles = await articlesOf(db, found.id);
  const taggings = await taggingsOf(
    db,
    articles.map(({ id }) => id),
  );
  const [line] = await storyLines([found], { db, pack });
  const saga = await sagaOf(db, found);
  const keys = await matterKeysOf(db, found.id);
  const matters = (await mattersByKey(db, keys)).sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
  const stageOf = (id: number) => idOn(taggings.get(id)?.tags ?? [], "stage");
  const byId = new Map(articles.map((article) => [article.id, article]));
  return {
    ...line!,
    dispute: calledBy(saga, pack),
    sources: line!.sources.map((source) => ({ ...source, stage: stageOf(source.id) })),
    timeline: (await revisionsOf(db, found.id)).map((revision) => revisionLine(revision, byId, pack)),
    tracks: saga.developments.filter(({ id }) => id !== found.id).map((other) => trackLine(other, pack)),
    days: await dayLines(await daysOf(found, { db, pack }, now), { db, pack }),
    conflicts: conflictsIn(found, articles, taggings, pack),
    matters: matters.map((one) => matterLine(one, pack)),
    quotes: (await quotesOfStory(db, found.id)).map((each) => quoteLine(each, pack)),
    why: ledFirst(articles, found)
      .slice(0, proofs)
      .map((article) => proofOf(article, taggings.get(article.id), pack)),
  };
}

/** The days to come that a story sets, of whatever else of its dispute is known. */
async function daysOf({ id }: Story, { db, pack }: Pick<Library, "db" | "pack">, now: Date) {
  const since = isoDay(dayOf(now));
  return comingDays({ ...(await knownDays(db, { storyIds: [id], since })), since }, primaryIn(pack));
}

/** Pairs of figures and days on which its sources differ, as its card has them. */
function conflictsIn(
  found: Story,
  articles: readonly StoredArticle[],
  taggings: ReadonlyMap<number, Tagging>,
  pack: Pack,
) {
  const isPrimary = primaryIn(pack);
  const compared = comparedAmong(articles, found, isPrimary);
  const members = compared.flatMap((article) => {
    const tagging = taggings.get(article.id);
    return tagging === undefined ? [] : [{ article, tagging, primary: isPrimary(article.feedId) }];
  });
  const { voices, reprints } = membershipOf(members);
  const days = dayConflicts(voices);
  const told = { story: found, revision: found.revision, movements: [], articles: compared, days, reprints };
  const { conflicts, sources } = cardOf(told, pack);
  const cited = ({ text, source, at, pages }: DatedText) => {
    const { name, url, primary } = sources[source - 1]!;
    const numbers = pages && { pages: { from: pages.from, to: pages.to } };
    return { text, source: name, primary, url: pages?.url ?? url, publishedAt: at, language: null, ...numbers };
  };
  return conflicts.map(({ figures: [one, other] }) => [cited(one), cited(other)] as const);
}

/** Those that are compared, in order of arrival. */
function comparedAmong(
  articles: readonly StoredArticle[],
  { leadArticleId, summary }: Story,
  isPrimary: (feedId: string) => boolean,
): readonly StoredArticle[] {
  if (articles.length <= MOST_COMPARED) return articles;
  const cited = new Set([leadArticleId, ...summary.map(({ articleId }) => articleId)]);
  const weight = ({ id, feedId }: StoredArticle) => (cited.has(id) ? 2 : Number(isPrimary(feedId)));
  return articles
    .toSorted((a, b) => weight(b) - weight(a) || b.id - a.id)
    .slice(0, MOST_COMPARED)
    .sort((a, b) => a.id - b.id);
}

/** The leading source first: its evidence is what most readers will have seen. */
export const ledFirst = (articles: readonly StoredArticle[], { leadArticleId }: Pick<Story, "leadArticleId">) =>
  articles.toSorted((a, b) => Number(b.id === leadArticleId) - Number(a.id === leadArticleId));

/** The tags of an article, what is fought over and where it stands first. */
export const tagsInOrder = (tags: readonly Tag[]): readonly Tag[] =>
  tags.toSorted((a, b) => AXES.indexOf(a.axis) - AXES.indexOf(b.axis));

const revisionLine = (
  { number, at, movements }: Revision,
  articles: ReadonlyMap<number, StoredArticle>,
  pack: Pack,
) => ({
  revision: number,
  at,
  movements: movements.map((each) => movementLine(each, articles.get(each.articleId), pack)),
});

const movementLine = (moved: Movement, article: StoredArticle | undefined, pack: Pack) => ({
  kind: moved.kind,
  text: changeLine(moved, pack),
  from: moved.from,
  to: moved.to,
  sentence: (moved.sentence && article?.text.slice(moved.sentence.start, moved.sentence.end)) || null,
  citation:
    article === undefined
      ? null
      : citationOf({ ...article, at: dateOf(article), pages: pagesOf(article.document, moved.sentence ?? {}) }, pack),
});

const trackLine = (other: Story, pack: Pack) => ({
  story: other.id,
  title: other.title,
  headline: headlineOf(labelsOf({ ...other, points: [] }, pack)),
  openedAt: other.openedAt,
  lastArticleAt: other.lastArticleAt,
});

const proofOf = (article: StoredArticle, tagging: Tagging | undefined, pack: Pack) => ({
  ...citationOf({ ...article, at: dateOf(article) }, pack),
  articleId: article.id,
  title: article.title,
  gist: gistOf(article, tagging?.tags ?? [], pack),
  tags: tagsInOrder(tagging?.tags ?? []).flatMap(({ axis, id, strength, evidence: [first] }) => {
    if (first === undefined) return [];
    const { field, phrase, sentence, rule, reading } = first;
    const whole = article[field].slice(sentence.start, sentence.end);
    return [{ axis, id, name: nameOn(axis, id, pack), strength, field, phrase, sentence: whole, rule, reading }];
  }),
});
