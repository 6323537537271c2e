import { ApplicationCommandOptionType } from "discord.js";
import { escapeWithin } from "#discord/escape.ts";
import { searchStories } from "#store/search.ts";
import { type Command, lookUp, privately } from "./command.ts";
import { storyLines } from "./list.ts";
import { MAX_TYPED } from "./options.ts";
import { paged } from "./pages.ts";

const PER_PAGE = 5;
const FETCHED = 25;

/** `/search`: stories by their words. */
export const search: Command = {
  definition: lookUp("search", 'Stories by words, "phrases" and -exclusions', [
    {
      type: ApplicationCommandOptionType.String,
      name: "query",
      description: 'Words that must all occur; "in quotes" for a phrase, -word to leave out',
      required: true,
      max_length: MAX_TYPED,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: "order",
      description: "Newest first if left out",
      choices: [
        { name: "newest first", value: "newest" },
        { name: "best match first", value: "ranked" },
      ],
    },
  ]),
  async run({ options }, context) {
    const query = options.getString("query", true);
    const order = options.getString("order") === "ranked" ? "ranked" : "newest";
    const stories = await searchStories(context.db, query, { limit: FETCHED, order });
    const asked = escapeWithin(query, MAX_TYPED);
    if (stories.length === 0) return privately(`No story has ${asked}.`);
    const entries = await storyLines(context.db, stories, context.pack);
    return paged({ title: `Search: ${asked}`.slice(0, 256), entries, perPage: PER_PAGE, shareable: true }, context);
  },
};
