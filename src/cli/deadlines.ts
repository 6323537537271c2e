import { Command } from "commander";
import { ageOf } from "#answers/asked.ts";
import { calendarOf, dayLines, nearest, titlesOf, USUALLY_AHEAD } from "#answers/deadlines.ts";
import type { Library } from "#answers/question.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { shownDay } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { complain } from "#settings/problem.ts";
import type { Db } from "#store/engine/database.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { dayText } from "#text/calendar.ts";
import { ageMs, collect, count, unknownIds } from "./latest.ts";
import { freshnessText, jsonLines, type LookUpOptions, lookUp } from "./look-up.ts";
import { type Look, lookOf, plain, wrap } from "./terminal.ts";

const SHOWN = 20;

type Asked = {
  readonly point: readonly string[];
  readonly place: readonly string[];
  readonly within: number;
  readonly limit: number;
  readonly subscription?: number;
};

/** `policywire deadlines`: the days to come that articles set, each with the sentence that sets it. */
export function deadlinesCommand(clock: () => Date): Command {
  return new Command("deadlines")
    .option("--point <id>", "only of stories on this friction point; may be repeated", collect, [])
    .option("--place <id>", "only of stories about this place; may be repeated", collect, [])
    .option("--subscription <id>", "only of what this request asks for, by its number in /following", count)
    .option("--within <time>", `how far ahead: 14d, 8w … (default: ${USUALLY_AHEAD})`, ageMs, ageOf(USUALLY_AHEAD))
    .option("--limit <count>", "how many to show", count, SHOWN)
    .option("--json", "as JSON lines")
    .option("--ics", "as a calendar file, which changes what an earlier one set")
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: Asked & LookUpOptions & { readonly ics?: boolean }) => {
      process.exitCode = await lookUp(options, async (library) => {
        const strangers = unknownIds(options, library.pack);
        if (strangers.length > 0) return complain(strangers);
        const filter = await filterOf(options, library.db);
        if (filter === null) return complain([`There is no request ${options.subscription}.`]);
        const look = options.json === true ? null : lookOf(process.stdout);
        const text =
          options.ics === true
            ? (await calendarOf({ filters: [filter], within: options.within }, library, clock())).file
            : await deadlinesText({ ...options, filter }, library, clock(), look);
        process.stdout.write(text);
        return 0;
      });
    });
}

/** What the options ask for, beside what the request does; null where there is no such request. */
async function filterOf({ point, place, subscription }: Asked, db: Db): Promise<Filter | null> {
  const request = subscription === undefined ? { filter: EVERYTHING } : await subscriptionById(db, subscription);
  if (request === null) return null;
  const { points, places, ...rest } = request.filter;
  return { ...rest, points: point.length > 0 ? point : points, places: place.length > 0 ? place : places };
}

type Wanted = Pick<Asked, "within" | "limit"> & { readonly filter: Filter };

/** The answer: a paragraph a day, or JSON lines where `look` is null. */
export async function deadlinesText(wanted: Wanted, library: Library, now: Date, look: Look | null): Promise<string> {
  const of = { filters: [wanted.filter], within: wanted.within };
  const { coming, until } = await nearest(wanted.limit, of, library, now);
  const days = coming.slice(0, wanted.limit);
  if (look === null) return jsonLines(await dayLines(days, library));
  if (days.length === 0)
    return `No days to come until ${dayText(new Date(until))}. ${await freshnessText(library.db)}\n`;
  const titles = await titlesOf(days, library.db);
  return days.map((day) => `${paragraphOf(day, titles.get(day.storyId) ?? "", library, look)}\n\n`).join("");
}

function paragraphOf(standing: StandingDay, title: string, { pack }: Library, { width }: Look): string {
  const { day, occasion, quote, source, url, at, storyId } = shownDay(standing, { id: standing.storyId, title }, pack);
  return [
    `${dayText(new Date(day))}  ${occasion}`,
    ...wrap(`“${quote}”`, width - 2, "  "),
    `  ${plain(source)}, ${dayText(at)}  ${plain(url)}`,
    ...wrap(`Story ${storyId}: ${title}`, width - 2, "  "),
  ].join("\n");
}
