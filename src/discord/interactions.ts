import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
} from "discord.js";
import { BUTTONS, COMMANDS } from "./commands/all.ts";
import type { Answer, Context } from "./commands/command.ts";
import { NO_CHOICES, privately } from "./commands/command.ts";

/** Answers every interaction, and knows which answers are still under way. */
export function answerInteractions(client: Client, context: Context): { settled(): Promise<void> } {
  const running = new Set<Promise<void>>();
  client.on(Events.InteractionCreate, (interaction) => {
    const answered: Promise<void> = answer(interaction, context)
      .catch((error: unknown) => complain(interaction, error, context))
      .finally(() => running.delete(answered));
    running.add(answered);
  });
  return {
    async settled() {
      await Promise.all(running);
    },
  };
}

async function answer(interaction: Interaction, context: Context): Promise<void> {
  if (interaction.isAutocomplete()) return complete(interaction, context);
  if (interaction.isChatInputCommand()) return run(interaction, context);
  if (interaction.isButton()) return press(interaction, context);
}

async function run(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const command = COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  if (command === undefined)
    return reply(
      interaction,
      privately("This command is not known any more. Discord will drop it from its list soon."),
    );
  await reply(interaction, await command.run(interaction, context));
}

async function complete(interaction: AutocompleteInteraction, context: Context): Promise<void> {
  const command = COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  await interaction.respond([...((await command?.complete?.(interaction, context)) ?? NO_CHOICES)]);
}

/** A button's id is `kind:argument:…`. */
async function press(interaction: ButtonInteraction, context: Context): Promise<void> {
  const [kind = "", ...rest] = interaction.customId.split(":");
  const button = BUTTONS[kind];
  if (button === undefined) return reply(interaction, privately("This button does nothing any more."));
  await reply(interaction, await button(interaction, rest, context));
}

async function reply(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  { update, ...message }: Answer,
): Promise<void> {
  if (update === true && interaction.isButton()) await interaction.update({ ...message, flags: [] });
  else await interaction.reply(message);
}

/** The last resort: whatever went wrong is logged, and the person hears that it did. */
async function complain(interaction: Interaction, error: unknown, { log }: Context): Promise<void> {
  log.error("an interaction failed", { error, interaction: interaction.id });
  if (!interaction.isRepliable() || interaction.replied || interaction.deferred) return;
  await interaction
    .reply(privately("Something went wrong here; the operators can see it in the log."))
    .catch((second: unknown) => {
      log.warn("nor could it be said", { error: second });
    });
}
