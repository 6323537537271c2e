import { privately } from "#discord/answer.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { type Button, numberOf } from "./command.ts";
import { filterText } from "./list.ts";
import { mannerText } from "./manner.ts";

/** The button `digest:SUBSCRIPTION:DELIVERY`. */
export const digestButton: Button = async ({ guildId }, [id], { db, pack }) => {
  const subscription = await subscriptionById(db, numberOf(id));
  // A digest that was published stands in servers that it tells nothing about.
  if (subscription === null || subscription.guildId !== guildId)
    return privately("Nobody asks for this digest any more.");
  return privately(
    `This channel follows ${filterText(subscription.filter, pack)}: ${mannerText(subscription.manner)}. How far it has come, how many outlets report it and what was asked for say what comes first; \`/why story\` explains each.`,
  );
};
