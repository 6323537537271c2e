import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from "discord.js";
import { escapeText, escapeWithin, link } from "#discord/escape.ts";
import type { StoredArticle } from "#model/article.ts";
import { nameOn, type Pack } from "#model/pack.ts";
import type { Evidence, Tag } from "#model/tag.ts";
import { articlesOf } from "#store/articles.ts";
import { storyById } from "#store/stories.ts";
import { taggingsOf } from "#store/taggings.ts";
import { type Answer, type Button, type Command, type Context, privately } from "./command.ts";
import { fitting } from "./list.ts";

const MAX_DESCRIPTION = 4_096;
const MAX_SENTENCE = 300;

/** Articles whose evidence is shown: the first reports carry it, later ones repeat it. */
const SHOWN_ARTICLES = 5;

/** `/why`: the phrase that matched, the sentence it stood in, the rule that fired. */
export const why: Command = {
  definition: {
    name: "why",
    description: "Why a story was tagged and posted: phrases, sentences and rules",
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    options: [
      {
        type: ApplicationCommandOptionType.Integer,
        name: "story",
        description: "The story's number, from the foot of its card",
        required: true,
        min_value: 1,
      },
    ],
  },
  run: (interaction, context) => explain(interaction.options.getInteger("story", true), context),
};

/** The button `why:STORY:REVISION`. */
export const whyButton: Button = (_interaction, [storyId], context) => explain(Number(storyId), context);

async function explain(storyId: number, { db, pack }: Context): Promise<Answer> {
  const story = await storyById(db, storyId);
  if (story === null) return privately(`There is no story ${storyId}.`);
  const articles = (await articlesOf(db, storyId)).slice(0, SHOWN_ARTICLES);
  const taggings = await taggingsOf(
    db,
    articles.map(({ id }) => id),
  );
  const lines = articles.flatMap((article) => evidenceLines(article, taggings.get(article.id)?.tags ?? [], pack));
  const description = fitting(lines, MAX_DESCRIPTION, "\n");
  return {
    embeds: [
      { title: `Why story ${storyId}`, description: description === "" ? "No evidence is stored." : description },
    ],
    flags: MessageFlags.Ephemeral,
  };
}

function evidenceLines(article: StoredArticle, tags: readonly Tag[], pack: Pack): string[] {
  const source = pack.feeds.find(({ id }) => id === article.feedId)?.name ?? article.feedId;
  const proofs = tags.flatMap((tag) =>
    tag.evidence[0] === undefined ? [] : [proofLine(article, tag, tag.evidence[0], pack)],
  );
  return proofs.length === 0
    ? []
    : [`**${link(escapeWithin(article.title, 150), article.url)}** · ${escapeText(source)}`, ...proofs];
}

function proofLine(article: StoredArticle, tag: Tag, { field, phrase, sentence, rule }: Evidence, pack: Pack): string {
  const text = field === "title" ? article.title : article.text;
  const quoted = escapeWithin(text.slice(sentence.start, sentence.end), MAX_SENTENCE);
  return `• ${escapeText(`${tag.axis} ${nameOn(tag.axis, tag.id, pack)}`)}: “${escapeText(phrase)}” in “${quoted}” — rule \`${rule.replaceAll("`", "'")}\``;
}
