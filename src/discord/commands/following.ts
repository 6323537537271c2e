import {
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  PermissionFlagsBits,
} from "discord.js";
import type { Subscription } from "#model/subscription.ts";
import { removeSubscription, subscriptionById, subscriptionsOf } from "#store/subscriptions.ts";
import { type Answer, type Button, type Command, type Context, privately } from "./command.ts";
import { filterText, fitting } from "./list.ts";

/** Five rows of five buttons fit on a message; one row is left for paging. */
const MAX_LISTED = 20;
const PER_ROW = 5;
const MAX_CONTENT = 2_000;

/** `/following`: what this server follows, with a button to remove each. */
export const following: Command = {
  definition: {
    name: "following",
    description: "List what this server follows, and remove what it no longer wants",
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  },
  async run(interaction, context) {
    if (interaction.guildId === null) return privately("Only a server's channels can follow.");
    return listed(interaction.guildId, context);
  },
};

/** The button `unfollow:ID`. */
export const unfollow: Button = async (interaction, [id], context) => {
  const subscription = await subscriptionById(context.db, Number(id));
  const allowed = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  if (interaction.guildId === null || subscription?.guildId !== interaction.guildId || !allowed)
    return privately("Only those who manage this server can change what it follows.");
  await removeSubscription(context.db, subscription.id);
  context.log.info("unfollowed", {
    subscription: subscription.id,
    guild: interaction.guildId,
    by: interaction.user.id,
  });
  return { ...(await listed(interaction.guildId, context)), update: true };
};

async function listed(guildId: string, { db, pack }: Context): Promise<Answer> {
  const subscriptions = await subscriptionsOf(db, { guildId });
  if (subscriptions.length === 0)
    return { ...privately("This server follows nothing yet. `/follow` begins."), components: [] };
  const shown = subscriptions.slice(0, MAX_LISTED);
  const lines = shown.map((subscription, at) => {
    const paused = subscription.pausedAt === null ? "" : ` — **paused**: ${subscription.pauseReason ?? "by hand"}`;
    return `${at + 1}\\. <#${subscription.destination}>: ${filterText(subscription.filter, pack)}${paused}`;
  });
  return { ...privately(fitting(lines, MAX_CONTENT)), components: rowsOf(shown) };
}

function rowsOf(subscriptions: readonly Subscription[]): NonNullable<Answer["components"]> {
  const buttons = subscriptions.map(({ id }, at) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Danger as const,
    label: `Remove ${at + 1}`,
    custom_id: `unfollow:${id}`,
  }));
  return Array.from({ length: Math.ceil(buttons.length / PER_ROW) }, (_, row) => ({
    type: ComponentType.ActionRow as const,
    components: buttons.slice(row * PER_ROW, (row + 1) * PER_ROW),
  }));
}
