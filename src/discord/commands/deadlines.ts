import { Buffer } from "node:buffer";
import { ApplicationCommandOptionType } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import { calendarFile } from "#pipeline/deadlines/calendar-file.ts";
import { calendarDays, comingDays, occasionText } from "#pipeline/deadlines/coming.ts";
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
    {
      type: ApplicationCommandOptionType.Boolean,
      name: "ics",
      description: "As a calendar file; one that was taken before is brought up to date by it",
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
    if (options.getBoolean("ics") === true) return calendarOf(wanted, context);
    const found = comingDays(await knownTo(wanted, context), primaryIn(context));
    if (found.length === 0) return privately(`No day in ${time}. ${await sinceText(context.db)}`);
    return paged(listOf(`Deadlines of ${time}`, wanted, mayWrite(interaction), context), context);
  },
};

async function knownTo({ days, ...narrowing }: Wanted, { db, clock }: Pick<Context, "db" | "clock">) {
  const today = dayOf(clock());
  const time = { since: isoDay(today), until: isoDay(today + days) };
  return { ...(await knownDays(db, { ...narrowing, ...time })), ...time };
}

const primaryIn =
  ({ pack }: Pick<Context, "pack">) =>
  (feedId: string) =>
    pack.feeds.find(({ id }) => id === feedId)?.primary === true;

async function titlesOf(
  days: readonly StandingDay[],
  { db }: Pick<Context, "db">,
): Promise<ReadonlyMap<number, string>> {
  const stories = await storiesById(
    db,
    days.map(({ storyId }) => storyId),
  );
  return new Map(stories.map(({ id, title }) => [id, title]));
}

const feedIn = (feedId: string, { pack }: Pick<Context, "pack">): string =>
  pack.feeds.find(({ id }) => id === feedId)?.name ?? feedId;

/** What is asked for as a calendar file. */
async function calendarOf(wanted: Wanted, context: Context): Promise<Answer> {
  const days = calendarDays(await knownTo(wanted, context), primaryIn(context));
  const titles = await titlesOf(days, context);
  const names = {
    calendar: `${context.pack.name}: deadlines`,
    story: (storyId: number) => titles.get(storyId) ?? "",
    feed: (feedId: string) => feedIn(feedId, context),
  };
  const attachment = Buffer.from(calendarFile(days, names, context.clock()));
  const said = `${days.length} ${days.length === 1 ? "day" : "days"}. Open the file again later: what was moved changes, nothing is doubled.`;
  return { ...privately(said), files: [{ attachment, name: "deadlines.ics" }] };
}

function listOf(title: string, wanted: Wanted, shareable: boolean, context: Context): Listed {
  const read = async () => {
    const days = comingDays(await knownTo(wanted, context), primaryIn(context)).slice(0, MOST_SHOWN);
    const titles = await titlesOf(days, context);
    return { title, entries: days.map((day) => entryOf(day, titles.get(day.storyId) ?? "", context)) };
  };
  return { read, perPage: PER_PAGE, shareable };
}

/** Noon, so that "in 3 days" is three days wherever it is read. */
const noonOf = (day: string): Date => new Date(Date.parse(day) + (DAY_MS - 12 * HOUR_MS));

function entryOf(day: StandingDay, title: string, context: Pick<Context, "pack">): string {
  const [claim] = day.claims;
  if (claim === undefined) return "";
  const source = feedIn(claim.feedId, context);
  const quote = [claim.base, claim.quote].filter((each) => each !== null).join(" … ");
  const more = day.claims.length === 1 ? "" : ` and ${day.claims.length - 1} more`;
  return [
    `**${dayText(new Date(day.day))} · ${escapeText(occasionText(day))}** · ${timestamp(noonOf(day.day))}`,
    `“${escapeWithin(quote, MAX_QUOTE)}” ${link(escapeWithin(source, MAX_NAME), claim.url)}, ${dayText(claim.at)}${more}`,
    `Story ${day.storyId}: ${escapeWithin(title, MAX_TITLE)}`,
  ].join("\n");
}
