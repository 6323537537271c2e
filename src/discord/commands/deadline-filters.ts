import { type BaseInteraction, type ChatInputCommandInteraction, PermissionFlagsBits } from "discord.js";
import { labelWithin } from "#discord/escape.ts";
import { EVERYTHING, type Filter, isPersons, isReaders, type Subscription } from "#model/subscription.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { isServers } from "./asker.ts";
import type { Choices, Context } from "./command.ts";
import { readLaws } from "./laws.ts";
import { filterText } from "./list.ts";
import { readLists } from "./narrowing.ts";
import { MAX_CHOICE, MAX_CHOICES, type Read } from "./options.ts";

/** The filters that the options of `/deadlines` name: one of them is to be met. */
export async function readFilters(
  interaction: ChatInputCommandInteraction,
  context: Context,
): Promise<Read<readonly Filter[]>> {
  const { options } = interaction;
  const lists = readLists(interaction, context.pack);
  if ("fault" in lists) return lists;
  const laws = await readLaws(options.getString("law") ?? "", context);
  if ("fault" in laws) return laws;
  const asked = { ...lists.value, laws: laws.value };
  const narrowed = ({ filter }: Pick<Subscription, "filter">): Filter => ({ ...filter, ...given(asked) });
  const request = options.getInteger("request");
  if (request !== null) {
    const known = (await requestsSeenBy(interaction, context)).find(({ id }) => id === request);
    if (known === undefined)
      return {
        fault: `There is no request ${request} here. \`/following\` lists them to those who manage the server.`,
      };
    return { value: [narrowed(known)] };
  }
  if (options.getBoolean("mine") !== true) return { value: [narrowed({ filter: EVERYTHING })] };
  const own = (await subscriptionsOf(context.db, { createdBy: interaction.user.id })).filter(isPersons);
  return { value: own.filter(({ manner }) => manner.reminders !== "off").map(narrowed) };
}

/** The lists in which something is asked for. */
const given = <Lists extends Readonly<Record<string, readonly string[]>>>(lists: Lists): Partial<Lists> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<Lists>;

type Asking = Pick<
  BaseInteraction,
  "guildId" | "channelId" | "user" | "memberPermissions" | "authorizingIntegrationOwners"
>;

/** A channel's own requests are no secret there; the others of a server are for those who manage it. */
async function requestsSeenBy(asked: Asking, { db }: Pick<Context, "db">): Promise<readonly Subscription[]> {
  const { guildId, channelId, user, memberPermissions } = asked;
  if (guildId === null || !isServers(asked))
    return (await subscriptionsOf(db, { createdBy: user.id })).filter(isPersons);
  const manages = memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
  return (await subscriptionsOf(db, { guildId })).filter(
    (one) => !isReaders(one) && (manages || one.destination === channelId),
  );
}

/** The requests that may be named, as they are typed. */
export async function requestChoices(asked: Asking, typed: string, context: Context): Promise<Choices> {
  return (await requestsSeenBy(asked, context))
    .map(({ id, filter }) => ({ name: `${id}: ${filterText(filter, context.pack).replaceAll("\\", "")}`, value: id }))
    .filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, MAX_CHOICES)
    .map(({ name, value }) => ({ name: labelWithin(name, MAX_CHOICE), value }));
}
