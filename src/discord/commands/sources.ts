import { MessageFlags } from "discord.js";
import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import { dateOf } from "#model/article.ts";
import { articlesOf } from "#store/articles.ts";
import { type Button, privately } from "./command.ts";
import { fitting } from "./list.ts";

const MAX_DESCRIPTION = 4_096;

/** The button `sources:STORY:REVISION`: every article of the story, newest first. */
export const sources: Button = async (_interaction, [storyId], { db, pack }) => {
  const articles = await articlesOf(db, Number(storyId));
  if (articles.length === 0) return privately(`There is no story ${Number(storyId)}.`);
  const lines = articles.toReversed().map((article) => {
    const feed = pack.feeds.find(({ id }) => id === article.feedId);
    const name = `${escapeText(feed?.name ?? article.feedId)}${feed?.primary ? " (primary)" : ""}`;
    return `${timestamp(dateOf(article))} ${name}: ${link(escapeWithin(article.title, 150), article.url)}`;
  });
  return {
    embeds: [{ title: `Sources of story ${storyId}`, description: fitting(lines, MAX_DESCRIPTION) }],
    flags: MessageFlags.Ephemeral,
  };
};
