import { privately } from "#discord/answer.ts";
import { articlesOf } from "#store/articles.ts";
import { storyById } from "#store/stories.ts";
import { type Button, numberOf } from "./command.ts";
import { paged } from "./paging.ts";
import { sourceLine } from "./story.ts";

const PER_PAGE = 15;

/** The button `sources:STORY:REVISION`: every article of the story, newest first. */
export const sources: Button = async (_interaction, [storyId], context) => {
  const story = await storyById(context.db, numberOf(storyId));
  if (story === null) return privately(`There is no story ${numberOf(storyId)}.`);
  const { id } = story;
  const read = async () => ({
    title: `Sources of story ${id}`,
    entries: (await articlesOf(context.db, id)).toReversed().map((article) => sourceLine(article, context.pack)),
  });
  return paged({ read, perPage: PER_PAGE, gap: "\n" }, context);
};
