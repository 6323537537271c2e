import { Command } from "commander";
import { DAY_MS } from "#model/time.ts";
import { comingDays, occasionText } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { complain } from "#settings/problem.ts";
import { knownDays } from "#store/deadlines.ts";
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
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: Asked & LookUpOptions) => {
      process.exitCode = await lookUp(options, async (library) => {
        const strangers = unknownIds(options, library.pack);
        if (strangers.length > 0) return complain(strangers);
        const look = options.json === true ? null : lookOf(process.stdout);
        process.stdout.write(await deadlinesText(options, library, clock(), look));
        return 0;
      });
    });
}

/** The answer: a paragraph a day, or JSON lines where `look` is null. */
export async function deadlinesText(asked: Asked, library: Library, now: Date, look: Look | null): Promise<string> {
  const { db, pack } = library;
  const today = dayOf(now);
  const time = { since: isoDay(today), until: isoDay(today + Math.ceil(asked.within / DAY_MS)) };
  const known = await knownDays(db, { points: asked.point, places: asked.place, ...time });
  const isPrimary = (feedId: string) => pack.feeds.find(({ id }) => id === feedId)?.primary === true;
  const days = comingDays({ ...known, ...time }, isPrimary).slice(0, asked.limit);
  if (look === null) return days.map((day) => `${JSON.stringify(lineOf(day))}\n`).join("");
  if (days.length === 0) return `No days to come until ${dayText(new Date(time.until))}. ${await freshnessText(db)}\n`;
  const stories = await storiesById(
    db,
    days.map(({ storyId }) => storyId),
  );
  const titles = new Map(stories.map(({ id, title }) => [id, title]));
  return days.map((day) => `${paragraphOf(day, titles.get(day.storyId) ?? "", library, look)}\n\n`).join("");
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
