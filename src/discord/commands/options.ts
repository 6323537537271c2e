import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from "discord.js";
import { escapeWithin, labelWithin } from "#discord/escape.ts";
import { AXES, type AxisOption, findNamed, type Named, readWords, unwantable } from "#model/axes.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import { DAY_MS } from "#model/time.ts";
import type { Choices } from "./command.ts";

/** What was typed, or a sentence that says what to write instead. */
export type Read<T> = { readonly value: T } | { readonly fault: string };

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
