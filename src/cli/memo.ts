import { Command, InvalidArgumentError, Option } from "commander";
import { MOMENT_FAULT, momentOf } from "#answers/asked.ts";
import type { Library } from "#answers/question.ts";
import { type Memo, type MemoAsked, PERIODS, type Period } from "#model/memo.ts";
import { AT_ONCE, EVERYTHING, type Filter, without } from "#model/subscription.ts";
import { memoMarkdown } from "#pipeline/memo/markdown.ts";
import { complain } from "#settings/problem.ts";
import { activeMutes, subscriptionById } from "#store/subscriptions.ts";
import { collect, unknownIds } from "./latest.ts";
import { type LookUpOptions, lookUp } from "./look-up.ts";

/** Composes a memo from a store, by the worker's own code. */
type MakeMemoOf = (library: Library, asked: MemoAsked) => Promise<Memo>;

type Asked = {
  readonly subscription?: number;
  readonly point: readonly string[];
  readonly place: readonly string[];
  readonly period: Period;
  readonly until?: Date;
};

type Form = "markdown" | "json";

/** `policywire memo`: what a week, a month or a quarter brought, by friction point, from the store. */
export function memoCommand(make: MakeMemoOf, clock: () => Date): Command {
  return new Command("memo")
    .option("--subscription <number>", "of what this request follows, less what is muted in its channel", number)
    .option("--point <id>", "of this friction point; may be repeated", collect, [])
    .option("--place <id>", "of this place; may be repeated", collect, [])
    .addOption(new Option("--period <period>", "how far back").choices(PERIODS).default("week"))
    .option("--until <date>", "where it ends: 2026-11-27, or with a time, 2026-11-27T16:00Z (default: now)", moment)
    .option("--markdown", "as Markdown, the default")
    .option("--json", "as one JSON object")
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: Asked & LookUpOptions) => {
      process.exitCode = await lookUp(options, async (library) => {
        const strangers = unknownIds(options, library.pack);
        if (strangers.length > 0) return complain(strangers);
        const text = await memoText(options, library, make, clock(), options.json === true ? "json" : "markdown");
        if (text === null) return complain([`There is no request ${options.subscription}.`]);
        process.stdout.write(text);
        return 0;
      });
    });
}

/** The memo in one of its forms; null where there is no such request. */
export async function memoText(
  asked: Asked,
  library: Library,
  make: MakeMemoOf,
  now: Date,
  form: Form,
): Promise<string | null> {
  const { period, until = now } = asked;
  const of = await askedOf(asked, library, now);
  if (of === null) return null;
  const memo = await make(library, { filter: of.filter, timeZone: of.timeZone, period, until });
  return form === "json" ? `${JSON.stringify(memo)}\n` : memoMarkdown(memo, of.name);
}

type Of = { readonly filter: Filter; readonly timeZone: string; readonly name: string };

/** What an option names takes the place of what the request says of it. */
async function askedOf(
  { subscription: id, point, place }: Asked,
  { db, pack }: Library,
  now: Date,
): Promise<Of | null> {
  const subscription = id === undefined ? null : await subscriptionById(db, id);
  if (id !== undefined && subscription === null) return null;
  const { filter, manner } = subscription ?? { filter: EVERYTHING, manner: AT_ONCE };
  const mutes = subscription === null ? [] : await activeMutes(db, now, subscription.destination);
  const narrowed = {
    ...filter,
    points: point.length === 0 ? filter.points : point,
    places: place.length === 0 ? filter.places : place,
  };
  const named = (ids: readonly string[], all: readonly { readonly id: string; readonly name: string }[]) =>
    ids.map((each) => all.find((one) => one.id === each)?.name ?? each).join(" or ");
  const parts = [
    ...(id === undefined ? [] : [`Request ${id}`]),
    ...(narrowed.points.length === 0 ? [] : [named(narrowed.points, pack.points)]),
    ...(narrowed.places.length === 0 ? [] : [`in ${named(narrowed.places, pack.facets.places)}`]),
  ];
  const name = parts.length === 0 ? "Everything" : parts.join("; ");
  return { filter: without(narrowed, mutes), timeZone: manner.timeZone, name };
}

function number(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new InvalidArgumentError("Write the number of a request, as /following lists it.");
  return Number(text);
}

function moment(text: string): Date {
  const at = momentOf(text);
  if (at === null) throw new InvalidArgumentError(MOMENT_FAULT);
  return at;
}
