import { articlesOf } from "#store/articles.ts";
import { storyById } from "#store/stories.ts";
import { type Button, privately } from "./command.ts";
import { paged } from "./pages.ts";
import { sourceLine } from "./story.ts";

const PER_PAGE = 15;

/** The button `sources:STORY:REVISION`: every article of the story, newest first. */
export const sources: Button = async (_interaction, [storyId], context) => {
  const story = await storyById(context.db, Number(storyId));
  if (story === null) return privately(`There is no story ${Number(storyId)}.`);
  const articles = await articlesOf(context.db, story.id);
  const entries = articles.toReversed().map((article) => sourceLine(article, context.pack));
  return paged({ title: `Sources of story ${story.id}`, entries, perPage: PER_PAGE, gap: "\n" }, context);
};
