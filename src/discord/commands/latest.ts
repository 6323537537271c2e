import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from "discord.js";
import { escapeText, timestamp } from "#discord/escape.ts";
import { feedStates } from "#store/feeds.ts";
import { latestStories } from "#store/latest.ts";
import { type Answer, type Command, type Context, NO_CHOICES, privately } from "./command.ts";
import { fitting, storyLines } from "./list.ts";
import { AXES, axisOption, completeList, isAxisOption, readList } from "./options.ts";

const SHOWN = 5;
const MAX_DESCRIPTION = 4_096;
const DAY_MS = 86_400_000;

const PERIODS = [
  { name: "the last day", value: 1 },
  { name: "the last 3 days", value: 3 },
  { name: "the last 7 days", value: 7 },
  { name: "the last 30 days", value: 30 },
  { name: "the last year", value: 365 },
];

const DEFAULT_DAYS = 30;

/** `/latest`: the newest stories, privately. */
export const latest: Command = {
  definition: {
    name: "latest",
    description: "The newest developments, for you alone",
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    options: [
      axisOption("point", "Friction point; choose again after a comma for several"),
      axisOption("place", "Place; choose again after a comma for several"),
      {
        type: ApplicationCommandOptionType.Integer,
        name: "since",
        description: "How far back; the last 30 days if left out",
        choices: PERIODS,
      },
    ],
  },

  complete(interaction, { pack }) {
    const { name, value } = interaction.options.getFocused(true);
    return isAxisOption(name) ? completeList(value, AXES[name](pack)) : NO_CHOICES;
  },

  async run(interaction, context) {
    const { db, pack, clock } = context;
    const points = readList(interaction.options.getString("point"), AXES.point(pack));
    if ("unknown" in points) return privately(`There is no friction point “${escapeText(points.unknown)}”.`);
    const places = readList(interaction.options.getString("place"), AXES.place(pack));
    if ("unknown" in places) return privately(`There is no place “${escapeText(places.unknown)}”.`);
    const days = interaction.options.getInteger("since") ?? DEFAULT_DAYS;
    const since = new Date(clock().getTime() - days * DAY_MS);
    const stories = await latestStories(db, { points: points.ids, places: places.ids, since, limit: SHOWN });
    if (stories.length === 0) return nothingFound(days, context);
    const description = fitting(await storyLines(db, stories, pack), MAX_DESCRIPTION, "\n\n");
    return { embeds: [{ title: "Latest", description }], flags: MessageFlags.Ephemeral };
  },
};

/** Silence is not "no news": it says when the feeds were last read. */
async function nothingFound(days: number, { db }: Context): Promise<Answer> {
  const read = (await feedStates(db)).flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  const newest = read.reduce<Date | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
  const feeds = newest === null ? "No feed has been read yet." : `Feeds were last read ${timestamp(newest)}.`;
  return privately(`Nothing in the last ${days === 1 ? "day" : `${days} days`}. ${feeds}`);
}
