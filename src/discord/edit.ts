import { MessageFlags, type REST } from "discord.js";
import type { Card, Edit, GrownCard } from "#model/delivery.ts";
import { HOUR_MS } from "#model/time.ts";
import { failureOf } from "./failure.ts";
import { buttonId, cardBody, componentsBody, plainBody } from "./message.ts";
import { inChannel, readPlace } from "./place.ts";
import { LONGEST_WAIT_MS, nonceOf, outcomeOf, type Posted, type Posting, published, withFallback } from "./post.ts";
import { editMessage, isOfComponents, unarchive } from "./requests.ts";

/** An edit that is refused waits for so long: a thread may be unlocked, and what the card shows then is the newest. */
const EDIT_WAIT_MS = 6 * HOUR_MS;

/** Shows a card anew where it stands. */
export const createEdit =
  (posting: Posting): Edit =>
  async (grown, card) => {
    const edited = await posting.attempt((rest) => showAnew(rest, grown, card, posting));
    if (edited.kind === "sent") return { kind: "posted", ...edited.value };
    const { kind, reason } = edited;
    const { deliveryId: delivery } = grown;
    if (kind === "forbidden" || kind === "archived" || kind === "no-thread" || kind === "closed") {
      posting.log.warn("a card cannot be edited for now", { delivery, reason });
      return { kind: "retry", at: new Date(posting.clock().getTime() + EDIT_WAIT_MS), reason };
    }
    // Nothing is held back meanwhile: a later edit says it too.
    const outcome = outcomeOf(edited, LONGEST_WAIT_MS, posting);
    if (outcome.kind !== "retry") posting.log.warn("a card is not edited any more", { delivery, reason });
    return outcome;
  };

/** Returns the message in which the card stands now. */
async function showAnew(
  rest: REST,
  { destination, messageId }: GrownCard,
  card: Card,
  posting: Posting,
): Promise<Posted> {
  const { self, pack, cards } = posting;
  const { channelId, messageId: shown } = readPlace(destination, messageId);
  const facts = await posting.facts(destination);
  const bodies = [cardBody(card, pack, cards), plainBody(card)] as const;
  const change = async (id: string): Promise<number> => {
    try {
      return await withFallback(bodies, facts, (body) => editMessage(rest, channelId, id, body));
    } catch (error) {
      if (cards !== "embeds" || failureOf(error).kind !== "rejected") throw error;
      // A message that was made of components stays so, though embeds are chosen now.
      if (!(await isOfComponents(rest, channelId, id))) throw error;
      return editMessage(rest, channelId, id, componentsBody(card, pack));
    }
  };
  const show = async (id: string): Promise<Posted> => {
    const flags = await opened(rest, channelId, () => change(id));
    const stored = channelId === destination ? id : `${channelId}/${id}`;
    return (flags & MessageFlags.Crossposted) !== 0
      ? { messageId: stored }
      : published(facts, destination, stored, posting);
  };
  /**
   * Discord lets an old message be edited a few times an hour: the card is shown anew below it, and edited there from then on.
   */
  const replyInstead = async (): Promise<Posted> => {
    const place = inChannel(rest, channelId, nonceOf({ ...card, destination: `${messageId} anew` }), shown);
    // The reply of an earlier try, whose answer was lost, is the newest message with this card's buttons.
    const newest = await place.find({ self, mark: buttonId("why", card) });
    if (newest !== null && newest !== shown) return show(newest);
    const anew = await withFallback(bodies, facts, place.create);
    return published(facts, destination, channelId === destination ? anew : `${channelId}/${anew}`, posting);
  };
  try {
    return await show(shown);
  } catch (error) {
    if (failureOf(error).kind !== "edited-too-often") throw error;
    return replyInstead();
  }
}

/** Nothing changes in an archived thread: it is opened first, and Discord archives it again when it was silent for long. */
async function opened<T>(rest: REST, channelId: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (failureOf(error).kind !== "archived") throw error;
    await unarchive(rest, channelId);
    return change();
  }
}
