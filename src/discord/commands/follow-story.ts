import { type BaseInteraction, type ButtonInteraction, ComponentType, PermissionFlagsBits } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { addToThread, threadUnder } from "#discord/requests.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { storyById } from "#store/stories.ts";
import { type Subscribed, subscribe, unsubscribe } from "#store/subscribing.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { CLOSED, directOf, resumeDirect } from "./asker.ts";
import { type Button, type Context, numberOf } from "./command.ts";
import { fullText } from "./list.ts";

/**
 * The button `follow-story:STORY:REVISION`: what moves in this story comes as a direct message, or in a thread under the card.
 */
export const followStory: Button = async (interaction, [number], context) => {
  const story = await storyById(context.db, numberOf(number));
  if (story === null) return privately(`There is no story ${numberOf(number)}.`);
  const { id } = story;
  if (!mayOpenThread(interaction)) return byDirectMessage(id, interaction, context);
  const { later } = context;
  const cardId = interaction.message.id;
  const direct = later.button("Direct message", async (pressed) =>
    changed(await byDirectMessage(id, pressed, context)),
  );
  const thread = later.button("Thread under this card", async (pressed) =>
    mayOpenThread(pressed)
      ? changed(await inThread(id, cardId, pressed, context))
      : privately("You may not open threads here."),
  );
  return {
    ...privately(`Where shall what moves in story ${id} go?`),
    components: [{ type: ComponentType.ActionRow, components: [direct, thread] }],
  };
};

type Pressed = Pick<ButtonInteraction, "channelId" | "guildId" | "user">;

/** A card in a server's channel, before somebody who may open threads there. */
function mayOpenThread({
  guildId,
  channel,
  memberPermissions,
}: Pick<BaseInteraction, "guildId" | "channel" | "memberPermissions">): boolean {
  return (
    guildId !== null &&
    channel !== null &&
    !channel.isThread() &&
    memberPermissions?.has(PermissionFlagsBits.CreatePublicThreads) === true
  );
}

const changed = ({ flags: _, ...answer }: Answer): Answer => ({ ...answer, components: [], update: true });

async function byDirectMessage(storyId: number, { user }: Pressed, context: Context): Promise<Answer> {
  const direct = await directOf(user, context);
  if (direct === null) return privately(CLOSED);
  const done = await follow(storyId, { ...direct, createdBy: user.id }, context);
  if (done?.kind === "full") return privately(fullText(done.who));
  await resumeDirect(direct, context);
  return {
    ...privately(`What moves in story ${storyId} will come to you as a direct message. \`/following\` there ends it.`),
    undo: undoing(done, context),
  };
}

async function inThread(
  storyId: number,
  cardId: string,
  { channelId, guildId, user }: Pressed,
  context: Context,
): Promise<Answer> {
  const { db, attempt, log } = context;
  const title = (await storyById(db, storyId))?.title ?? "";
  // Where the channel itself wants threads, its own movements go into this very one.
  const channelDoes = (await subscriptionsOf(db, { destination: channelId })).some(({ manner }) => manner.threads);
  // A thread has the id of the message that it stands under.
  const wanted = { guildId, destination: cardId, createdBy: user.id };
  const done = channelDoes ? null : await follow(storyId, wanted, context);
  if (done?.kind === "full") return privately(fullText(done.who));
  const undo = undoing(done, context);
  const sent = await attempt(async (rest) => {
    await threadUnder(rest, channelId, cardId, title);
    await addToThread(rest, cardId, user.id);
  });
  if (sent.kind !== "sent") {
    await undo();
    log.warn("no thread", { channel: channelId, reason: sent.reason });
    return privately("Policywire may not open threads here: it lacks Create Public Threads.");
  }
  const ends = "`/following`, in a direct message to Policywire, lists what you follow and ends it.";
  return { ...privately(`What moves in story ${storyId} will come in <#${cardId}>. ${ends}`), undo };
}

/** Null where the destination follows the story already. */
async function follow(
  storyId: number,
  who: { readonly guildId: string | null; readonly destination: string; readonly createdBy: string },
  { db, clock }: Context,
): Promise<Subscribed | null> {
  const known = await subscriptionsOf(db, { destination: who.destination });
  if (known.some(({ filter, manner }) => filter.stories.includes(storyId) && manner.reminders !== "only")) return null;
  const wanted = { ...who, filter: { ...EVERYTHING, stories: [storyId] }, manner: AT_ONCE };
  return subscribe(db, wanted, null, clock());
}

const undoing =
  (done: Subscribed | null, { db }: Context) =>
  async (): Promise<void> => {
    if (done?.kind === "subscribed") await unsubscribe(db, done);
  };
