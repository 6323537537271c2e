import { ApplicationCommandOptionType } from "discord.js";
import { privately } from "#discord/answer.ts";
import { escapeText, escapeWithin, labelWithin, link, timestamp } from "#discord/escape.ts";
import { dateOf, type StoredArticle } from "#model/article.ts";
import { addressOf, pagesOf, pagesText } from "#model/citation.ts";
import { feedName, type Pack } from "#model/pack.ts";
import { keptSpan, type Revision, type Story } from "#model/story.ts";
import { voicesOf } from "#pipeline/quotes/voices.ts";
import { changeLine } from "#pipeline/summarize/change.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { calledBy } from "#pipeline/tell/saga-line.ts";
import { articlesOf } from "#store/articles.ts";
import { storiesNamed } from "#store/latest.ts";
import { quotesOfStory } from "#store/quotes.ts";
import { revisionsOf, sagaOf, storyById } from "#store/stories.ts";
import { type Choices, type Command, type Context, lookUp, mayDecide, mayWrite } from "./command.ts";
import { aboutOf, statusOf } from "./list.ts";
import { matterLines } from "./matter-lines.ts";
import { MAX_CHOICE, MAX_CHOICES } from "./options.ts";
import { paged, type Text } from "./paging.ts";
import { quoteLine } from "./quote-line.ts";
import { setRightOf } from "./set-right.ts";

const PER_PAGE = 12;
const MAX_TITLE = 150;
const MAX_NAME = 80;
const MAX_CHANGE = 170;

/** Developments of a dispute that are listed, the latest. */
const MOST_DEVELOPMENTS = 9;

/** Voices that are shown of a story. */
const MOST_VOICES = 4;

export const storyOption = {
  type: ApplicationCommandOptionType.Integer as const,
  name: "story",
  description: "The story's number, from the foot of its card, or words of its title",
  min_value: 1,
  autocomplete: true,
};

/** Choices of stories by what was typed of a number or a title. */
export const storyChoices = async (typed: string, { db }: Pick<Context, "db">): Promise<Choices> =>
  (await storiesNamed(db, typed, MAX_CHOICES)).map(({ id, title }) => ({
    name: labelWithin(`${id}: ${title}`, MAX_CHOICE),
    value: id,
  }));

/**
 * `/story`, with a button to merge and part for those who keep the rules: how it went, its summary, the developments of its
 * dispute in order, and every source.
 */
export const story: Command = {
  definition: lookUp("story", "One story: timeline, parallel tracks and sources", [{ ...storyOption, required: true }]),
  complete: ({ options }, context) => storyChoices(String(options.getFocused()), context),
  async run(interaction, context) {
    const asked = interaction.options.getInteger("story", true);
    // One that was merged into another is that other.
    const id = (await storyById(context.db, asked))?.id;
    if (id === undefined) return privately(`There is no story ${asked}.`);
    const setRight = context.later.button("Set right", (pressed) => setRightOf(id, pressed, context));
    const extra = mayDecide(interaction, context) ? [setRight] : [];
    const shareable = mayWrite(interaction);
    return paged({ read: () => told(id, context), perPage: PER_PAGE, gap: "\n", shareable, extra }, context);
  },
};

async function told(id: number, context: Context): Promise<Text> {
  const { db, pack } = context;
  const [found, articles, revisions] = await Promise.all([storyById(db, id), articlesOf(db, id), revisionsOf(db, id)]);
  if (found === null) return { title: `Story ${id} is not stored any more`, entries: [] };
  const byId = new Map(articles.map((article) => [article.id, article]));
  const entries = [
    headOf(found, byId, pack),
    "**Timeline**",
    ...revisions.map((revision) => revisionLine(revision, byId, pack)),
    ...(await matterLines(found.id, context)),
    ...(await developmentsOf(found, context)),
    ...(await saidIn(found, context)),
    `**Sources** (${articles.length})`,
    ...articles.map((article) => sourceLine(article, pack)),
  ];
  return { title: `Story ${id}`, entries };
}

/** Who said what in its articles: both sides where both speak. */
async function saidIn({ id }: Story, { db, pack }: Context): Promise<string[]> {
  const all = await quotesOfStory(db, id);
  const lines = voicesOf(all, MOST_VOICES).map((quote) => quoteLine(quote, pack));
  return lines.length === 0 ? [] : [`**Who said what** (${lines.length} of ${all.length})`, ...lines];
}

function headOf(told: Story, articles: ReadonlyMap<number, StoredArticle>, pack: Pack): string {
  const title = `**${link(escapeWithin(told.title, MAX_TITLE), articles.get(told.leadArticleId)?.url ?? "")}**`;
  const about = aboutOf(told, pack);
  const summary = told.summary.map((sentence) => {
    const article = articles.get(sentence.articleId);
    const pages = pagesOf(article?.document, keptSpan(sentence));
    const source = pages === null ? "source" : `source, ${pagesText(pages)}`;
    return `${escapeText(sentence.text)} ${link(`\\[${source}\\]`, pages?.url ?? article?.url ?? "")}`;
  });
  return [title, about, ...summary].filter((line) => line !== "").join("\n");
}

function revisionLine(
  { number, at, movements }: Revision,
  articles: ReadonlyMap<number, StoredArticle>,
  pack: Pack,
): string {
  const moved = movements.map((movement) => escapeWithin(changeLine(movement, pack), MAX_CHANGE)).join("; ");
  const proof = movements.find(({ articleId }) => articles.has(articleId));
  const article = proof === undefined ? undefined : articles.get(proof.articleId);
  const line = `${number}\\. ${timestamp(at, "f")} ${moved}`;
  if (article === undefined) return line;
  return `${line} (${link(nameOf(article, pack), addressOf(article.url, article.document, proof?.sentence ?? {}))})`;
}

/**
 * The developments of a story's dispute in order, as they stand now, under its name: two courts side by side. None when it is
 * the only one.
 */
export async function developmentsOf(story: Story, { db, pack }: Context): Promise<string[]> {
  const saga = await sagaOf(db, story);
  const { developments } = saga;
  if (developments.length < 2) return [];
  // The latest, and of a long dispute the one that was asked for with them.
  const shown = developments.slice(-MOST_DEVELOPMENTS);
  const own = developments.find(({ id }) => id === story.id);
  const listed = own === undefined || shown.includes(own) ? shown : [own, ...shown];
  const lines = listed.map((one) => developmentLine(one, developments.indexOf(one) + 1, one.id === story.id, pack));
  return [`**${escapeWithin(calledBy(saga, pack), MAX_TITLE)}** (${developments.length} developments)`, ...lines];
}

function developmentLine(one: Story, number: number, isThis: boolean, pack: Pack): string {
  const about = escapeWithin([...statusOf(one, pack), ...labelsOf(one, pack).places].join(", "), MAX_TITLE);
  const which = isThis ? "this one" : `story ${one.id}`;
  return `${number}\\. ${escapeWithin(one.title, MAX_TITLE)} (${[about, which].filter((part) => part !== "").join(", ")})`;
}

const nameOf = ({ feedId }: StoredArticle, pack: Pack) => escapeWithin(feedName(feedId, pack), MAX_NAME);

/** One article with its date and outlet. */
export function sourceLine(article: StoredArticle, pack: Pack): string {
  const primary = pack.feeds.find(({ id }) => id === article.feedId)?.primary === true ? " (primary)" : "";
  return `${timestamp(dateOf(article))} ${nameOf(article, pack)}${primary}: ${link(escapeWithin(article.title, MAX_TITLE), article.url)}`;
}
