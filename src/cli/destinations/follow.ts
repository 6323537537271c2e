import type { Command } from "commander";
import { Option } from "commander";
import { lawsMeant } from "#answers/meant.ts";
import type { Library } from "#answers/question.ts";
import { collect } from "#cli/latest.ts";
import { AXES, AXIS_FIELDS, findNamed, unwantable } from "#model/axes.ts";
import { keyOfNamed, type NamedDestination } from "#model/destination.ts";
import { requestOf } from "#model/preset.ts";
import {
  AT_ONCE,
  EVERYTHING,
  type Filter,
  inMode,
  type Manner,
  MODES,
  REMINDING,
  unheld,
} from "#model/subscription.ts";
import { filterWords } from "#pipeline/filter-words.ts";
import { complain } from "#settings/problem.ts";
import { subscribe } from "#store/subscribing.ts";
import { mannerParts, timesFrom } from "#text/asked-times.ts";

/** As `/follow` has them in Discord; several of one kind stand side by side. */
export type FollowOptions = {
  readonly everything?: true;
  readonly preset?: string;
  readonly law: readonly string[];
  readonly words: readonly string[];
  readonly not: readonly string[];
  readonly mode?: Manner["mode"];
  readonly at?: string;
  readonly zone?: string;
  readonly quiet?: string;
  readonly quietDays?: boolean;
  readonly reminders?: Manner["reminders"];
  readonly memo?: true;
  readonly silences: boolean;
} & Readonly<Record<(typeof AXIS_FIELDS)[number][0], readonly string[]>>;

export function withFollowOptions(command: Command): Command {
  for (const [axis] of AXIS_FIELDS)
    command.option(
      `--${axis} <name>`,
      `this ${axis === "point" ? "friction point" : axis}, by id or name; may be repeated`,
      collect,
      [],
    );
  return command
    .option("--everything", "all that moves")
    .option("--preset <name>", "a ready-made request of the pack; further options change it")
    .option("--law <law>", "this law, bill, act or case, by id or number; may be repeated", collect, [])
    .option("--words <words>", "words or a phrase that must stand in it; may be repeated", collect, [])
    .option("--not <what>", "what drops a story: a point, place, actor, feed or words; may be repeated", collect, [])
    .addOption(new Option("--mode <mode>", "a message for each movement, or a digest").choices(MODES))
    .option("--at <time>", 'time of a daily digest, 08:00, or of a weekly one, "Friday 16:00"')
    .option("--zone <zone>", "time zone of these times, by a city: Berlin (default: UTC)")
    .option("--quiet <hours>", "hours in which single posts wait: 22:00-07:00")
    .option("--quiet-days", "say when nothing moved for a daily or weekly digest (the default)")
    .option("--no-quiet-days", "say nothing then")
    .addOption(new Option("--reminders <which>", "reminders 7 days and 1 day before a deadline").choices(REMINDING))
    .option("--memo", "a memo of the week on Fridays at 16:00")
    .option("--no-silences", "do not say when a point that usually moves is silent for weeks");
}

/** Has a destination follow what the options say. Resolves to the exit code. */
export async function follow(
  destination: NamedDestination,
  options: FollowOptions,
  holds: readonly string[],
  library: Library,
  now: Date,
): Promise<number> {
  const { db, pack } = library;
  const preset = options.preset === undefined ? undefined : presetNamed(options.preset, library);
  if (options.preset !== undefined && preset === undefined)
    return complain([
      `The pack has no preset "${options.preset}". It has: ${pack.presets.map(({ name }) => name).join(", ")}.`,
    ]);
  const base = preset === undefined ? { filter: EVERYTHING, manner: AT_ONCE } : requestOf(preset, AT_ONCE);
  const { filter, faults } = await filterOf(options, base.filter, library, now);
  const manner = mannerOf(options, base.manner);
  const wrong = [...faults, ...("fault" in manner ? [manner.fault] : unheld(manner.value, holds))];
  if (wrong.length > 0 || "fault" in manner) return complain(wrong);
  const isBoundless = Object.entries(filter).every(([key, list]) => key === "not" || list.length === 0);
  if (isBoundless && options.everything !== true)
    return complain(["Say what it follows, as by --point or --preset; --everything follows all that moves."]);
  const wanted = { guildId: null, destination: keyOfNamed(destination), filter, manner: manner.value, createdBy: null };
  const done = await subscribe(db, wanted, null, now);
  if (done.kind === "full") throw new Error("operators' requests have no end");
  const said = `${filterWords(filter, pack)}: ${mannerParts(manner.value).join(", ")}`;
  process.stdout.write(`${destination.name} follows, as request ${done.subscription.id}, ${said}.\n`);
  return 0;
}

const presetNamed = (name: string, { pack }: Library) =>
  pack.presets.find((preset) => preset.name.trim().toLowerCase() === name.trim().toLowerCase());

async function filterOf(options: FollowOptions, base: Filter, library: Library, now: Date) {
  const { pack } = library;
  const faults: string[] = [];
  let filter = base;
  for (const [axis, field] of AXIS_FIELDS) {
    const named = AXES[axis](pack);
    const ids = options[axis].map((typed) => findNamed(typed, named)?.id ?? null);
    const strangers = options[axis].filter((_, at) => ids[at] === null);
    for (const typed of strangers)
      faults.push(
        `The pack has no ${axis === "point" ? "friction point" : axis} "${typed}". It has: ${named.map(({ id }) => id).join(", ")}.`,
      );
    if (ids.length > 0) filter = { ...filter, [field]: ids.filter((id) => id !== null) };
  }
  const laws = await lawsMeant(options.law, library, now);
  if (laws.keys.length > 0) filter = { ...filter, laws: laws.keys };
  if (options.words.length > 0) filter = { ...filter, words: options.words };
  const not = options.not.map((typed) => findNamed(typed, unwantable(pack))?.id ?? typed);
  return { filter: not.length === 0 ? filter : { ...filter, not }, faults: [...faults, ...laws.faults] };
}

function mannerOf(options: FollowOptions, usual: Manner): ReturnType<typeof timesFrom> {
  const { at = null, zone: timezone = null, quiet = null } = options;
  const times = timesFrom({ at, timezone, quiet }, usual);
  if ("fault" in times) return times;
  const manner = inMode(times.value, options.mode ?? times.value.mode);
  const { quietDays = manner.quietDays, reminders = manner.reminders, memo = manner.memo, silences } = options;
  return { value: { ...manner, quietDays, reminders, memo, silences } };
}
