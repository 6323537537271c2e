import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  MessageFlags,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { labelWithin } from "#discord/escape.ts";
import { AXES, isAxisOption, unwantable } from "#model/axes.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { MODES, REMINDING } from "#model/subscription.ts";
import { namedDestinations } from "#store/destinations.ts";
import { askerOf, CLOSED, whereText } from "./asker.ts";
import { type Choices, type Command, type Context, management, managing, NO_CHOICES } from "./command.ts";
import { previewOf } from "./confirm.ts";
import { followForm } from "./follow-form.ts";
import { isAsked, readDraft } from "./follow-options.ts";
import { lawChoices } from "./laws.ts";
import { MODE_NAMES, REMINDER_NAMES, zoneChoices } from "./manner.ts";
import { axisOption, completeList, MAX_CHOICE, MAX_CHOICES } from "./options.ts";
import { broughtLines, type Draft, draftText, isBoundless, type Manage, saved } from "./request.ts";

const text = (name: string, description: string): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  max_length: LONGEST_TYPED,
});

const completed = (name: string, description: string): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  autocomplete: true,
  max_length: LONGEST_TYPED,
});

/**
 * `/follow`: without a filter a form; with one it shows what the last 30 days would have brought, and saves when it is confirmed.
 * In direct messages it is for the person who asks.
 */
export const follow: Command = {
  definition: {
    ...management("follow", "Choose in a form, or by options, what moves to a channel, or to you in a direct message", [
      completed("preset", "A ready-made request; further options change it"),
      axisOption("point", "Friction points; choose again after a comma for several"),
      axisOption("place", "Places; choose again after a comma for several"),
      axisOption("stage", "Stages; choose again after a comma for several"),
      axisOption("actor", "Actors; choose again after a comma for several"),
      axisOption("law", "Laws, bills, acts and cases, by number or name; choose again after a comma for several"),
      axisOption("source", "Feeds; choose again after a comma for several"),
      text("words", "Words or phrases that must all stand in it, parted by commas"),
      completed("not", "What drops a story: points, places, actors, feeds or words, parted by commas"),
      {
        type: ApplicationCommandOptionType.Channel,
        name: "channel",
        description: "Where to post; this channel if left out",
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
      },
      completed(
        "to",
        "In place of a channel, a destination beside Discord that the bot's operators let this server use",
      ),
      {
        type: ApplicationCommandOptionType.String,
        name: "mode",
        description: "A message for each movement, or a digest",
        choices: MODES.map((value) => ({ name: MODE_NAMES[value], value })),
      },
      text("at", "Time of a daily digest: 08:00, or of a weekly one: Friday 16:00"),
      completed("timezone", "Time zone of those times, by a city: Berlin"),
      text("quiet", "Hours in which single posts wait: 22:00-07:00"),
      {
        type: ApplicationCommandOptionType.Role,
        name: "mention",
        description: "A role to mention, at most once an hour",
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: "threads",
        description: "Later movements of a story go to a thread under its first card",
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: "quiet-days",
        description: "Whether a daily or weekly digest says so when nothing moved; it does if left out",
      },
      {
        type: ApplicationCommandOptionType.String,
        name: "reminders",
        description: "Reminders 7 days and 1 day before a deadline; they come if left out",
        choices: REMINDING.map((value) => ({ name: REMINDER_NAMES[value], value })),
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: "memo",
        description: "Whether a memo of the week comes on Fridays at 16:00; it does not if left out",
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: "silences",
        description: "Whether it is said when a point that usually moves is silent for weeks; it is if left out",
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: "replace",
        description: "Number of a request in /following that this one replaces",
        min_value: 1,
      },
    ]),
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },

  complete(interaction, context) {
    const { pack } = context;
    const { name, value } = interaction.options.getFocused(true);
    if (name === "law") return lawChoices(value, context);
    if (isAxisOption(name)) return completeList(value, AXES[name](pack));
    if (name === "not") return completeList(value, unwantable(pack));
    if (name === "preset") return presetChoices(value, pack);
    if (name === "to") return destinationChoices(value, interaction.guildId, context);
    return name === "timezone" ? zoneChoices(value) : NO_CHOICES;
  },

  async run(interaction, context) {
    const asker = await askerOf(interaction, context);
    if (asker === null) return privately(CLOSED);
    const read = await readDraft(interaction, asker, context);
    if ("fault" in read) return privately(read.fault);
    const draft = read.value;
    const manage = managing(interaction, context);
    return isAsked(interaction.options) && !isBoundless(draft.wanted.filter)
      ? preview(draft, manage, context)
      : { ...(await followForm(draft, manage, context)), flags: MessageFlags.Ephemeral };
  },
};

const presetChoices = (typed: string, { presets }: Context["pack"]): Choices =>
  presets
    .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))
    .map(({ name }) => ({ name: labelWithin(name, MAX_CHOICE), value: name }));

/** Those that this server may use. */
async function destinationChoices(typed: string, guildId: string | null, { db }: Context): Promise<Choices> {
  const usable = guildId === null ? [] : await namedDestinations(db, guildId);
  return usable
    .filter(({ name }) => name.includes(typed.trim().toLowerCase()))
    .slice(0, MAX_CHOICES)
    .map(({ name, kind }) => ({ name: `${name} (${kind})`, value: name }));
}

async function preview(draft: Draft, manage: Manage, context: Context): Promise<Answer> {
  const { wanted } = draft;
  const who = wanted.guildId === null ? "You" : whereText(wanted);
  const entries = [`${who} would follow ${draftText(draft, context)}.`, ...(await broughtLines(draft, context))];
  return previewOf(
    entries,
    "Follow",
    manage(() => saved(draft, manage, context)),
    context.later,
  );
}
