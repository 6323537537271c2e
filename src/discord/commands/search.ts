import { ApplicationCommandOptionType } from "discord.js";
import { privately } from "#discord/answer.ts";
import { escapeWithin } from "#discord/escape.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { among } from "#store/latest.ts";
import { searchStories } from "#store/search.ts";
import { type Command, lookUp, mayWrite } from "./command.ts";
import { storyList } from "./list.ts";
import { completeNarrowing, narrowingOptions, readNarrowing } from "./narrowing.ts";
import { paged } from "./paging.ts";
import { sinceText } from "./since.ts";

const FETCHED = 25;

/** Stories with the words that are looked through for those that are what else is asked for. */
const LOOKED_THROUGH = 400;

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
    ...narrowingOptions("all time"),
  ]),
  complete: completeNarrowing,
  async run(interaction, context) {
    const { db } = context;
    const { options } = interaction;
    const query = options.getString("query", true);
    const order = options.getString("order") === "ranked" ? "ranked" : "newest";
    const narrowing = await readNarrowing(interaction, options.getString("since"), context);
    if ("fault" in narrowing) return privately(narrowing.fault);
    const found = await searchStories(db, query, { limit: LOOKED_THROUGH, order });
    const stories = await among(db, found, { ...narrowing.value, limit: FETCHED });
    const asked = escapeWithin(query, LONGEST_TYPED);
    if (stories.length === 0) return privately(`No story has ${asked}. ${await sinceText(db)}`);
    return paged(storyList(`Search: ${asked}`, stories, mayWrite(interaction), context), context);
  },
};
