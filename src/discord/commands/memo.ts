import { ApplicationCommandOptionType, type ChatInputCommandInteraction, MessageFlags } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { labelWithin } from "#discord/escape.ts";
import { memoEmbed, memoFile } from "#discord/memo-message.ts";
import { PERIODS, type Period } from "#model/memo.ts";
import { AT_ONCE, EVERYTHING, isReaders, type Subscription, without } from "#model/subscription.ts";
import { memoCount } from "#pipeline/memo/words.ts";
import { zoneOf } from "#store/guilds.ts";
import { activeMutes, subscriptionById, subscriptionsOf } from "#store/subscriptions.ts";
import { isServers } from "./asker.ts";
import { type Button, type Choices, type Command, type Context, lookUp, numberOf } from "./command.ts";
import { filterText } from "./list.ts";
import { completeNarrowing, readLists } from "./narrowing.ts";
import { axisOption, MAX_CHOICE, MAX_CHOICES } from "./options.ts";

/** `/memo`: what a week, a month or a quarter brought, for whoever asks: the message, and all of it as a file. */
export const memo: Command = {
  definition: lookUp("memo", "What a week, a month or a quarter brought, by friction point, as a file", [
    {
      type: ApplicationCommandOptionType.String,
      name: "period",
      description: "How far back; a week if left out",
      choices: PERIODS.map((period) => ({ name: period, value: period })),
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: "request",
      description: "Of which request of /following; the first of this channel if nothing is named",
      autocomplete: true,
      min_value: 1,
    },
    axisOption("point", "Friction points; choose again after a comma for several"),
    axisOption("place", "Places; choose again after a comma for several"),
  ]),

  complete(interaction, context) {
    const { name, value } = interaction.options.getFocused(true);
    return name === "request"
      ? requestChoices(String(value), interaction, context)
      : completeNarrowing(interaction, context);
  },

  async run(interaction, context) {
    const { options } = interaction;
    const period = PERIODS.find((one) => one === options.getString("period")) ?? "week";
    const [point, place] = [options.getString("point"), options.getString("place")];
    const lists = readLists(interaction, context.pack);
    if ("fault" in lists) return privately(lists.fault);
    const number = options.getInteger("request");
    const all = await requestsOf(interaction, context);
    const here = all.find(({ destination }) => destination === interaction.channelId);
    const request = number === null ? (point ?? place) === null && here : all.find(({ id }) => id === number);
    if (request === undefined && number !== null)
      return privately(`There is no request ${number} here. \`/following\` lists them.`);
    const zone = interaction.guildId === null ? null : await zoneOf(context.db, interaction.guildId);
    const narrowed = { ...EVERYTHING, ...lists.value };
    const asked = request || { filter: narrowed, manner: { timeZone: zone ?? AT_ONCE.timeZone }, destination: null };
    return answerOf(asked, period, context);
  },
};

/** The button `memo:SUBSCRIPTION:DELIVERY`, and for a quarter with a further part: what a longer time brought. */
export const memoButton: Button = async ({ guildId }, [id, , longer], context) => {
  const subscription = await subscriptionById(context.db, numberOf(id));
  if (subscription === null || subscription.guildId !== guildId)
    return privately("Nobody asks for this memo any more.");
  return answerOf(subscription, longer === "quarter" ? "quarter" : "month", context);
};

type Of = Pick<Subscription, "filter"> & {
  readonly manner: Pick<Subscription["manner"], "timeZone">;
  /** Where what is muted is left out; null for what is of no channel. */
  readonly destination: string | null;
};

async function answerOf(
  { filter, manner, destination }: Of,
  period: Period,
  { db, pack, clock, makeMemo }: Context,
): Promise<Answer> {
  if (makeMemo === undefined) return privately("Memos are not made here.");
  const mutes = destination === null ? [] : await activeMutes(db, clock(), destination);
  const made = await makeMemo({
    filter: without(filter, mutes),
    period,
    until: clock(),
    timeZone: manner.timeZone,
  });
  const { name, data } = memoFile(made, filter, pack);
  return {
    content: memoCount(made),
    embeds: [memoEmbed(made)],
    files: [{ name, attachment: data }],
    flags: MessageFlags.Ephemeral,
  };
}

type Asking = Pick<
  ChatInputCommandInteraction,
  "guildId" | "channelId" | "user" | "authorizingIntegrationOwners" | "memberPermissions"
>;

/** What the server follows, but readers' own threads; or what the person does, where it is for them alone. */
async function requestsOf(asking: Asking, { db }: Pick<Context, "db">): Promise<readonly Subscription[]> {
  const { guildId, user } = asking;
  if (guildId !== null && isServers(asking))
    return (await subscriptionsOf(db, { guildId })).filter((one) => !isReaders(one));
  return (await subscriptionsOf(db, { createdBy: user.id })).filter((one) => one.guildId === null && !isReaders(one));
}

async function requestChoices(typed: string, asking: Asking, context: Context): Promise<Choices> {
  const named = (await requestsOf(asking, context)).map(({ id, filter }) => ({
    name: labelWithin(`${id}: ${filterText(filter, context.pack).replaceAll("\\", "")}`, MAX_CHOICE),
    value: id,
  }));
  return named.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase())).slice(0, MAX_CHOICES);
}
