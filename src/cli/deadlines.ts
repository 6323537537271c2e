import { Command } from "commander";
import type { Pack } from "#model/pack.ts";
import { DAY_MS } from "#model/time.ts";
import { calendarFile } from "#pipeline/deadlines/calendar-file.ts";
import { calendarDays, comingDays, occasionText } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { complain } from "#settings/problem.ts";
import { knownDays } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { storiesById } from "#store/stories.ts";
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
};

/** `policywire deadlines`: the days to come that articles set, each with the sentence that sets it. */
export function deadlinesCommand(clock: () => Date): Command {
  return new Command("deadlines")
    .option("--point <id>", "only of stories on this friction point; may be repeated", collect, [])
    .option("--place <id>", "only of stories about this place; may be repeated", collect, [])
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
        const look = options.json === true ? null : lookOf(process.stdout);
        const text =
          options.ics === true
            ? await deadlinesCalendar(options, library, clock())
            : await deadlinesText(options, library, clock(), look);
        process.stdout.write(text);
        return 0;
      });
    });
}

/** The answer: a paragraph a day, or JSON lines where `look` is null. */
export async function deadlinesText(asked: Asked, library: Library, now: Date, look: Look | null): Promise<string> {
  const known = await knownTo(asked, library, now);
  const days = comingDays(known, primaryIn(library.pack)).slice(0, asked.limit);
  if (look === null) return days.map((day) => `${JSON.stringify(lineOf(day))}\n`).join("");
  if (days.length === 0)
    return `No days to come until ${dayText(new Date(known.until))}. ${await freshnessText(library.db)}\n`;
  const titles = await titlesOf(days, library.db);
  return days.map((day) => `${paragraphOf(day, titles.get(day.storyId) ?? "", library, look)}\n\n`).join("");
}

/** The same as a calendar file. */
export async function deadlinesCalendar(asked: Asked, library: Library, now: Date): Promise<string> {
  const { db, pack } = library;
  const days = calendarDays(await knownTo(asked, library, now), primaryIn(pack));
  const titles = await titlesOf(days, db);
  const names = {
    calendar: `${pack.name}: deadlines`,
    story: (storyId: number) => titles.get(storyId) ?? "",
    feed: (feedId: string) => pack.feeds.find(({ id }) => id === feedId)?.name ?? feedId,
  };
  return calendarFile(days, names, now);
}

async function knownTo({ point, place, within }: Asked, { db }: Library, now: Date) {
  const today = dayOf(now);
  const time = { since: isoDay(today), until: isoDay(today + Math.ceil(within / DAY_MS)) };
  return { ...(await knownDays(db, { points: point, places: place, ...time })), ...time };
}

const primaryIn = (pack: Pack) => (feedId: string) => pack.feeds.find(({ id }) => id === feedId)?.primary === true;

async function titlesOf(days: readonly StandingDay[], db: Db): Promise<ReadonlyMap<number, string>> {
  const stories = await storiesById(
    db,
    days.map(({ storyId }) => storyId),
  );
  return new Map(stories.map(({ id, title }) => [id, title]));
}

function paragraphOf(day: StandingDay, title: string, { pack }: Library, { width }: Look): string {
  const [claim] = day.claims;
  if (claim === undefined) return "";
  const source = pack.feeds.find(({ id }) => id === claim.feedId)?.name ?? claim.feedId;
  return [
    `${dayText(new Date(day.day))}  ${occasionText(day)}`,
    ...wrap(`“${[claim.base, claim.quote].filter((quote) => quote !== null).join(" … ")}”`, width - 2, "  "),
    `  ${plain(source)}, ${dayText(claim.at)}  ${plain(claim.url)}`,
    ...wrap(`Story ${day.storyId}: ${title}`, width - 2, "  "),
  ].join("\n");
}

const lineOf = ({ claims, ...day }: StandingDay) => ({
  ...day,
  sources: claims.map(({ sagaId: _, occasion: __, day: ___, ...claim }) => claim),
});
