import { ButtonStyle, ComponentType, type MessageComponentInteraction } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeText, labelWithin } from "#discord/escape.ts";
import type { StoredArticle } from "#model/article.ts";
import type { Decision } from "#model/decision.ts";
import { feedName, type Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { articlesOf } from "#store/articles.ts";
import { sagaClosedAt } from "#store/decisions.ts";
import { latestStories } from "#store/latest.ts";
import { sagaOf, storiesOfSaga, storyById } from "#store/stories.ts";
import { type Context, mayDecide, numberOf } from "./command.ts";
import { namingForm } from "./name-saga.ts";
import { selectMenu } from "./select-menu.ts";

/** Discord's limits for a menu; one option is kept for “a story of their own”. */
const MAX_OPTIONS = 24;
const MAX_LABEL = 100;

const OWN = "own";

/**
 * Merging a story with others, taking articles out of it, and naming, closing or reopening its dispute: for those who keep
 * the rules.
 */
export async function setRightOf(
  storyId: number,
  pressed: MessageComponentInteraction,
  context: Context,
): Promise<Answer> {
  if (!mayDecide(pressed, context)) return privately(NOBODY);
  const { db, pack, later } = context;
  const story = await storyById(db, storyId);
  if (story === null) return privately(`There is no story ${storyId}.`);
  const [others, articles, over] = await Promise.all([
    othersOf(story, context),
    articlesOf(db, story.id),
    sagaClosedAt(db, story.sagaId),
  ]);
  const { id, sagaId } = story;
  const merge = (interaction: MessageComponentInteraction) =>
    carriedOut([{ kind: "merge", into: id, from: valuesOf(interaction).map(numberOf) }], interaction, context);
  const part = (interaction: MessageComponentInteraction) => whereTo(id, valuesOf(interaction).map(numberOf), context);
  const [label, kind] =
    over === null ? (["Close the dispute", "close"] as const) : (["Reopen the dispute", "reopen"] as const);
  const end = later.button(
    label,
    (interaction) => carriedOut([{ kind, sagaId }], interaction, context),
    ButtonStyle.Danger,
  );
  const name = later.button("Name the dispute", async (asked) =>
    mayDecide(asked, context) ? namingForm(await sagaOf(db, story), context) : privately(NOBODY),
  );
  return {
    ...privately(
      `Story ${story.id}: what is decided holds for every server, and the machine does not undo it. Cards are edited where they stand.`,
    ),
    components: [
      ...(others.length === 0
        ? []
        : [menu("Merge into it …", others.map(storyOption), others.length, later.idFor(merge))]),
      // One article must stay.
      ...(articles.length < 2
        ? []
        : [
            menu(
              "Take out of it …",
              newest(articles).map((one) => articleOption(one, pack)),
              articles.length - 1,
              later.idFor(part),
            ),
          ]),
      { type: ComponentType.ActionRow, components: [name, end] },
    ],
  };
}

/** The tracks of the same dispute, then the newest stories on the same points. */
async function othersOf(story: Story, { db }: Context): Promise<readonly Story[]> {
  const [tracks, alike] = await Promise.all([
    storiesOfSaga(db, story.sagaId),
    latestStories(db, { points: story.points, limit: MAX_OPTIONS }),
  ]);
  const byId = new Map([...tracks.toReversed(), ...alike].map((other) => [other.id, other]));
  byId.delete(story.id);
  return [...byId.values()].slice(0, MAX_OPTIONS);
}

const newest = (articles: readonly StoredArticle[]) => articles.slice(-MAX_OPTIONS).toReversed();

/** Whether the chosen articles are a story of their own, or belong to another. */
async function whereTo(storyId: number, articleIds: readonly number[], context: Context): Promise<Answer> {
  const story = await storyById(context.db, storyId);
  if (story === null) return privately(`There is no story ${storyId} any more.`);
  const go = (interaction: MessageComponentInteraction) => {
    const [to = OWN] = valuesOf(interaction);
    const decisions: readonly Decision[] =
      to === OWN
        ? [{ kind: "split", storyId, articleIds }]
        : articleIds.map((articleId) => ({ kind: "move", articleId, storyId: numberOf(to) }));
    return carriedOut(decisions, interaction, context);
  };
  const others = await othersOf(story, context);
  const options = [{ label: "A story of their own", value: OWN }, ...others.map(storyOption)];
  return {
    content: `Where do ${articleIds.length === 1 ? "this article" : `these ${articleIds.length} articles`} of story ${storyId} belong?`,
    components: [menu("They belong to …", options, 1, context.later.idFor(go))],
    update: true,
  };
}

const NOBODY = "You may not decide this any more.";

/** In order, up to the first that is refused; for who may decide when they press, whatever they might when they asked. */
async function carriedOut(
  decisions: readonly Decision[],
  pressed: MessageComponentInteraction,
  context: Context,
): Promise<Answer> {
  if (!mayDecide(pressed, context)) return privately(NOBODY);
  const { user } = pressed;
  const { byHand, log } = context;
  const concerned = new Set<number>();
  const said = (content: string): Answer => ({ content, components: [], update: true });
  for (const decision of decisions) {
    const decided = await byHand?.decide(decision, user.id);
    if (decided === undefined) return said(NOBODY);
    if (decided.kind === "refused") return said(escapeText(decided.reason));
    log.info("a story was set right by hand", { ...decision, by: user.id });
    for (const id of decided.storyIds) concerned.add(id);
  }
  const ids = [...concerned].map((id) => `story ${id}`).join(" and ");
  if (decisions.some(({ kind }) => kind === "reopen")) return said("The dispute is open again.");
  return said(ids === "" ? "The dispute is closed." : `Done: see ${ids} with \`/story\`.`);
}

const valuesOf = (interaction: MessageComponentInteraction): readonly string[] =>
  interaction.isStringSelectMenu() ? interaction.values : [];

type Option = { readonly label: string; readonly value: string };

const storyOption = ({ id, title }: Story): Option => ({
  label: labelWithin(`${id}: ${title}`, MAX_LABEL),
  value: String(id),
});

const articleOption = ({ id, feedId, title }: StoredArticle, pack: Pack): Option => ({
  label: labelWithin(`${feedName(feedId, pack)}: ${title}`, MAX_LABEL),
  value: String(id),
});

const menu = (placeholder: string, options: readonly Option[], most: number, custom_id: string) =>
  selectMenu({ custom_id, placeholder, max_values: Math.min(most, options.length), options: [...options] });
