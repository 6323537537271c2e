import { type Answer, privately } from "#discord/answer.ts";
import { escapeText, timestamp } from "#discord/escape.ts";
import { feedStates } from "#store/feeds.ts";
import { latestStories } from "#store/latest.ts";
import { type Command, type Context, lookUp, mayWrite, NO_CHOICES } from "./command.ts";
import { storyList } from "./list.ts";
import {
  AXES,
  axisOption,
  completeList,
  DEFAULT_PERIOD,
  isAxisOption,
  nameOfPeriod,
  readList,
  sinceOption,
  startOf,
} from "./options.ts";
import { paged } from "./paging.ts";

const FETCHED = 25;

/** `/latest`: the newest stories, privately. */
export const latest: Command = {
  definition: lookUp("latest", "The newest developments, for you alone", [
    axisOption("point", "Friction points; choose again after a comma for several"),
    axisOption("place", "Places; choose again after a comma for several"),
    sinceOption,
  ]),

  complete(interaction, { pack }) {
    const { name, value } = interaction.options.getFocused(true);
    return isAxisOption(name) ? completeList(value, AXES[name](pack)) : NO_CHOICES;
  },

  async run(interaction, context) {
    const { options } = interaction;
    const { db, pack, clock } = context;
    const points = readList(options.getString("point"), AXES.point(pack));
    if ("unknown" in points) return privately(`There is no friction point “${escapeText(points.unknown)}”.`);
    const places = readList(options.getString("place"), AXES.place(pack));
    if ("unknown" in places) return privately(`There is no place “${escapeText(places.unknown)}”.`);
    const period = options.getString("since") ?? DEFAULT_PERIOD;
    const stories = await latestStories(db, {
      points: points.ids,
      places: places.ids,
      since: startOf(period, clock()),
      limit: FETCHED,
    });
    if (stories.length === 0) return nothingFound(nameOfPeriod(period), context);
    return paged(storyList(`Latest of ${nameOfPeriod(period)}`, stories, mayWrite(interaction), context), context);
  },
};

/** Silence is not "no news": it says when the feeds were last read. */
async function nothingFound(period: string, { db }: Context): Promise<Answer> {
  const read = (await feedStates(db)).flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  const newest = read.reduce<Date | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
  const feeds = newest === null ? "No feed has been read yet." : `Feeds were last read ${timestamp(newest)}.`;
  return privately(`Nothing in ${period}. ${feeds}`);
}
