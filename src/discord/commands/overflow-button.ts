import { type Answer, privately } from "#discord/answer.ts";
import { readPlace } from "#discord/place.ts";
import type { Destination } from "#model/destination.ts";
import { carriedIn } from "#store/outbox/digests.ts";
import { storiesById } from "#store/stories.ts";
import { type Button, type Context, numberOf } from "./command.ts";
import { storyList } from "./list.ts";
import { paged } from "./paging.ts";

/** The button `overflow:DELIVERY`: the stories that a line stands for, newest first. */
export const overflowButton: Button = ({ message }, [id], context) =>
  carried(numberOf(id), "overflow", message.id, "More developments", context);

/** The button `digest-all:DELIVERY`: all that a digest tells of, with what its lines have no room for. */
export const digestAllButton: Button = ({ message }, [id], context) =>
  carried(numberOf(id), "digest", message.id, "All of this digest", context);

async function carried(
  deliveryId: number,
  kind: Exclude<Destination, string>["kind"],
  messageId: string,
  title: string,
  context: Context,
): Promise<Answer> {
  const found = await carriedIn(context.db, deliveryId);
  const to = found?.destination;
  // What was published stands in servers that it tells nothing about, as another message.
  const shown = typeof to === "object" && to.kind === kind ? readPlace("", found?.messageId ?? "").messageId : null;
  if (found === null || shown !== messageId)
    return privately("This message has grown too old, or belongs to another channel. `/latest` lists what is new.");
  return paged(storyList(title, await storiesById(context.db, found.storyIds), false, context), context);
}
