import { Command } from "commander";
import { createStoryIndex, type Placeable } from "#pipeline/cluster/cluster.ts";
import { languageOf } from "#text/language.ts";
import { articleLine } from "./article-line.ts";
import { eachLine, type Streams } from "./json-lines.ts";
import { byHandCommands, type OpenDecide } from "./stories-by-hand.ts";
import { exportDecisionsCommand } from "./stories-export.ts";
import { sagaCommand } from "./stories-saga.ts";

/** `policywire stories`: groups articles read as JSON lines, in order of arrival; below it, what is decided by hand. */
export function storiesCommand(openDecide: OpenDecide): Command {
  const stories = new Command("stories")
    .option("--explain", "say why each article joined its story")
    .action(async (options: { explain?: boolean }) => {
      const unread = await groupLines({ input: process.stdin, output: process.stdout }, options);
      if (unread > 0) process.exitCode = 1;
    });
  for (const command of [sagaCommand(), ...byHandCommands(openDecide), exportDecisionsCommand()])
    stories.addCommand(command);
  return stories;
}

/** One pass, one answer a line: `{id, story}`, with `saga` and `because` when asked to explain. */
async function groupLines(streams: Streams, options: { readonly explain?: boolean }): Promise<number> {
  const index = createStoryIndex();
  const ids = new Map<number, string | number>();
  let seenAt = 0;
  let opened = 0;
  let sagas = 0;
  return await eachLine(streams, articleLine, (given) => {
    const publishedAt = given.publishedAt;
    seenAt = Math.max(seenAt, publishedAt?.getTime() ?? 0);
    const article: Placeable = {
      id: ids.size + 1,
      feedId: given.source ?? "",
      title: given.title,
      text: given.text,
      language: languageOf(`${given.title}\n${given.text}`),
      publishedAt,
      firstSeenAt: new Date(seenAt),
    };
    ids.set(article.id, given.id);
    const tagging = { relevant: true, support: 1, hold: null, tags: [] };
    const { storyId, sagaId, because } = index.place(article, tagging);
    const why = (options.explain && because?.()) || null;
    const story = storyId ?? ++opened;
    const saga = sagaId ?? ++sagas;
    index.add(article, tagging, story, saga);
    if (!options.explain) return { id: given.id, story };
    return {
      id: given.id,
      story,
      saga,
      because: why && { ...why, articleId: undefined, article: ids.get(why.articleId) },
    };
  });
}
