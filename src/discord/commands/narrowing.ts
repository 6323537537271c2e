import type { AutocompleteInteraction, ChatInputCommandInteraction } from "discord.js";
import { AXES, AXIS_FIELDS, isAxisOption } from "#model/axes.ts";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
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

type Lists = Pick<Filter, (typeof AXIS_FIELDS)[number][1]>;

/** The lists of a filter that the options name, empty where a command has no such option; or what they name and there is not. */
export function readLists({ options }: Pick<ChatInputCommandInteraction, "options">, pack: Pack): Read<Lists> {
  let lists: Lists = EVERYTHING;
  for (const [name, key] of AXIS_FIELDS) {
    const read = readNamed(name, options.getString(name), pack);
    if ("fault" in read) return read;
    lists = { ...lists, [key]: read.value };
  }
  const { points, places, stages, actors, sources } = lists;
  return { value: { points, places, stages, actors, sources } };
}

type Narrowing = Narrowed & { readonly points: readonly string[]; readonly places: readonly string[] };

/** What the options narrow to; by time only where `period` says how long. */
export async function readNarrowing(
  interaction: ChatInputCommandInteraction,
  period: string | null,
  context: Pick<Context, "db" | "pack" | "clock">,
): Promise<Read<Narrowing>> {
  const lists = readLists(interaction, context.pack);
  if ("fault" in lists) return lists;
  const laws = await readLaws(interaction.options.getString("law") ?? "", context);
  if ("fault" in laws) return laws;
  const since = period === null ? {} : { since: startOf(period, context.clock()) };
  return { value: { ...lists.value, laws: laws.value, ...since } };
}
