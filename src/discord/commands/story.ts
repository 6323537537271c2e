import { ApplicationCommandOptionType } from "discord.js";
import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import { dateOf, type StoredArticle } from "#model/article.ts";
import { type Pack, stagesAndSteps } from "#model/pack.ts";
import type { Movement, Revision, Story } from "#model/story.ts";
import { articlesOf } from "#store/articles.ts";
import { revisionsOf, storiesOfSaga, storyById } from "#store/stories.ts";
import { type Answer, type Command, type Context, lookUp, mayDecide, privately } from "./command.ts";
import { namesOf, statusOf } from "./list.ts";
import { paged } from "./pages.ts";
import { setRightOf } from "./set-right.ts";

const PER_PAGE = 12;
const MAX_TITLE = 150;
const MAX_SENTENCE = 300;

/** Parallel tracks of one dispute that are named beside the story. */
const MAX_TRACKS = 8;

export const storyOption = {
  type: ApplicationCommandOptionType.Integer as const,
  name: "story",
  description: "The story's number, from the foot of its card",
  min_value: 1,
};

/** `/story`, with a button to merge and part for those who keep the rules: how it went, its summary, the other tracks of the dispute, and every source. */
export const story: Command = {
  definition: lookUp("story", "One story: timeline, parallel tracks and sources", [{ ...storyOption, required: true }]),
  async run(interaction, context) {
    return shown(interaction.options.getInteger("story", true), mayDecide(interaction, context), context);
  },
};

async function shown(id: number, setRight: boolean, context: Context): Promise<Answer> {
  const { db, pack, later } = context;
  const [found, articles, revisions] = await Promise.all([storyById(db, id), articlesOf(db, id), revisionsOf(db, id)]);
  if (found === null) return privately(`There is no story ${id}.`);
  // It was merged into another.
  if (found.id !== id) return shown(found.id, setRight, context);
  const byId = new Map(articles.map((article) => [article.id, article]));
  const entries = [
    headOf(found, byId, pack),
    "**Timeline**",
    ...revisions.map((revision) => revisionLine(revision, byId, pack)),
    ...(await tracksOf(found, context)),
    `**Sources** (${articles.length})`,
    ...articles.map((article) => sourceLine(article, pack)),
  ];
  const extra = setRight ? [later.button("Set right", () => setRightOf(id, context))] : [];
  return paged({ title: `Story ${id}`, entries, perPage: PER_PAGE, gap: "\n", shareable: true, extra }, context);
}

function headOf(told: Story, articles: ReadonlyMap<number, StoredArticle>, pack: Pack): string {
  const title = `**${link(escapeWithin(told.title, MAX_TITLE), articles.get(told.leadArticleId)?.url ?? "")}**`;
  const about = [...statusOf(told, pack), ...namesOf(told.points, pack.points), ...told.places]
    .map(escapeText)
    .join(" · ");
  const summary = told.summary.map(
    ({ text, articleId }) =>
      `${escapeWithin(text, MAX_SENTENCE)} ${link("\\[source\\]", articles.get(articleId)?.url ?? "")}`,
  );
  return [title, about, ...summary].filter((line) => line !== "").join("\n");
}

function revisionLine(
  { number, at, movements }: Revision,
  articles: ReadonlyMap<number, StoredArticle>,
  pack: Pack,
): string {
  const moved = movements.map((movement) => movementText(movement, pack)).join("; ");
  const proof = movements.find(({ articleId }) => articles.has(articleId));
  const article = proof === undefined ? undefined : articles.get(proof.articleId);
  return `${number}\\. ${timestamp(at, "f")} ${moved}${article === undefined ? "" : ` (${link(nameOf(article, pack), article.url)})`}`;
}

const MOVED: Readonly<Record<Movement["kind"], string>> = {
  opened: "opened",
  stage: "stage",
  certainty: "certainty",
  point: "new friction point",
  primary: "first primary source",
  date: "date",
  figure: "figure",
  reversal: "reversal",
};

function movementText({ kind, from, to }: Movement, { points, facets }: Pack): string {
  const named = [...points, ...stagesAndSteps(facets), ...facets.certainties, ...facets.places];
  const word = (id: string | null) => (id === null ? "" : escapeText(named.find((one) => one.id === id)?.name ?? id));
  if (to === null) return MOVED[kind];
  return from === null ? `${MOVED[kind]}: ${word(to)}` : `${MOVED[kind]}: ${word(from)} → ${word(to)}`;
}

/** The other stories of a story's dispute as they stand now, under their heading: two courts side by side. None when it runs on one track. */
export async function tracksOf({ id, sagaId }: Story, { db, pack }: Context): Promise<string[]> {
  const tracks = (await storiesOfSaga(db, sagaId)).filter((other) => other.id !== id).slice(-MAX_TRACKS);
  if (tracks.length === 0) return [];
  return ["**The same dispute elsewhere**", ...tracks.map((track) => trackLine(track, pack))];
}

const trackLine = (track: Story, pack: Pack) =>
  `• Story ${track.id}: ${escapeWithin(track.title, MAX_TITLE)} (${[...statusOf(track, pack), ...track.places].map(escapeText).join(", ")})`;

const nameOf = ({ feedId }: StoredArticle, pack: Pack) =>
  escapeText(pack.feeds.find(({ id }) => id === feedId)?.name ?? feedId);

/** One article with its date and outlet. */
export function sourceLine(article: StoredArticle, pack: Pack): string {
  const primary = pack.feeds.find(({ id }) => id === article.feedId)?.primary === true ? " (primary)" : "";
  return `${timestamp(dateOf(article))} ${nameOf(article, pack)}${primary}: ${link(escapeWithin(article.title, MAX_TITLE), article.url)}`;
}
