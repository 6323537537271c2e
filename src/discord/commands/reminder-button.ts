import { privately } from "#discord/answer.ts";
import { readPlace } from "#discord/place.ts";
import { carriedIn } from "#store/outbox/digests.ts";
import { type Button, numberOf } from "./command.ts";
import { deadlinesOfStories } from "./deadlines.ts";

/** The button `reminder:DELIVERY`: all days to come of the stories that a reminder names. */
export const reminderButton: Button = async ({ message }, [id], context) => {
  const found = await carriedIn(context.db, numberOf(id));
  const to = found?.destination;
  // What was published stands in servers that it tells nothing about, as another message.
  const isShown = readPlace("", found?.messageId ?? "").messageId === message.id;
  if (found === null || typeof to !== "object" || to.kind !== "reminders" || !isShown)
    return privately(
      "This message has grown too old, or belongs to another channel. `/deadlines` lists what is to come.",
    );
  return deadlinesOfStories(found.storyIds, context);
};
