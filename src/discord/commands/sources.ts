import { articlesOf } from "#store/articles.ts";
import { type Button, privately } from "./command.ts";
import { paged } from "./pages.ts";
import { sourceLine } from "./story.ts";

const PER_PAGE = 15;

/** The button `sources:STORY:REVISION`: every article of the story, newest first. */
export const sources: Button = async (_interaction, [storyId], context) => {
  const articles = await articlesOf(context.db, Number(storyId));
  if (articles.length === 0) return privately(`There is no story ${Number(storyId)}.`);
  const entries = articles.toReversed().map((article) => sourceLine(article, context.pack));
  return paged({ title: `Sources of story ${storyId}`, entries, perPage: PER_PAGE, gap: "\n" }, context);
};
