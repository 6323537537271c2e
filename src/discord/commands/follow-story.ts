import { type ButtonInteraction, ComponentType, PermissionFlagsBits, Routes } from "discord.js";
import { failureOf } from "#discord/failure.ts";
import { addToThread, threadUnder } from "#discord/requests.ts";
import type { Story } from "#model/story.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { storyById } from "#store/stories.ts";
import { createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { type Answer, type Button, type Context, privately } from "./command.ts";

/** The button `follow-story:STORY:REVISION`: what moves in this story comes as a direct message, or in a thread under the card. */
export const followStory: Button = async (interaction, [id], context) => {
  const story = await storyById(context.db, Number(id));
  if (story === null) return privately(`There is no story ${Number(id)}.`);
  if (!mayOpenThread(interaction)) return byDirectMessage(story, interaction, context);
  const { later } = context;
  const { message } = interaction;
  return {
    ...privately(`Where shall what moves in story ${story.id} go?`),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          later.button("Direct message", async (pressed) => ({
            ...changed(await byDirectMessage(story, pressed, context)),
          })),
          later.button("Thread under this card", async (pressed) => ({
            ...changed(await inThread(story, message.id, pressed, context)),
          })),
        ],
      },
    ],
  };
};

type Pressed = Pick<ButtonInteraction, "channelId" | "guildId" | "user">;

/** A card in a server's channel, before somebody who may open threads there. */
function mayOpenThread({ guildId, channel, memberPermissions }: ButtonInteraction): boolean {
  return (
    guildId !== null &&
    channel !== null &&
    !channel.isThread() &&
    memberPermissions?.has(PermissionFlagsBits.CreatePublicThreads) === true
  );
}

const changed = ({ content = "" }: Answer): Answer => ({ content, components: [], update: true });

async function byDirectMessage(story: Story, { user }: Pressed, context: Context): Promise<Answer> {
  let destination: string;
  try {
    const body = { recipient_id: user.id };
    destination = ((await context.rest.post(Routes.userChannels(), { body })) as { readonly id: string }).id;
  } catch (error) {
    context.log.warn("no direct channel", { reason: failureOf(error).reason });
    return privately(
      "Discord does not let Policywire write to you. Allow direct messages from this server, then press again.",
    );
  }
  await follow(story, { guildId: null, destination, createdBy: user.id }, context);
  return privately(
    `What moves in story ${story.id} will come to you as a direct message. \`/following\` there ends it.`,
  );
}

async function inThread(
  story: Story,
  cardId: string,
  { channelId, guildId, user }: Pressed,
  context: Context,
): Promise<Answer> {
  const { db, rest, log } = context;
  let destination: string;
  try {
    destination = await threadUnder(rest, channelId, cardId, story.title);
    await addToThread(rest, destination, user.id);
  } catch (error) {
    log.warn("no thread", { channel: channelId, reason: failureOf(error).reason });
    return privately("Policywire may not open threads here: it lacks Create Public Threads.");
  }
  // Where the channel itself wants threads, its own movements go into this very one.
  const channelDoes = (await subscriptionsOf(db, { destination: channelId })).some(({ manner }) => manner.threads);
  if (!channelDoes) await follow(story, { guildId, destination, createdBy: user.id }, context);
  return privately(`What moves in story ${story.id} will come in <#${destination}>. \`/following\` ends it.`);
}

async function follow(
  story: Story,
  who: { readonly guildId: string | null; readonly destination: string; readonly createdBy: string },
  { db, clock }: Context,
): Promise<void> {
  const known = await subscriptionsOf(db, { destination: who.destination });
  if (known.some(({ filter }) => filter.stories.includes(story.id))) return;
  await createSubscription(db, { ...who, filter: { ...EVERYTHING, stories: [story.id] }, manner: AT_ONCE }, clock());
}
