import { privately } from "#discord/answer.ts";
import { latestStories } from "#store/latest.ts";
import { type Command, lookUp, mayWrite } from "./command.ts";
import { storyList } from "./list.ts";
import { completeNarrowing, narrowingOptions, readNarrowing } from "./narrowing.ts";
import { DEFAULT_PERIOD, nameOfPeriod } from "./options.ts";
import { paged } from "./paging.ts";
import { sinceText } from "./since.ts";

const FETCHED = 25;

/** `/latest`: the newest stories, privately. */
export const latest: Command = {
  definition: lookUp("latest", "The newest developments, for you alone", narrowingOptions("the last 30 days")),
  complete: completeNarrowing,

  async run(interaction, context) {
    const { db } = context;
    const period = interaction.options.getString("since") ?? DEFAULT_PERIOD;
    const narrowing = await readNarrowing(interaction, period, context);
    if ("fault" in narrowing) return privately(narrowing.fault);
    const stories = await latestStories(db, { ...narrowing.value, limit: FETCHED });
    if (stories.length === 0) return privately(`Nothing in ${nameOfPeriod(period)}. ${await sinceText(db)}`);
    return paged(storyList(`Latest of ${nameOfPeriod(period)}`, stories, mayWrite(interaction), context), context);
  },
};
