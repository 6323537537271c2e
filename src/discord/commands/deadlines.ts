import { Buffer } from "node:buffer";
import { ApplicationCommandOptionType } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { dayEntry } from "#discord/day-entry.ts";
import { feedName, primaryIn } from "#model/pack.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { calendarFile } from "#pipeline/deadlines/calendar-file.ts";
import { calendarDays, comingDays, shownDay } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { matches } from "#pipeline/match.ts";
import { type KnownDays, knownDaysOf } from "#store/deadlines.ts";
import { storiesById } from "#store/stories.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { type Command, type Context, lookUp, mayWrite } from "./command.ts";
import { readFilters, requestChoices } from "./deadline-filters.ts";
import { completeNarrowing } from "./narrowing.ts";
import { axisOption } from "./options.ts";
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

/** What is asked for: stories that meet one of the filters, and so many days ahead. */
type Wanted = { readonly filters: readonly Filter[]; readonly days: number };

/** `/deadlines`: the days to come that articles set, privately. */
export const deadlines: Command = {
  definition: lookUp("deadlines", "Days to come: comments, hearings, votes, in force; with the sentence that says so", [
    axisOption("point", "Friction points; choose again after a comma for several"),
    axisOption("place", "Places; choose again after a comma for several"),
    axisOption("law", "Laws, bills, acts and cases, by number or name; choose again after a comma for several"),
    {
      type: ApplicationCommandOptionType.Integer,
      name: "within",
      description: `How far ahead; ${USUAL.name} if left out`,
      choices: [...TIMES],
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: "request",
      description: "All that a request of /following asks for, by its number",
      autocomplete: true,
      min_value: 1,
    },
    {
      type: ApplicationCommandOptionType.Boolean,
      name: "mine",
      description: "Those of which you are reminded yourself",
    },
    {
      type: ApplicationCommandOptionType.Boolean,
      name: "ics",
      description: "As a calendar file; one that was taken before is brought up to date by it",
    },
  ]),
  complete: (interaction, context) =>
    interaction.options.getFocused(true).name === "request"
      ? requestChoices(interaction, interaction.options.getFocused(), context)
      : completeNarrowing(interaction, context),

  async run(interaction, context) {
    const { options } = interaction;
    const filters = await readFilters(interaction, context);
    if ("fault" in filters) return privately(filters.fault);
    const days = options.getInteger("within") ?? USUAL.value;
    const wanted = { filters: filters.value, days };
    const time = TIMES.find(({ value }) => value === days)?.name ?? `the next ${days} days`;
    if (options.getBoolean("ics") === true) return calendarOf(wanted, context);
    const found = comingDays(await knownTo(wanted, context), primaryIn(context.pack));
    if (found.length === 0) return privately(`No day in ${time}. ${await sinceText(context.db)}`);
    return paged(listOf(`Deadlines of ${time}`, wanted, mayWrite(interaction), context), context);
  },
};

/** What is known of the stories that meet one of the filters. */
async function knownTo({ filters, days }: Wanted, { db, clock }: Pick<Context, "db" | "clock">) {
  const today = dayOf(clock());
  const time = { since: isoDay(today), until: isoDay(today + days) };
  const all: KnownDays[] = [];
  for (const filter of filters) all.push(await knownDaysOf(db, filter, time, clock(), matches));
  // Whatever of a dispute is known comes whole with each of its stories, in its order.
  const claims = new Map(
    all.flatMap((one) => one.claims.map((claim) => [`${claim.articleId} ${claim.occasion} ${claim.day}`, claim])),
  );
  return { claims: [...claims.values()], storyIds: new Set(all.flatMap(({ storyIds }) => [...storyIds])), ...time };
}

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

/** What is asked for as a calendar file. */
async function calendarOf(wanted: Wanted, context: Context): Promise<Answer> {
  const days = calendarDays(await knownTo(wanted, context), primaryIn(context.pack));
  const titles = await titlesOf(days, context);
  const names = {
    calendar: `${context.pack.name}: deadlines`,
    story: (storyId: number) => titles.get(storyId) ?? "",
    feed: (feedId: string) => feedName(feedId, context.pack),
  };
  const attachment = Buffer.from(calendarFile(days, names, context.clock()));
  const said = `${days.length} ${days.length === 1 ? "day" : "days"}. Open the file again later: what was moved changes, nothing is doubled.`;
  return { ...privately(said), files: [{ attachment, name: "deadlines.ics" }] };
}

/** A list of the days to come of what is asked for. */
function listOf(title: string, wanted: Wanted, shareable: boolean, context: Context): Listed {
  const read = async () => {
    const days = comingDays(await knownTo(wanted, context), primaryIn(context.pack)).slice(0, MOST_SHOWN);
    const titles = await titlesOf(days, context);
    const entries = days.map((day) =>
      dayEntry(shownDay(day, { id: day.storyId, title: titles.get(day.storyId) ?? "" }, context.pack)),
    );
    return { title, entries };
  };
  return { read, perPage: PER_PAGE, shareable };
}

/** All days to come of some stories, privately. */
export const deadlinesOfStories = (stories: readonly number[], context: Context): Promise<Answer> =>
  paged(listOf("Deadlines", { filters: [{ ...EVERYTHING, stories }], days: LONGEST_DAYS }, false, context), context);

const LONGEST_DAYS = 10_000;
