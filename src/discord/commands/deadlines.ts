import { ApplicationCommandOptionType } from "discord.js";
import { privately } from "#discord/answer.ts";
import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import { comingDays, occasionText } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { knownDays } from "#store/deadlines.ts";
import { storiesById } from "#store/stories.ts";
import { dayOf, dayText, isoDay } from "#text/calendar.ts";
import { type Command, type Context, lookUp, mayWrite } from "./command.ts";
import { completeNarrowing } from "./narrowing.ts";
import { axisOption, readNamed } from "./options.ts";
import { type Listed, paged } from "./paging.ts";
import { sinceText } from "./since.ts";

/** How far ahead a look-up goes, in days. */
const TIMES = [
  { name: "the next 7 days", value: 7 },
  { name: "the next 30 days", value: 30 },
  { name: "the next 90 days", value: 90 },
  { name: "the next year", value: 366 },
] as const;
const USUAL = TIMES[1];

const MOST_SHOWN = 50;
const PER_PAGE = 5;
const MAX_QUOTE = 400;
const MAX_TITLE = 150;
const MAX_NAME = 80;

type Wanted = Pick<Parameters<typeof knownDays>[1], "points" | "places"> & { readonly days: number };

/** `/deadlines`: the days to come that articles set, privately. */
export const deadlines: Command = {
  definition: lookUp("deadlines", "Days to come: comments, hearings, votes, in force; with the sentence that says so", [
    axisOption("point", "Friction points; choose again after a comma for several"),
    axisOption("place", "Places; choose again after a comma for several"),
    {
      type: ApplicationCommandOptionType.Integer,
      name: "within",
      description: `How far ahead; ${USUAL.name} if left out`,
      choices: [...TIMES],
    },
  ]),
  complete: completeNarrowing,

  async run(interaction, context) {
    const { options } = interaction;
    const points = readNamed("point", options.getString("point"), context.pack);
    if ("fault" in points) return privately(points.fault);
    const places = readNamed("place", options.getString("place"), context.pack);
    if ("fault" in places) return privately(places.fault);
    const days = options.getInteger("within") ?? USUAL.value;
    const wanted = { points: points.value, places: places.value, days };
    const time = TIMES.find(({ value }) => value === days)?.name ?? `the next ${days} days`;
    const found = await daysOf(wanted, context);
    if (found.length === 0) return privately(`No day in ${time}. ${await sinceText(context.db)}`);
    return paged(listOf(`Deadlines of ${time}`, wanted, mayWrite(interaction), context), context);
  },
};

async function daysOf(
  { days, ...narrowing }: Wanted,
  { db, pack, clock }: Pick<Context, "db" | "pack" | "clock">,
): Promise<readonly StandingDay[]> {
  const today = dayOf(clock());
  const time = { since: isoDay(today), until: isoDay(today + days) };
  const known = await knownDays(db, { ...narrowing, ...time });
  const isPrimary = (feedId: string) => pack.feeds.find(({ id }) => id === feedId)?.primary === true;
  return comingDays({ ...known, ...time }, isPrimary).slice(0, MOST_SHOWN);
}

function listOf(title: string, wanted: Wanted, shareable: boolean, context: Context): Listed {
  const read = async () => {
    const days = await daysOf(wanted, context);
    const stories = await storiesById(
      context.db,
      days.map(({ storyId }) => storyId),
    );
    const titles = new Map(stories.map((story) => [story.id, story.title]));
    return { title, entries: days.map((day) => entryOf(day, titles.get(day.storyId) ?? "", context)) };
  };
  return { read, perPage: PER_PAGE, shareable };
}

/** Noon, so that "in 3 days" is three days wherever it is read. */
const noonOf = (day: string): Date => new Date(Date.parse(day) + (DAY_MS - 12 * HOUR_MS));

function entryOf(day: StandingDay, title: string, { pack }: Pick<Context, "pack">): string {
  const [claim] = day.claims;
  if (claim === undefined) return "";
  const source = pack.feeds.find(({ id }) => id === claim.feedId)?.name ?? claim.feedId;
  const quote = [claim.base, claim.quote].filter((each) => each !== null).join(" … ");
  const more = day.claims.length === 1 ? "" : ` and ${day.claims.length - 1} more`;
  return [
    `**${dayText(new Date(day.day))} · ${escapeText(occasionText(day))}** · ${timestamp(noonOf(day.day))}`,
    `“${escapeWithin(quote, MAX_QUOTE)}” ${link(escapeWithin(source, MAX_NAME), claim.url)}, ${dayText(claim.at)}${more}`,
    `Story ${day.storyId}: ${escapeWithin(title, MAX_TITLE)}`,
  ].join("\n");
}
