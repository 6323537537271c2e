import { Command } from "commander";
import { z } from "zod";
import { createStoryIndex, type Placeable } from "#pipeline/cluster/cluster.ts";
import { eachLine, type Streams } from "./json-lines.ts";

const line = z.object({
  id: z.union([z.string(), z.number()]),
  title: z
    .string()
    .nullish()
    .transform((title) => title ?? ""),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  publishedAt: z.string().nullish(),
  source: z.string().nullish(),
});

/** `policywire stories`: groups articles read as JSON lines, in order of arrival. */
export function storiesCommand(): Command {
  return new Command("stories")
    .description("group articles into stories: JSON lines {id, title, text, publishedAt?, source?} in, {id, story} out")
    .option("--explain", "say why each article joined its story")
    .action(async (options: { explain?: boolean }) => {
      await groupLines({ input: process.stdin, output: process.stdout }, options);
    });
}

/** One pass, one answer a line: `{id, story}`, with `saga` and `because` when asked to explain. */
async function groupLines(streams: Streams, options: { readonly explain?: boolean }): Promise<number> {
  const index = createStoryIndex();
  const ids = new Map<number, string | number>();
  let seenAt = 0;
  let opened = 0;
  let sagas = 0;
  return await eachLine(streams, line, (given) => {
    const publishedAt = dateIn(given.publishedAt);
    seenAt = Math.max(seenAt, publishedAt?.getTime() ?? 0);
    const article: Placeable = {
      id: ids.size + 1,
      feedId: given.source ?? "",
      title: given.title,
      text: given.text,
      publishedAt,
      firstSeenAt: new Date(seenAt),
    };
    ids.set(article.id, given.id);
    const tagging = { relevant: true, hold: null, tags: [] };
    const { storyId, sagaId, because } = index.place(article, tagging);
    const story = storyId ?? ++opened;
    const saga = sagaId ?? ++sagas;
    index.add(article, tagging, story, saga);
    if (!options.explain) return { id: given.id, story };
    return {
      id: given.id,
      story,
      saga,
      because: because && { ...because, articleId: undefined, article: ids.get(because.articleId) },
    };
  });
}

/** An unreadable date is no date. */
function dateIn(text: string | null | undefined): Date | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : new Date(time);
}
