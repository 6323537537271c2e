import { MessageFlags, type REST } from "discord.js";
import type { Card, Edit, GrownCard } from "#model/delivery.ts";
import { HOUR_MS } from "#model/time.ts";
import type { ChannelFacts } from "./channels.ts";
import { failureOf } from "./failure.ts";
import { withFallback } from "./fallback.ts";
import { type Body, buttonId, cardBody, componentsBody, plainBody } from "./message.ts";
import { earlierOf, once, type Saying } from "./once.ts";
import { placeIn, readPlace } from "./place.ts";
import { LONGEST_WAIT_MS, nonceOf, outcomeOf, type Posted, type Posting, published } from "./post.ts";
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

/**
 * Returns the message in which the card stands now. Discord lets an old message be edited a few times an hour: then the card is shown
 * anew below it, once, and edited there from then on.
 */
async function showAnew(rest: REST, grown: GrownCard, card: Card, posting: Posting): Promise<Posted> {
  const { destination, deliveryId, messageId, editDueAt } = grown;
  const { self, pack, cards, db, clock } = posting;
  const at = readPlace(destination, messageId);
  const facts = await posting.facts(destination);
  const bodies = [cardBody(card, pack, cards), plainBody(card)] as const;
  const below: Saying = {
    ...{ destination, facts, deliveryId, rest, db, clock },
    nonce: nonceOf({ ...card, destination: `${messageId} anew` }),
    // As if it had been tried before: the claim's own number is the time at which it ends.
    attempt: editDueAt.getTime(),
    sign: { self, mark: buttonId("why", card), after: at.messageId },
  };
  const anew = await earlierOf(below);
  if (anew !== null) return showAnew(rest, { ...grown, messageId: anew }, card, posting);
  try {
    const components = cards === "embeds" ? componentsBody(card, pack) : null;
    const flags = await opened(rest, at.channelId, () => change(rest, at, bodies, components, facts));
    return (flags & MessageFlags.Crossposted) !== 0 ? { messageId } : published(facts, destination, messageId, posting);
  } catch (error) {
    if (failureOf(error).kind !== "edited-too-often") throw error;
    const made = await once(below, [placeIn(below, at.channelId, at.messageId)], async () => bodies);
    return published(facts, destination, made, posting);
  }
}

/** Returns the message's flags. One that was made of components stays so, though embeds are chosen now. */
async function change(
  rest: REST,
  { channelId, messageId }: ReturnType<typeof readPlace>,
  bodies: readonly [Body, Body],
  components: Body | null,
  facts: ChannelFacts,
): Promise<number> {
  try {
    return await withFallback(bodies, facts, (body) => editMessage(rest, channelId, messageId, body));
  } catch (error) {
    if (components === null || failureOf(error).kind !== "rejected") throw error;
    if (!(await isOfComponents(rest, channelId, messageId))) throw error;
    return editMessage(rest, channelId, messageId, components);
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
