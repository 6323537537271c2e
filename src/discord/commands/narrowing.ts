import type { AutocompleteInteraction, ChatInputCommandInteraction } from "discord.js";
import { AXES, AXIS_FIELDS, isAxisOption } from "#model/axes.ts";
import type { Narrowed } from "#store/latest.ts";
import type { Choices, Context } from "./command.ts";
import { NO_CHOICES } from "./command.ts";
import { lawChoices, readLaws } from "./laws.ts";
import { axisOption, completeList, type Read, readNamed, sinceOption, startOf } from "./options.ts";

/** The options by which a look-up is narrowed; `usual` is its period when none is chosen. */
export const narrowingOptions = (usual: string) => [
  axisOption("point", "Friction points; choose again after a comma for several"),
  axisOption("place", "Places; choose again after a comma for several"),
  axisOption("stage", "Stages; choose again after a comma for several"),
  axisOption("actor", "Who acts, by name; choose again after a comma for several"),
  axisOption("law", "Laws, bills, acts and cases, by number or name; choose again after a comma for several"),
  axisOption("source", "Feeds; choose again after a comma for several"),
  sinceOption(usual),
];

export function completeNarrowing(
  { options }: AutocompleteInteraction,
  context: Pick<Context, "db" | "pack">,
): Promise<Choices> | Choices {
  const { pack } = context;
  const { name, value } = options.getFocused(true);
  if (name === "law") return lawChoices(value, context);
  return isAxisOption(name) ? completeList(value, AXES[name](pack)) : NO_CHOICES;
}

type Narrowing = Narrowed & { readonly points: readonly string[]; readonly places: readonly string[] };

/** What the options narrow to; by time only where `period` says how long. */
export async function readNarrowing(
  { options }: ChatInputCommandInteraction,
  period: string | null,
  context: Pick<Context, "db" | "pack" | "clock">,
): Promise<Read<Narrowing>> {
  let narrowing: Narrowing = {
    points: [],
    places: [],
    ...(period === null ? {} : { since: startOf(period, context.clock()) }),
  };
  for (const [name, key] of AXIS_FIELDS) {
    const read = readNamed(name, options.getString(name), context.pack);
    if ("fault" in read) return read;
    narrowing = { ...narrowing, [key]: read.value };
  }
  const laws = await readLaws(options.getString("law") ?? "", context);
  return "fault" in laws ? laws : { value: { ...narrowing, laws: laws.value } };
}
