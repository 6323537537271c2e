import { ComponentType } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { AT_ONCE, EVERYTHING, type Subscription } from "#model/subscription.ts";
import { storyById } from "#store/stories.ts";
import { subscribe, unsubscribe } from "#store/subscribing.ts";
import { changeSubscription, removeSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { type Asker, CLOSED, directOf, resumeDirect } from "./asker.ts";
import { type Button, type Context, numberOf } from "./command.ts";
import { fullText } from "./list.ts";

/**
 * The button `remind:STORY:REVISION`: a direct message 7 days and 1 day before each day to come of the story, whatever day it is moved
 * to; pressed again it offers to take that back.
 */
export const remindMe: Button = async ({ user }, [number], context) => {
  const { db, clock } = context;
  const story = await storyById(db, numberOf(number));
  if (story === null) return privately(`There is no story ${numberOf(number)}.`);
  const direct = await directOf(user, context);
  if (direct === null) return privately(CLOSED);
  const known = await remindersFor(story.id, direct, context);
  if (known.length > 0) {
    await resumeDirect(direct, context);
    return withEnd(`You are reminded of the dates of story ${story.id} already.`, story.id, direct, context);
  }
  const manner = { ...AT_ONCE, reminders: "only" as const };
  const wanted = { ...direct, filter: { ...EVERYTHING, stories: [story.id] }, manner, createdBy: user.id };
  const done = await subscribe(db, wanted, null, clock());
  if (done.kind === "full") return privately(fullText(done.who));
  await resumeDirect(direct, context);
  const said = `You will get a direct message 7 days and 1 day before each date of story ${story.id}, also where it is moved. \`/deadlines mine:True\` lists yours.`;
  return {
    ...withEnd(said, story.id, direct, context),
    undo: async () => {
      if (done.kind === "subscribed") await unsubscribe(db, done);
    },
  };
};

/** What a person follows of this story in direct messages that reminds of its dates. */
const remindersFor = async (storyId: number, { destination }: Asker, { db }: Context): Promise<Subscription[]> =>
  (await subscriptionsOf(db, { destination })).filter(
    ({ filter, manner }) => filter.stories.includes(storyId) && manner.reminders !== "off",
  );

function withEnd(said: string, storyId: number, direct: Asker, context: Context): Answer {
  const end = context.later.button("Remind me no more", async () => {
    for (const one of await remindersFor(storyId, direct, context)) {
      if (one.manner.reminders === "only") await removeSubscription(context.db, one.id);
      else await changeSubscription(context.db, { ...one, manner: { ...one.manner, reminders: "off" } });
    }
    return { content: `You are not reminded of story ${storyId}.`, components: [], update: true };
  });
  return { ...privately(said), components: [{ type: ComponentType.ActionRow, components: [end] }] };
}
