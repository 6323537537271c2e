import { Buffer } from "node:buffer";
import { ApplicationCommandOptionType } from "discord.js";
import { calendarOf, nearest, titlesOf } from "#answers/deadlines.ts";
import { type Answer, privately } from "#discord/answer.ts";
import { dayEntry } from "#discord/day-entry.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { shownDay } from "#pipeline/deadlines/coming.ts";
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
    if (options.getBoolean("ics") === true) return calendarAnswer(wanted, context);
    const found = await daysOf(wanted, context);
    if (found.length === 0) return privately(`No day in ${time}. ${await sinceText(context.db)}`);
    return paged(listOf(`Deadlines of ${time}`, wanted, mayWrite(interaction), context), context);
  },
};

/** The days that are asked for, as they stand, as many as are shown. */
async function daysOf({ filters, days }: Wanted, { db, pack, clock }: Context) {
  const { coming } = await nearest(MOST_SHOWN, { filters, within: days * DAY_MS }, { db, pack }, clock());
  return coming.slice(0, MOST_SHOWN);
}

/** What is asked for as a calendar file. */
async function calendarAnswer({ filters, days }: Wanted, { db, pack, clock }: Context): Promise<Answer> {
  const { file, count } = await calendarOf({ filters, within: days * DAY_MS }, { db, pack }, clock());
  const said = `${count} ${count === 1 ? "day" : "days"}. Open the file again later: what was moved changes, nothing is doubled.`;
  return { ...privately(said), files: [{ attachment: Buffer.from(file), name: "deadlines.ics" }] };
}

/** A list of the days to come of what is asked for. */
function listOf(title: string, wanted: Wanted, shareable: boolean, context: Context): Listed {
  const read = async () => {
    const days = await daysOf(wanted, context);
    const titles = await titlesOf(days, context.db);
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
