import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ChannelType,
  type ChatInputCommandInteraction,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeText } from "#discord/escape.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { subscribe, unsubscribe } from "#store/subscribing.ts";
import type { NewSubscription } from "#store/subscriptions.ts";
import { broughtBy, PREVIEW_DAYS } from "./brought.ts";
import { type Command, type Context, management, managing, NO_CHOICES } from "./command.ts";
import { previewOf } from "./confirm.ts";
import { filterText, fullText, storyLines } from "./list.ts";
import { mannerText, readManner } from "./manner.ts";
import { AXES, axisOption, completeList, findNamed, isAxisOption, type Named, readList, readWords } from "./options.ts";

const SHOWN = 3;
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

/** `/follow`: shows what the last 30 days would have brought, and saves when it is confirmed. */
export const follow: Command = {
  definition: management("follow", "Post what moves on a friction point, in a place, at a stage … to a channel", [
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
      choices: [
        { name: "each movement as it comes", value: "each" },
        { name: "hourly digest", value: "hourly" },
        { name: "daily digest", value: "daily" },
        { name: "weekly digest", value: "weekly" },
      ],
    },
    text("at", "Time of a daily or weekly digest: 08:00, Friday 16:00"),
    completed("timezone", "Time zone of those times: Europe/Paris"),
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
      type: ApplicationCommandOptionType.Integer,
      name: "replace",
      description: "Number of a request in /following that this one replaces",
      min_value: 1,
    },
  ]),

  complete(interaction, { pack }) {
    const { name, value } = interaction.options.getFocused(true);
    if (isAxisOption(name)) return completeList(value, AXES[name](pack));
    if (name === "not") return completeList(value, unwantable(pack));
    return name === "timezone" ? completeList(value, TIME_ZONES) : NO_CHOICES;
  },

  async run(interaction, context) {
    const { guildId, channelId, options, user } = interaction;
    if (guildId === null) return privately("Only a server's channels can follow.");
    const filter = readFilter(interaction, context);
    if ("fault" in filter) return privately(filter.fault);
    const manner = readManner(interaction);
    if ("fault" in manner) return privately(manner.fault);
    const destination = options.getChannel("channel")?.id ?? channelId;
    const wanted = { guildId, destination, filter: filter.value, manner: manner.value, createdBy: user.id };
    return preview(wanted, options.getInteger("replace"), managing(interaction, context), context);
  },
};

const TIME_ZONES: readonly Named[] = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((id) => ({ id, name: id }));

const unwantable = (pack: Context["pack"]): readonly Named[] => [
  ...AXES.point(pack),
  ...AXES.place(pack),
  ...AXES.actor(pack),
  ...AXES.source(pack),
];

function readFilter(
  { options }: ChatInputCommandInteraction,
  { pack }: Context,
): { readonly value: Filter } | { readonly fault: string } {
  const axes = [
    ["point", "points"],
    ["place", "places"],
    ["stage", "stages"],
    ["actor", "actors"],
    ["source", "sources"],
  ] as const;
  let filter: Filter = { ...EVERYTHING, words: readWords(options.getString("words")) };
  for (const [name, key] of axes) {
    const read = readList(options.getString(name), AXES[name](pack));
    if ("unknown" in read)
      return {
        fault: `There is no ${name} “${escapeText(read.unknown)}”. Choose one from the list that appears while you type.`,
      };
    filter = { ...filter, [key]: read.ids };
  }
  if (filterText(filter, pack) === filterText(EVERYTHING, pack))
    return { fault: "Name at least one friction point, place, stage, actor, source or word." };
  const not = readWords(options.getString("not")).map((word) => findNamed(word, unwantable(pack))?.id ?? word);
  return { value: { ...filter, not } };
}

async function preview(
  wanted: NewSubscription & Required<Pick<NewSubscription, "manner">>,
  replaces: number | null,
  manage: ReturnType<typeof managing>,
  context: Context,
): Promise<Answer> {
  const { db, pack, later, missing } = context;
  const brought = await broughtBy(wanted.filter, context);
  const dropped = wanted.filter.not.length === 0 ? null : brought.unwanted;
  const lacking = missing(wanted.destination);
  const posts = `**${brought.posts === 1 ? "1 post" : `${brought.posts} posts`}${brought.orMore ? " or more" : ""}** in the last ${PREVIEW_DAYS} days`;
  const entries = [
    `<#${wanted.destination}> would follow ${filterText(wanted.filter, pack)}: ${mannerText(wanted.manner)}.`,
    `${posts}${dropped === null ? "" : `; ${dropped === 1 ? "1 story" : `${dropped} stories`} dropped by “not”`}.${brought.stories.length === 0 ? "" : " The newest:"}`,
    ...(await storyLines(db, brought.stories.slice(0, SHOWN), pack)),
    ...(lacking.length === 0 ? [] : [`⚠ Policywire lacks ${lacking.join(" and ")} in <#${wanted.destination}>.`]),
  ];
  return previewOf(
    entries,
    "Follow",
    manage(() => saved(wanted, replaces, context)),
    later,
  );
}

async function saved(
  wanted: NewSubscription & Required<Pick<NewSubscription, "manner">>,
  replaces: number | null,
  { db, pack, clock, log }: Context,
): Promise<Answer> {
  const said = (content: string): Answer => ({ content, embeds: [], components: [], update: true });
  const done = await subscribe(db, wanted, replaces, clock());
  if (done.kind === "full") return said(fullText(done.who));
  const { id } = done.subscription;
  log.info("followed", { subscription: id, guild: wanted.guildId, by: wanted.createdBy, replaces });
  const content = `<#${wanted.destination}> now follows ${filterText(wanted.filter, pack)}: ${mannerText(wanted.manner)}. What moves from now on is posted there; \`/following\` lists, pauses and removes.`;
  return { ...said(content), undo: () => unsubscribe(db, done) };
}
