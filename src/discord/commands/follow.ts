import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin, labelWithin } from "#discord/escape.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { requestOf } from "#model/preset.ts";
import { AT_ONCE, EVERYTHING, type Filter, isReaders, type Manner, MODES } from "#model/subscription.ts";
import { zoneOf } from "#store/guilds.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { type Asker, askerOf, CLOSED, whereText } from "./asker.ts";
import { type Choices, type Command, type Context, management, managing, NO_CHOICES } from "./command.ts";
import { previewOf } from "./confirm.ts";
import { followForm } from "./follow-form.ts";
import { MODE_NAMES, readManner, zoneChoices } from "./manner.ts";
import {
  AXES,
  axisOption,
  completeList,
  isAxisOption,
  MAX_CHOICE,
  type Read,
  readNamed,
  readUnwanted,
  readWords,
  unwantable,
} from "./options.ts";
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
      completed("preset", "A ready-made request; further options narrow it"),
      axisOption("point", "Friction points; choose again after a comma for several"),
      axisOption("place", "Places; choose again after a comma for several"),
      axisOption("stage", "Stages; choose again after a comma for several"),
      axisOption("actor", "Actors; choose again after a comma for several"),
      axisOption("source", "Feeds; choose again after a comma for several"),
      text("words", "Words or phrases that must all stand in it, parted by commas"),
      completed("not", "What drops a story: points, places, actors, feeds or words, parted by commas"),
      {
        type: ApplicationCommandOptionType.Channel,
        name: "channel",
        description: "Where to post; this channel if left out",
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
      },
      {
        type: ApplicationCommandOptionType.String,
        name: "mode",
        description: "A message for each movement, or a digest",
        choices: MODES.map((value) => ({ name: MODE_NAMES[value], value })),
      },
      text("at", "Time of a daily or weekly digest: 08:00, Friday 16:00"),
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
        type: ApplicationCommandOptionType.Integer,
        name: "replace",
        description: "Number of a request in /following that this one replaces",
        min_value: 1,
      },
    ]),
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },

  complete(interaction, { pack }) {
    const { name, value } = interaction.options.getFocused(true);
    if (isAxisOption(name)) return completeList(value, AXES[name](pack));
    if (name === "not") return completeList(value, unwantable(pack));
    if (name === "preset") return presetChoices(value, pack);
    return name === "timezone" ? zoneChoices(value) : NO_CHOICES;
  },

  async run(interaction, context) {
    const asker = await askerOf(interaction, context);
    if (asker === null) return privately(CLOSED);
    const read = await readDraft(interaction, asker, context);
    if ("fault" in read) return privately(read.fault);
    const draft = read.value;
    const manage = managing(interaction, context);
    const isAsked = FILTERING.some((name) => interaction.options.getString(name) !== null);
    return isAsked && !isBoundless(draft.wanted.filter)
      ? preview(draft, manage, context)
      : { ...(await followForm(draft, manage, context)), flags: MessageFlags.Ephemeral };
  },
};

/** Options that say what is followed: without one of them a form asks. */
const FILTERING = ["preset", "point", "place", "stage", "actor", "source", "words"] as const;

/** Nobody else reads direct messages, and they have no threads. */
const ALONE = { mention: null, threads: false };

/** What the options ask for; what they leave out is as in the preset, in the request that is changed, or usual. */
async function readDraft(
  interaction: ChatInputCommandInteraction,
  asker: Asker,
  context: Context,
): Promise<Read<Draft>> {
  const { options, user } = interaction;
  const replaces = options.getInteger("replace");
  const base = await baseOf(options, asker, context);
  if ("fault" in base) return base;
  const filter = readFilter(options, base.value.filter, context);
  if ("fault" in filter) return filter;
  const manner = readManner(interaction, base.value.manner);
  if ("fault" in manner) return manner;
  const isDirect = asker.guildId === null;
  const channel = isDirect ? null : options.getChannel("channel");
  const wanted = {
    guildId: asker.guildId,
    destination: channel?.id ?? base.value.destination,
    filter: filter.value,
    manner: isDirect ? { ...manner.value, ...ALONE } : manner.value,
    createdBy: user.id,
  };
  return { value: { wanted, replaces } };
}

type Options = ChatInputCommandInteraction["options"];

/** A preset, the request that a form is to change, or nothing yet. */
async function baseOf(
  options: Options,
  { guildId, destination }: Asker,
  { db, pack }: Context,
): Promise<Read<{ readonly filter: Filter; readonly manner: Manner; readonly destination: string }>> {
  const timeZone = (guildId === null ? null : await zoneOf(db, guildId)) ?? AT_ONCE.timeZone;
  const usual = { filter: EVERYTHING, manner: { ...AT_ONCE, timeZone }, destination };
  const name = options.getString("preset");
  if (name !== null) {
    const preset = presetNamed(name, pack);
    return preset === undefined
      ? { fault: `There is no preset “${escapeWithin(name, LONGEST_TYPED)}”. Choose one from the list.` }
      : { value: { ...requestOf(preset, usual.manner), destination } };
  }
  const number = options.getInteger("replace");
  if (number === null || FILTERING.some((one) => options.getString(one) !== null)) return { value: usual };
  const known = await subscriptionById(db, number);
  const isTheirs = known !== null && known.guildId === guildId && !isReaders(known);
  return isTheirs && (guildId !== null || known.destination === destination) ? { value: known } : { value: usual };
}

const presetNamed = (name: string, { presets }: Context["pack"]) =>
  presets.find((preset) => preset.name.trim().toLowerCase() === name.trim().toLowerCase());

const presetChoices = (typed: string, { presets }: Context["pack"]): Choices =>
  presets
    .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))
    .map(({ name }) => ({ name: labelWithin(name, MAX_CHOICE), value: name }));

function readFilter(options: Options, base: Filter, { pack }: Context): Read<Filter> {
  const axes = [
    ["point", "points"],
    ["place", "places"],
    ["stage", "stages"],
    ["actor", "actors"],
    ["source", "sources"],
  ] as const;
  let filter = base;
  for (const [name, key] of axes) {
    const typed = options.getString(name);
    if (typed === null) continue;
    const read = readNamed(name, typed, pack);
    if ("fault" in read) return read;
    filter = { ...filter, [key]: read.value };
  }
  const [words, not] = [options.getString("words"), options.getString("not")];
  if (words !== null) filter = { ...filter, words: readWords(words) };
  return { value: not === null ? filter : { ...filter, not: readUnwanted(not, pack) } };
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
