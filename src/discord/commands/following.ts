import { ButtonStyle, ComponentType, InteractionContextType, MessageFlags, Routes } from "discord.js";
import { escapeText, timestamp } from "#discord/escape.ts";
import { failureOf } from "#discord/failure.ts";
import { NO_MENTIONS } from "#discord/message.ts";
import { stillNews } from "#discord/resume.ts";
import { outboxKey, type Subscription } from "#model/subscription.ts";
import { deliveriesIn, heldChannels } from "#store/deliveries.ts";
import { resumeDestination } from "#store/outbox.ts";
import {
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
  subscriptionById,
  subscriptionsOf,
} from "#store/subscriptions.ts";
import { type Answer, type Command, type Context, management, privately } from "./command.ts";
import { filterText, fitting } from "./list.ts";
import { mannerText } from "./manner.ts";

/** Discord's limit for a menu. */
const MAX_LISTED = 25;
const MAX_CONTENT = 2_000;
const MAX_LABEL = 100;

type Owner = { readonly guildId: string } | { readonly destination: string };

/** `/following`: what this server, or in a direct message this person, follows; with a menu to pause, test and remove. */
export const following: Command = {
  definition: {
    ...management("following", "List what this server follows, and pause, test or remove it"),
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },
  async run({ guildId, channelId }, context) {
    return {
      ...(await listed(guildId === null ? { destination: channelId } : { guildId }, context)),
      flags: MessageFlags.Ephemeral,
    };
  },
};

async function listed(owner: Owner, context: Context): Promise<Answer> {
  const { db, pack, later } = context;
  const subscriptions = (await subscriptionsOf(db, owner)).slice(0, MAX_LISTED);
  if (subscriptions.length === 0)
    return { content: "Nothing is followed here yet. `/follow` begins.", embeds: [], components: [] };
  const lines = subscriptions.map(
    (one) =>
      `**${one.id}** <#${one.destination}>: ${filterText(one.filter, pack)} — ${one.pausedAt === null ? mannerText(one.manner) : `paused: ${one.pauseReason ?? ""}`}`,
  );
  const choose = later.idFor(async (interaction) => {
    const id = interaction.isStringSelectMenu() ? Number(interaction.values[0]) : Number.NaN;
    return { ...(await detail(id, owner, context)), update: true };
  });
  const options = subscriptions.map(({ id, filter }) => ({
    label: `${id}: ${filterText(filter, pack).replaceAll("\\", "")}`.slice(0, MAX_LABEL),
    value: String(id),
  }));
  return {
    content: fitting(lines, MAX_CONTENT),
    embeds: [],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          { type: ComponentType.StringSelect, custom_id: choose, placeholder: "Pause, test or remove …", options },
        ],
      },
    ],
  };
}

/** One request, how it last went, and what can be done about it. */
async function detail(id: number, owner: Owner, context: Context): Promise<Answer> {
  const { db, pack, clock, later, log } = context;
  const subscription = await subscriptionById(db, id);
  if (subscription === null) return listed(owner, context);
  const again = async (change: string, by: string): Promise<Answer> => {
    log.info(change, { subscription: id, guild: subscription.guildId, by });
    return { ...(await detail(id, owner, context)), update: true };
  };
  const pause = later.button("Pause", async ({ user }) => {
    await pauseSubscription(db, id, "by hand", clock());
    return again("paused", user.id);
  });
  const resume = later.button("Resume", async ({ user }) => {
    await resumeSubscription(db, id);
    const held = (await heldChannels(db)).includes(subscription.destination);
    if (held) await resumeDestination(db, subscription.destination, stillNews(clock()), clock());
    return again("resumed", user.id);
  });
  const test = later.button("Test", () => tested(subscription, context));
  const remove = later.button(
    "Remove",
    async ({ user }) => {
      await removeSubscription(db, id);
      log.info("unfollowed", { subscription: id, guild: subscription.guildId, by: user.id });
      return { ...(await listed(owner, context)), update: true };
    },
    ButtonStyle.Danger,
  );
  const back = later.button("Back", async () => ({ ...(await listed(owner, context)), update: true }));
  const lines = [
    `**${id}** <#${subscription.destination}> follows ${filterText(subscription.filter, pack)}: ${mannerText(subscription.manner)}.`,
    `Since ${timestamp(subscription.createdAt, "f")}${subscription.createdBy === null ? "" : `, by <@${subscription.createdBy}>`}.`,
    ...(subscription.pausedAt === null
      ? []
      : [`**Paused** ${timestamp(subscription.pausedAt)}: ${escapeText(subscription.pauseReason ?? "")}`]),
    ...(await lastly(subscription, context)),
    `To change it, type \`/follow\` anew with \`replace:${id}\`.`,
  ];
  const buttons = [subscription.pausedAt === null ? pause : resume, test, remove, back];
  return {
    content: fitting(lines, MAX_CONTENT),
    embeds: [],
    components: [{ type: ComponentType.ActionRow, components: buttons }],
  };
}

/** The last post, and what is held, dead or waiting with its reason. */
async function lastly(subscription: Subscription, { db }: Context): Promise<string[]> {
  const destinations = [outboxKey(subscription)];
  const newest = async (state: Parameters<typeof deliveriesIn>[1]) =>
    (await deliveriesIn(db, state, { limit: 1, destinations }))[0];
  const [posted, due, held, dead] = [
    await newest("posted"),
    await newest("due"),
    await newest("held"),
    await newest("dead"),
  ];
  const failed = [due, held, dead].find((delivery) => delivery?.reason != null);
  return [
    posted?.settledAt == null
      ? "Nothing was posted yet."
      : `Last post ${timestamp(posted.settledAt)} (story ${posted.storyId}).`,
    ...(failed === undefined
      ? []
      : [`Last failure (story ${failed.storyId}, ${failed.state}): ${escapeText(failed.reason ?? "")}`]),
  ];
}

/** Proves that the bot may post there. */
async function tested({ destination, filter }: Subscription, { rest, pack }: Context): Promise<Answer> {
  try {
    const content = `This is a test. This channel follows ${filterText(filter, pack)}.`;
    await rest.post(Routes.channelMessages(destination), {
      body: { content: content.slice(0, MAX_CONTENT), allowed_mentions: NO_MENTIONS },
    });
    return privately(`A test was posted to <#${destination}>.`);
  } catch (error) {
    return privately(`The test could not be posted to <#${destination}>: ${escapeText(failureOf(error).reason)}`);
  }
}
