import {
  type APIButtonComponentWithCustomId,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  MessageFlags,
  Routes,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin, labelWithin, timestamp } from "#discord/escape.ts";
import type { Act } from "#discord/later.ts";
import { NO_MENTIONS } from "#discord/message.ts";
import { stillNews } from "#model/delivery.ts";
import { namedIn } from "#model/destination.ts";
import { destinationOf, isPersons, isReaders, type Subscription } from "#model/subscription.ts";
import { deliveriesIn, heldChannels } from "#store/outbox/deliveries.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import { restore } from "#store/subscribing.ts";
import {
  changeSubscription,
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
  subscriptionsOf,
} from "#store/subscriptions.ts";
import { isServers, whereText } from "./asker.ts";
import { type Command, type Context, management, managing, numberOf } from "./command.ts";
import { followForm } from "./follow-form.ts";
import { filterText, fitting, fullText } from "./list.ts";
import { mannerText } from "./manner.ts";
import { pagesOf } from "./paging.ts";
import { selectMenu } from "./select-menu.ts";

/** What a menu holds, and what a message does. */
const MAX_LISTED = 25;
const MAX_CONTENT = 2_000;
const MAX_LABEL = 100;

/** Of a list's lines; one request alone has room for more. */
const MAX_FILTER = 250;
const MAX_REASON = 150;

/** A server's requests, or its readers' own threads; or all that one person follows. */
type Owner = { readonly guildId: string; readonly readers: boolean } | { readonly createdBy: string };

/** Where the person stands in a list, and what lets them press its buttons. */
type View = { readonly owner: Owner; readonly manage: ReturnType<typeof managing>; readonly page: number };

/** `/following`: what this server, or in a direct message this person, follows; with a menu to change, pause and remove it. */
export const following: Command = {
  definition: {
    ...management("following", "List what this server, or you in a direct message, follows, and change or remove it"),
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },
  async run(interaction, context) {
    const { guildId, user } = interaction;
    const owner = guildId !== null && isServers(interaction) ? { guildId, readers: false } : { createdBy: user.id };
    const view = { owner, manage: managing(interaction, context), page: 0 };
    return { ...(await listed(view, context)), flags: MessageFlags.Ephemeral };
  },
};

async function ownedBy(owner: Owner, { db }: Context): Promise<readonly Subscription[]> {
  return "guildId" in owner
    ? (await subscriptionsOf(db, { guildId: owner.guildId })).filter((one) => isReaders(one) === owner.readers)
    : (await subscriptionsOf(db, owner)).filter(isPersons);
}

/** A page of the list, below what was just done to it. */
async function listed(view: View, context: Context, done: Done | null = null): Promise<Answer> {
  const { owner, manage } = view;
  const { pack, later } = context;
  const all = await ownedBy(owner, context);
  const pages = pagesOf(
    all.map((one) => lineOf(one, context)),
    { perPage: MAX_LISTED, gap: "\n", limit: MAX_CONTENT - (done?.text.length ?? 0) - 1 },
  );
  const at = Math.max(0, Math.min(view.page, pages.length - 1));
  const lines = pages[at] ?? [];
  const before = pages.slice(0, at).reduce((sum, { length }) => sum + length, 0);
  const go = (label: string, change: Partial<View>) =>
    later.button(
      label,
      manage(async () => ({ ...(await listed({ ...view, ...change }, context)), update: true })),
    );
  const choose = later.idFor(
    manage(async (interaction) => {
      const id = interaction.isStringSelectMenu() ? numberOf(interaction.values[0]) : 0;
      return { ...(await detail(id, { ...view, page: at }, context)), update: true };
    }),
  );
  const options = all.slice(before, before + lines.length).map(({ id, filter }) => ({
    label: labelWithin(`${id}: ${filterText(filter, pack).replaceAll("\\", "")}`, MAX_LABEL),
    value: String(id),
  }));
  const buttons = [
    ...(done === null ? [] : [done.undo]),
    ...(at > 0 ? [go("Back", { page: at - 1 })] : []),
    ...(at + 1 < pages.length ? [go("More", { page: at + 1 })] : []),
    ...(await otherList(owner, go, context)),
  ];
  return {
    content: [...(done === null ? [] : [done.text]), ...(lines.length === 0 ? [NOTHING] : lines)].join("\n"),
    embeds: [],
    components: [
      ...(lines.length === 0 ? [] : [selectMenu({ custom_id: choose, placeholder: CHOOSE, options })]),
      ...(buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow as const, components: buttons }]),
    ],
  };
}

/** What was done, in a line, and the button that takes it back. */
type Done = { readonly text: string; readonly undo: APIButtonComponentWithCustomId };

const CHOOSE = "Edit, pause, test or remove …";
const NOTHING = "Nothing is followed here yet. `/follow` begins.";

/** From what a server follows to its readers' own threads, where there are any, and back. */
async function otherList(
  owner: Owner,
  go: (label: string, change: Partial<View>) => APIButtonComponentWithCustomId,
  context: Context,
): Promise<readonly APIButtonComponentWithCustomId[]> {
  if (!("guildId" in owner)) return [];
  const other = { ...owner, readers: !owner.readers };
  if (owner.readers) return [go("What the server follows", { owner: other, page: 0 })];
  const threads = (await ownedBy(other, context)).length;
  return threads === 0 ? [] : [go(`Readers' own threads (${threads})`, { owner: other, page: 0 })];
}

function lineOf(
  { id, guildId, destination, filter, manner, pausedAt, pauseReason }: Subscription,
  { pack }: Context,
): string {
  const how = pausedAt === null ? mannerText(manner) : `paused: ${escapeWithin(pauseReason ?? "", MAX_REASON)}`;
  return `**${id}** ${whereText({ guildId, destination })}: ${filterText(filter, pack, MAX_FILTER)} — ${how}`;
}

/** One request of the owner, how it last went, and what can be done about it. */
async function detail(id: number, view: View, context: Context): Promise<Answer> {
  const { db, pack, clock, later, log } = context;
  const subscription = (await ownedBy(view.owner, context)).find((one) => one.id === id);
  if (subscription === undefined) return listed(view, context);
  const act = (label: string, work: Act, style?: ButtonStyle.Danger) => later.button(label, view.manage(work), style);
  const again = async (change: string, by: string): Promise<Answer> => {
    log.info(change, { subscription: id, guild: subscription.guildId, by });
    return { ...(await detail(id, view, context)), update: true };
  };
  const pause = act("Pause", async ({ user }) => {
    await pauseSubscription(db, id, "by hand", clock());
    return again("paused", user.id);
  });
  const resume = act("Resume", async ({ user }) => {
    await resumeSubscription(db, id);
    const held = (await heldChannels(db)).includes(subscription.destination);
    if (held) await resumeDestination(db, subscription.destination, stillNews(clock()), clock());
    return again("resumed", user.id);
  });
  const test = act("Test", () => tested(subscription, context));
  const edit = act("Edit", async () => {
    const { guildId, destination, filter, manner, createdBy } = subscription;
    const draft = { wanted: { guildId, destination, filter, manner, createdBy }, replaces: id };
    return { ...(await followForm(draft, view.manage, context)), update: true };
  });
  const remove = act(
    "Remove",
    async ({ user }) => {
      await removeSubscription(db, id);
      log.info("unfollowed", { subscription: id, guild: subscription.guildId, by: user.id });
      return { ...(await listed(view, context, removed(subscription, view, context))), update: true };
    },
    ButtonStyle.Danger,
  );
  const { manner } = subscription;
  const hush = manner.reminders === "on";
  const reminders = act(hush ? "No reminders" : "With reminders", async ({ user }) => {
    await changeSubscription(db, { ...subscription, manner: { ...manner, reminders: hush ? "off" : "on" } });
    return again(hush ? "reminders turned off" : "reminders turned on", user.id);
  });
  const back = act("Back", async () => ({ ...(await listed(view, context)), update: true }));
  const lines = [
    `**${id}** ${whereText(subscription)}: ${filterText(subscription.filter, pack)}: ${mannerText(subscription.manner)}.`,
    `Since ${timestamp(subscription.createdAt, "f")}${subscription.createdBy === null ? "" : `, by <@${subscription.createdBy}>`}.`,
    ...(subscription.pausedAt === null
      ? []
      : [
          `**Paused** ${timestamp(subscription.pausedAt)}: ${escapeWithin(subscription.pauseReason ?? "", MAX_REASON)}`,
        ]),
    ...(await lastly(subscription, context)),
    ...(isReaders(subscription) ? [] : [`For what the form does not ask, type \`/follow\` with \`replace:${id}\`.`]),
  ];
  const edits = isReaders(subscription) ? [] : [edit];
  const buttons = [...edits, subscription.pausedAt === null ? pause : resume, test, remove, back];
  return {
    content: fitting(lines, MAX_CONTENT),
    embeds: [],
    components: [
      { type: ComponentType.ActionRow, components: buttons },
      ...(manner.reminders === "only" ? [] : [{ type: ComponentType.ActionRow as const, components: [reminders] }]),
    ],
  };
}

function removed(subscription: Subscription, view: View, context: Context): Done {
  const { db, pack, later, log } = context;
  const { id, guildId, filter } = subscription;
  const undo = later.button(
    "Undo",
    view.manage(async ({ user }) => {
      const done = await restore(db, subscription);
      if (done.kind === "full") return privately(fullText(done.who));
      log.info("taken back", { subscription: id, guild: guildId, by: user.id });
      return { ...(await listed(view, context)), update: true };
    }),
  );
  return { text: `Removed **${id}**: ${filterText(filter, pack, MAX_FILTER)}.`, undo };
}

/** The last post, and what is held, dead or waiting with its reason. */
async function lastly(subscription: Subscription, { db }: Context): Promise<string[]> {
  const destinations = [destinationOf(subscription)];
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
      : [`Last failure (story ${failed.storyId}, ${failed.state}): ${escapeWithin(failed.reason ?? "", MAX_REASON)}`]),
  ];
}

/** Proves that the bot may post there. */
async function tested(subscription: Subscription, { attempt, pack }: Context): Promise<Answer> {
  const { destination, filter } = subscription;
  const named = namedIn(destination);
  if (named !== null)
    return privately(`The bot's operators test it, with \`policywire destinations test ${named.name}\`.`);
  const content = `This is a test. This channel follows ${filterText(filter, pack)}.`;
  const body = { content, allowed_mentions: NO_MENTIONS };
  const sent = await attempt((rest) => rest.post(Routes.channelMessages(destination), { body }));
  return privately(
    sent.kind === "sent"
      ? `A test was posted to ${whereText(subscription)}.`
      : `The test could not be posted to ${whereText(subscription)}: ${escapeWithin(sent.reason, MAX_REASON)}`,
  );
}
