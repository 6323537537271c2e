import { Command, InvalidArgumentError } from "commander";
import { AGE_FAULT, ageOf, strangersAmong } from "#answers/asked.ts";
import { lawsMeant } from "#answers/meant.ts";
import type { Library } from "#answers/question.ts";
import { labelOfKey } from "#model/matter.ts";
import type { Pack } from "#model/pack.ts";
import { complain } from "#settings/problem.ts";
import { latestStories } from "#store/latest.ts";
import { dateText } from "#text/calendar.ts";
import { freshnessText, type LookUpOptions, lookUp, storiesJson, storiesText } from "./look-up.ts";
import { type Look, lookOf } from "./terminal.ts";

const SHOWN_STORIES = 5;

type Asked = {
  readonly point: readonly string[];
  readonly place: readonly string[];
  readonly law?: readonly string[];
  readonly since?: number;
  readonly limit: number;
};

/** `policywire latest`: the newest stories in the store. */
export function latestCommand(clock: () => Date): Command {
  return new Command("latest")
    .option("--point <id>", "only on this friction point; may be repeated", collect, [])
    .option("--place <id>", "only about this place; may be repeated", collect, [])
    .option("--law <law>", "only about this law, bill, act or case, by id or number; may be repeated", collect, [])
    .option("--since <age>", "only with news from the last 12h, 7d, 2w …", ageMs)
    .option("--limit <count>", "how many to show", count, SHOWN_STORIES)
    .option("--json", "as JSON lines")
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: Asked & LookUpOptions) => {
      process.exitCode = await lookUp(options, async (library) => {
        const strangers = unknownIds(options, library.pack);
        const { keys, faults } = await lawsMeant(options.law ?? [], library, clock());
        if (strangers.length + faults.length > 0) return complain([...strangers, ...faults]);
        const look = options.json === true ? null : lookOf(process.stdout);
        process.stdout.write(await latestText({ ...options, law: keys }, library, clock(), look));
        return 0;
      });
    });
}

/** The answer: cards, or JSON lines where `look` is null. */
export async function latestText(asked: Asked, library: Library, now: Date, look: Look | null): Promise<string> {
  const since = asked.since === undefined ? {} : { since: new Date(now.getTime() - asked.since) };
  const { point: points, place: places, law: laws = [], limit } = asked;
  const stories = await latestStories(library.db, { points, places, laws, ...since, limit });
  if (look === null) return storiesJson(stories, library);
  if (stories.length > 0) return storiesText(stories, library, look);
  const narrowing = [
    ...(points.length === 0 ? [] : [`on ${points.join(" or ")}`]),
    ...(places.length === 0 ? [] : [`in ${places.join(" or ")}`]),
    ...(laws.length === 0 ? [] : [`about ${laws.map(labelOfKey).join(" or ")}`]),
    ...(since.since === undefined ? [] : [`since ${dateText(since.since)}`]),
  ];
  return `${["No stories", ...narrowing].join(" ")}. ${await freshnessText(library.db)}\n`;
}

/** A sentence for each id that the pack does not know. */
export const unknownIds = (asked: Partial<Pick<Asked, "point" | "place">>, pack: Pack): string[] =>
  strangersAmong(asked, pack).map(({ reason }) => reason);

export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

export function ageMs(text: string): number {
  const age = ageOf(text);
  if (age === null) throw new InvalidArgumentError(AGE_FAULT);
  return age;
}

export function count(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("Write a number from 1 to 999.");
  return Number(text);
}
