import { ApplicationCommandOptionType } from "discord.js";
import { privately } from "#discord/answer.ts";
import { escapeWithin } from "#discord/escape.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { searchStories } from "#store/search.ts";
import { type Command, lookUp, mayWrite } from "./command.ts";
import { storyList } from "./list.ts";
import { paged } from "./paging.ts";

const FETCHED = 25;

/** `/search`: stories by their words. */
export const search: Command = {
  definition: lookUp("search", 'Stories by words, "phrases" and -exclusions', [
    {
      type: ApplicationCommandOptionType.String,
      name: "query",
      description: 'Words that must all occur; "in quotes" for a phrase, -word to leave out',
      required: true,
      max_length: LONGEST_TYPED,
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
  async run(interaction, context) {
    const { options } = interaction;
    const query = options.getString("query", true);
    const order = options.getString("order") === "ranked" ? "ranked" : "newest";
    const stories = await searchStories(context.db, query, { limit: FETCHED, order });
    const asked = escapeWithin(query, LONGEST_TYPED);
    if (stories.length === 0) return privately(`No story has ${asked}.`);
    return paged(storyList(`Search: ${asked}`, stories, mayWrite(interaction), context), context);
  },
};
