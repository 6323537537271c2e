import { privately } from "#discord/answer.ts";
import { readPlace } from "#discord/place.ts";
import { carriedIn } from "#store/outbox/digests.ts";
import { storiesById } from "#store/stories.ts";
import { type Button, numberOf } from "./command.ts";
import { storyList } from "./list.ts";
import { paged } from "./paging.ts";

/** The button `overflow:DELIVERY`: the stories that a line stands for, newest first. */
export const overflowButton: Button = async ({ message }, [id], context) => {
  const carried = await carriedIn(context.db, numberOf(id));
  const to = carried?.destination;
  // A line that was published stands in servers that it tells nothing about, as another message.
  const shown =
    typeof to === "object" && to.kind === "overflow" ? readPlace(to.channel, carried?.messageId ?? "").messageId : null;
  if (carried === null || shown !== message.id)
    return privately("This line has grown too old, or belongs to another channel. `/latest` lists what is new.");
  const stories = await storiesById(context.db, carried.storyIds);
  return paged(storyList("More developments", stories, false, context), context);
};
