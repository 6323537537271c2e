import { ApplicationCommandOptionType, ComponentType, type MessageFlags } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeText, escapeWithin, timestamp } from "#discord/escape.ts";
import { AXES, findNamed } from "#model/axes.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { MOST_MUTES, type Mute, without } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { activeMutes, addMute, removeMute, subscriptionsOf } from "#store/subscriptions.ts";
import { broughtBy, PREVIEW_DAYS } from "./brought.ts";
import { type Command, type Context, management, managing, NO_CHOICES } from "./command.ts";
import { previewOf } from "./confirm.ts";
import { fitting, storyLines } from "./list.ts";
import { axisOption, completeList } from "./options.ts";
import { storyChoices, storyOption } from "./story.ts";

const SHOWN = 5;

/** Of a word or a source: all mutes of a channel, with their ends, fit into a message. */
const MAX_MUTED = 38;
const MAX_CONTENT = 2_000;

/** `/mute`: keeps a story, a source or a word out of a channel for a while; without one, lists what is muted. */
export const mute: Command = {
  definition: management("mute", "Keep a story, source or word out of this channel, or list what is", [
    storyOption,
    axisOption("source", "A feed"),
    {
      type: ApplicationCommandOptionType.String,
      name: "word",
      description: "A word or phrase",
      max_length: LONGEST_TYPED,
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: "days",
      description: "For how long; until it is lifted if left out",
      min_value: 1,
      max_value: 365,
    },
  ]),
  complete(interaction, context) {
    const { name, value } = interaction.options.getFocused(true);
    if (name === "story") return storyChoices(value, context);
    return name === "source" ? completeList(value, AXES.source(context.pack)) : NO_CHOICES;
  },
  async run(interaction, context) {
    const { options, channelId, user } = interaction;
    const manage = managing(interaction, context);
    const days = options.getInteger("days");
    const base = {
      destination: channelId,
      until: days === null ? null : new Date(context.clock().getTime() + days * DAY_MS),
      createdBy: user.id,
    };
    const story = options.getInteger("story");
    if (story !== null) return preview({ ...base, kind: "story", value: String(story) }, manage, context);
    const word = options.getString("word")?.trim();
    if (word) return preview({ ...base, kind: "word", value: word }, manage, context);
    const typed = options.getString("source");
    if (typed === null) return listed(channelId, manage, context);
    const source = findNamed(typed, AXES.source(context.pack));
    if (source === null) return privately(`There is no source “${escapeText(typed)}”.`);
    return preview({ ...base, kind: "source", value: source.id }, manage, context);
  },
};

/** Lets those press a button who may. */
type Manage = ReturnType<typeof managing>;

async function preview(wanted: Omit<Mute, "id">, manage: Manage, context: Context): Promise<Answer> {
  const { db, pack, clock, later, log } = context;
  const dropped = new Map<number, Awaited<ReturnType<typeof broughtBy>>["stories"][number]>();
  for (const { filter } of await subscriptionsOf(db, { destination: wanted.destination })) {
    const before = await broughtBy(filter, context);
    const after = await broughtBy(without(filter, [wanted]), context);
    const left = new Set(after.stories.map(({ id }) => id));
    for (const story of before.stories) if (!left.has(story.id)) dropped.set(story.id, story);
  }
  const stories = [...dropped.values()];
  const entries = [
    `${muteText(wanted)} would be kept out of <#${wanted.destination}>. In the last ${PREVIEW_DAYS} days that would have dropped **${stories.length === 1 ? "1 story" : `${stories.length} stories`}**.`,
    ...(await storyLines(db, stories.slice(0, SHOWN), pack)),
  ];
  const act = async (): Promise<Answer> => {
    const mute = await addMute(db, wanted, clock());
    const said = (content: string): Answer => ({ content, embeds: [], components: [], update: true });
    if (mute === null)
      return said(`A channel has ${MOST_MUTES} mutes at most, and this one has them. \`/mute\` lists and lifts.`);
    const answer = said(`${muteText(wanted)} is kept out of <#${wanted.destination}>. \`/mute\` lists and lifts.`);
    if (!mute.isNew) return answer;
    log.info("muted", { mute: mute.id, kind: wanted.kind, channel: wanted.destination, by: wanted.createdBy });
    return { ...answer, undo: async () => void (await removeMute(db, mute.id, mute.destination)) };
  };
  return previewOf(entries, "Mute", manage(act), later);
}

function muteText({ kind, value, until }: Omit<Mute, "id">): string {
  const what =
    kind === "story"
      ? `Story ${escapeWithin(value, MAX_MUTED)}`
      : kind === "source"
        ? `The source ${escapeWithin(value, MAX_MUTED)}`
        : `“${escapeWithin(value, MAX_MUTED)}”`;
  return until === null ? what : `${what} until ${timestamp(until, "f")}`;
}

async function listed(
  channelId: string,
  manage: Manage,
  context: Context,
): Promise<Answer & { readonly flags: MessageFlags.Ephemeral }> {
  const { db, clock, later, log } = context;
  const mutes = (await activeMutes(db, clock(), channelId)).slice(0, MOST_MUTES);
  if (mutes.length === 0) return { ...privately("Nothing is muted in this channel."), components: [] };
  const buttons = mutes.map(({ id }, at) =>
    later.button(
      `Lift ${at + 1}`,
      manage(async ({ user }) => {
        await removeMute(db, id, channelId);
        log.info("unmuted", { mute: id, channel: channelId, by: user.id });
        const { flags: _, ...rest } = await listed(channelId, manage, context);
        return { ...rest, update: true };
      }),
    ),
  );
  const rows = Array.from({ length: Math.ceil(buttons.length / 5) }, (_, row) => ({
    type: ComponentType.ActionRow as const,
    components: buttons.slice(row * 5, row * 5 + 5),
  }));
  return {
    ...privately(
      fitting(
        mutes.map((one, at) => `${at + 1}\\. ${muteText(one)}`),
        MAX_CONTENT,
      ),
    ),
    components: rows,
  };
}
