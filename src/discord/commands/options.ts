import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from "discord.js";
import { escapeWithin, labelWithin } from "#discord/escape.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import { DAY_MS } from "#model/time.ts";
import type { Choices } from "./command.ts";

/** What was typed, or a sentence that says what to write instead. */
export type Read<T> = { readonly value: T } | { readonly fault: string };

/** Something a filter names: what is stored, and what people read. */
export type Named = { readonly id: string; readonly name: string };

/** The axes of the pack that an option can name, under the option's name. */
export const AXES = {
  point: (pack: Pack): readonly Named[] => pack.points,
  place: (pack: Pack): readonly Named[] => pack.facets.places,
  stage: (pack: Pack): readonly Named[] => pack.facets.stages,
  actor: (pack: Pack): readonly Named[] => pack.facets.actors,
  law: (pack: Pack): readonly Named[] => pack.facets.instruments,
  source: (pack: Pack): readonly Named[] => pack.feeds,
} as const;

/** Options that name several of an axis, each with the field of a filter that holds them; laws are read apart. */
export const AXIS_FIELDS = [
  ["point", "points"],
  ["place", "places"],
  ["stage", "stages"],
  ["actor", "actors"],
  ["source", "sources"],
] as const satisfies readonly (readonly [AxisOption, string])[];

export type AxisOption = keyof typeof AXES;

export const isAxisOption = (name: string): name is AxisOption => name in AXES;

/** Discord shows 25 choices, each of at most 100 characters. */
export const MAX_CHOICES = 25;
export const MAX_CHOICE = 100;

export function axisOption(name: AxisOption, description: string): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.String,
    name,
    description,
    autocomplete: true,
    max_length: LONGEST_TYPED,
  };
}

/** How far back a look-up goes. */
const PERIODS = [
  { name: "the last day", value: "1d" },
  { name: "the last 3 days", value: "3d" },
  { name: "the last 7 days", value: "7d" },
  { name: "the last 30 days", value: "30d" },
  { name: "the last year", value: "365d" },
];

export const DEFAULT_PERIOD = "30d";

export const sinceOption = (usual: string): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name: "since",
  description: `How far back; ${usual} if left out`,
  choices: PERIODS,
});

export const nameOfPeriod = (value: string) => PERIODS.find((period) => period.value === value)?.name ?? value;

/** `7d` before now. */
export const startOf = (period: string, now: Date) => new Date(now.getTime() - Number.parseInt(period, 10) * DAY_MS);

/**
 * Several values stand side by side, parted by commas: the last one is completed, the ones before it are kept, so that
 * choosing again adds.
 */
export function completeList(typed: string, named: readonly Named[]): Choices {
  return completeOf(
    typed,
    named,
    ({ id, name }, last) => id.toLowerCase().includes(last) || name.toLowerCase().includes(last),
  );
}

/** The same by what `fits` the last value, in lower case. */
export function completeOf(
  typed: string,
  named: readonly Named[],
  fits: (one: Named, last: string) => boolean,
): Choices {
  const parts = typed.split(",").map((part) => part.trim());
  const last = (parts.pop() ?? "").toLowerCase();
  const kept = parts.flatMap((part) => findNamed(part, named) ?? []);
  return named
    .filter((one) => !kept.includes(one) && fits(one, last))
    .map((one) => [...kept, one])
    .map((list) => ({ name: list.map(({ name }) => name).join(", "), value: list.map(({ id }) => id).join(",") }))
    .filter(({ value }) => value.length <= MAX_CHOICE)
    .map(({ name, value }) => ({ name: labelWithin(name, MAX_CHOICE), value }))
    .slice(0, MAX_CHOICES);
}

/** What stands between commas. */
export const readWords = (typed: string | null): readonly string[] =>
  (typed ?? "").split(",").flatMap((part) => part.trim() || []);

export function findNamed(text: string, named: readonly Named[]): Named | null {
  const wanted = text.toLowerCase();
  return named.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted) ?? null;
}

/** What drops a story may be named by several axes, or be any words. */
export const unwantable = (pack: Pack): readonly Named[] => [
  ...AXES.point(pack),
  ...AXES.place(pack),
  ...AXES.actor(pack),
  ...AXES.source(pack),
];

export const readUnwanted = (typed: string, pack: Pack): readonly string[] =>
  readWords(typed).map((word) => findNamed(word, unwantable(pack))?.id ?? word);

/** The ids that an option names, by id or by name; or what it names and there is not. */
export function readNamed(name: AxisOption, typed: string | null, pack: Pack): Read<readonly string[]> {
  const ids = new Set<string>();
  for (const part of readWords(typed)) {
    const found = findNamed(part, AXES[name](pack));
    if (found === null) {
      const what = name === "point" ? "friction point" : name;
      return {
        fault: `There is no ${what} “${escapeWithin(part, LONGEST_TYPED)}”. Choose one from the list that appears while you type.`,
      };
    }
    ids.add(found.id);
  }
  return { value: [...ids] };
}
