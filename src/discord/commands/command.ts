import {
  type ApplicationCommandOptionChoiceData,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  MessageFlags,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { Pack } from "#model/pack.ts";
import type { Db } from "#store/database.ts";

type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;
export type Log = { readonly error: Say; readonly warn: Say; readonly info: Say };

/** What an answer may draw on. */
export type Context = { readonly db: Db; readonly pack: Pack; readonly clock: () => Date; readonly log: Log };

/** What a person is told. `update` changes the message that the button stands on instead of sending a new one. */
export type Answer = Pick<InteractionReplyOptions, "content" | "embeds" | "components"> & {
  readonly flags?: MessageFlags.Ephemeral;
  readonly update?: true;
};

export type Choices = readonly ApplicationCommandOptionChoiceData<string>[];

export const NO_CHOICES: Choices = [];

export type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** One command: how Discord shows it, and what it answers. */
export type Command = {
  readonly definition: Definition;
  readonly run: (interaction: ChatInputCommandInteraction, context: Context) => Promise<Answer>;
  readonly complete?: (interaction: AutocompleteInteraction, context: Context) => Promise<Choices> | Choices;
};

export type Button = (interaction: ButtonInteraction, args: readonly string[], context: Context) => Promise<Answer>;

/** Only the person who asked sees it. */
export function privately(content: string): Answer & { readonly flags: MessageFlags.Ephemeral } {
  return { content, flags: MessageFlags.Ephemeral };
}
