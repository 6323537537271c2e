import { Command } from "commander";
import type { Library } from "#answers/question.ts";
import { readQuery, searchStories } from "#store/search.ts";
import { count } from "./latest.ts";
import { freshnessText, type LookUpOptions, lookUp, storiesJson, storiesText } from "./look-up.ts";
import { type Look, lookOf, plain } from "./terminal.ts";

const SHOWN_STORIES = 10;

type Asked = { readonly limit: number; readonly ranked?: boolean };

/** `policywire search QUERY`: the stories whose articles hold the words. */
export function searchCommand(): Command {
  return new Command("search")
    .argument("<query...>", 'words that must all be there; "quotes" keep a phrase together, a minus drops a word')
    .option("--ranked", "best match first, instead of newest first")
    .option("--limit <count>", "how many to show", count, SHOWN_STORIES)
    .option("--json", "as JSON lines")
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (words: string[], options: Asked & LookUpOptions) => {
      process.exitCode = await lookUp(options, async (library) => {
        const look = options.json === true ? null : lookOf(process.stdout);
        process.stdout.write(await searchText(words.join(" "), options, library, look));
        return 0;
      });
    });
}

/** The answer: cards, or JSON lines where `look` is null. */
export async function searchText(query: string, asked: Asked, library: Library, look: Look | null): Promise<string> {
  const order = asked.ranked === true ? "ranked" : "newest";
  const stories = await searchStories(library.db, query, { limit: asked.limit, order });
  if (look === null) return storiesJson(stories, library);
  if (stories.length > 0) return storiesText(stories, library, look);
  if (!readQuery(query).some((term) => term.wanted)) return "That query has no word to look for.\n";
  return `No stories with ${plain(query)}. ${await freshnessText(library.db)}\n`;
}
