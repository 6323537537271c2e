import { setTimeout as pause } from "node:timers/promises";
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type RepliableInteraction,
} from "discord.js";
import { type Answer, privately } from "./answer.ts";
import { BUTTONS, COMMANDS, MENU, MODALS } from "./commands/all.ts";
import { type Context, NO_CHOICES } from "./commands/command.ts";

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
  if (!interaction.isRepliable()) return;
  const given = await answerTo(interaction, context);
  try {
    await reply(interaction, given);
  } catch (error) {
    await given.undo?.();
    throw error;
  }
}

async function answerTo(interaction: Interaction, context: Context): Promise<Answer> {
  if (interaction.isChatInputCommand()) return run(interaction, context);
  if (interaction.isMessageContextMenuCommand()) return choose(interaction, context);
  if (interaction.isModalSubmit()) return submit(interaction, context);
  if (interaction.isMessageComponent()) return press(interaction, context);
  return privately("Policywire does not know what to do with this.");
}

async function complete(interaction: AutocompleteInteraction, context: Context): Promise<void> {
  const command = COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  await interaction.respond([...((await command?.complete?.(interaction, context)) ?? NO_CHOICES)]);
}

const UNKNOWN = "This command is not known any more. Discord will drop it from its list soon.";

async function run(interaction: ChatInputCommandInteraction, context: Context): Promise<Answer> {
  const command = COMMANDS.find(({ definition }) => definition.name === interaction.commandName);
  return command === undefined ? privately(UNKNOWN) : command.run(interaction, context);
}

async function choose(interaction: MessageContextMenuCommandInteraction, context: Context): Promise<Answer> {
  const entry = MENU.find(({ definition }) => definition.name === interaction.commandName);
  return entry === undefined ? privately(UNKNOWN) : entry.run(interaction, context);
}

/** An id is `kind:argument:…`; those of private answers are kept in `later`. */
async function press(interaction: MessageComponentInteraction, context: Context): Promise<Answer> {
  const act = context.later.actFor(interaction.customId);
  if (act !== null) return act(interaction);
  const [kind = "", ...args] = interaction.customId.split(":");
  const button = BUTTONS[kind];
  if (button !== undefined && interaction.isButton())
    return button(interaction satisfies ButtonInteraction, args, context);
  return privately("This answer has grown too old for its buttons. Ask again.");
}

async function submit(interaction: ModalSubmitInteraction, context: Context): Promise<Answer> {
  const then = context.later.submitFor(interaction.customId);
  if (then !== null) return then(interaction);
  const [kind = "", ...args] = interaction.customId.split(":");
  const modal = MODALS[kind];
  return modal === undefined ? privately("This form leads nowhere any more.") : modal(interaction, args, context);
}

async function reply(
  interaction: RepliableInteraction,
  { update, modal, flags, undo: _, ...message }: Answer,
): Promise<void> {
  if (modal !== undefined && !interaction.isModalSubmit()) await interaction.showModal(modal);
  else if (update === true && interaction.isMessageComponent()) await interaction.update(message);
  // A form that a button of a message opened changes that message.
  else if (update === true && interaction.isModalSubmit() && interaction.isFromMessage())
    await interaction.update(message);
  else await interaction.reply({ ...message, ...(flags === undefined ? {} : { flags }) });
}

/** The network that lost an answer may lose the next one too; longer than this nobody waits. */
const SORRY_AFTER_MS = [0, 300, 1_000, 3_000];

/**
 * The last resort: whatever went wrong is logged, and the person hears that it did. An answer that reached them all the same is
 * replaced.
 */
async function complain(interaction: Interaction, error: unknown, { log }: Context): Promise<void> {
  log.error("an interaction failed", { error, interaction: interaction.id });
  if (!interaction.isRepliable() || interaction.replied || interaction.deferred) return;
  const content = "Something went wrong here, and nothing was changed; the operators can see it in the log.";
  const say = () =>
    interaction
      .reply(privately(content))
      .catch(() => interaction.webhook.editMessage("@original", { content, embeds: [], components: [] }));
  let last: unknown;
  for (const ms of SORRY_AFTER_MS) {
    if (ms > 0) await pause(ms);
    try {
      await say();
      return;
    } catch (second) {
      last = second;
    }
  }
  log.warn("nor could it be said", { error: last });
}
