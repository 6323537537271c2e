import { Routes } from "discord.js";
import { failureOf } from "#discord/failure.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { storyById } from "#store/stories.ts";
import { createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { type Button, privately } from "./command.ts";

/** The button `follow-story:STORY:REVISION`: what moves in this story comes as a direct message. */
export const followStory: Button = async ({ user }, [id], { db, rest, clock, log }) => {
  const story = await storyById(db, Number(id));
  if (story === null) return privately(`There is no story ${Number(id)}.`);
  let destination: string;
  try {
    destination = (
      (await rest.post(Routes.userChannels(), { body: { recipient_id: user.id } })) as { readonly id: string }
    ).id;
  } catch (error) {
    log.warn("no direct channel", { reason: failureOf(error).reason });
    return privately(
      "Discord does not let Policywire write to you. Allow direct messages from this server, then press again.",
    );
  }
  const known = await subscriptionsOf(db, { destination });
  if (!known.some(({ filter }) => filter.stories.includes(story.id))) {
    await createSubscription(
      db,
      {
        guildId: null,
        destination,
        filter: { ...EVERYTHING, stories: [story.id] },
        createdBy: user.id,
        manner: AT_ONCE,
      },
      clock(),
    );
  }
  return privately(
    `What moves in story ${story.id} will come to you as a direct message. \`/following\` there ends it.`,
  );
};
