import { Command } from "commander";
import { feedName, primaryIn } from "#model/pack.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { calendarFile } from "#pipeline/deadlines/calendar-file.ts";
import { calendarDays, comingDays, shownDay } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { matches } from "#pipeline/match.ts";
import { complain } from "#settings/problem.ts";
import { knownDaysOf } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { storiesById } from "#store/stories.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { dayOf, dayText, isoDay } from "#text/calendar.ts";
import { ageMs, collect, count, unknownIds } from "./latest.ts";
import { freshnessText, type Library, type LookUpOptions, lookUp } from "./look-up.ts";
import { type Look, lookOf, plain, wrap } from "./terminal.ts";

const SHOWN = 20;
const WITHIN_MS = 30 * DAY_MS;

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
    .option("--within <time>", "how far ahead: 14d, 8w … (default: 30d)", ageMs, WITHIN_MS)
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
            ? await deadlinesCalendar({ ...options, filter }, library, clock())
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
  const known = await knownTo(wanted, library, now);
  const days = comingDays(known, primaryIn(library.pack)).slice(0, wanted.limit);
  if (look === null) return days.map((day) => `${JSON.stringify(lineOf(day))}\n`).join("");
  if (days.length === 0)
    return `No days to come until ${dayText(new Date(known.until))}. ${await freshnessText(library.db)}\n`;
  const titles = await titlesOf(days, library.db);
  return days.map((day) => `${paragraphOf(day, titles.get(day.storyId) ?? "", library, look)}\n\n`).join("");
}

/** The same as a calendar file. */
export async function deadlinesCalendar(wanted: Wanted, library: Library, now: Date): Promise<string> {
  const { db, pack } = library;
  const days = calendarDays(await knownTo(wanted, library, now), primaryIn(pack));
  const titles = await titlesOf(days, db);
  const names = {
    calendar: `${pack.name}: deadlines`,
    story: (storyId: number) => titles.get(storyId) ?? "",
    feed: (feedId: string) => feedName(feedId, pack),
  };
  return calendarFile(days, names, now);
}

/** What is known of the stories that meet the filter. */
async function knownTo({ filter, within }: Wanted, { db }: Library, now: Date) {
  const today = dayOf(now);
  const time = { since: isoDay(today), until: isoDay(today + Math.ceil(within / DAY_MS)) };
  return { ...(await knownDaysOf(db, filter, time, now, matches)), ...time };
}

async function titlesOf(days: readonly StandingDay[], db: Db): Promise<ReadonlyMap<number, string>> {
  const stories = await storiesById(
    db,
    days.map(({ storyId }) => storyId),
  );
  return new Map(stories.map(({ id, title }) => [id, title]));
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

const lineOf = ({ claims, ...day }: StandingDay) => ({
  ...day,
  sources: claims.map(({ sagaId: _, occasion: __, day: ___, ...claim }) => claim),
});
