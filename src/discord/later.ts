import { randomBytes } from "node:crypto";
import {
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
  type MessageComponentInteraction,
} from "discord.js";
import type { Answer } from "./answer.ts";

/** What happens when a button of a private answer is pressed. */
export type Act = (interaction: MessageComponentInteraction) => Promise<Answer>;

/**
 * The buttons of private answers do what was decided when the answer was given. They are remembered here and no longer
 * than a private answer itself is of use; buttons of cards, which stand for years, have ids that say all.
 */
export type Later = {
  button(
    label: string,
    act: Act,
    style?: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger,
  ): APIButtonComponentWithCustomId;
  /** The id for a component of another kind. */
  idFor(act: Act): string;
  actFor(id: string): Act | null;
};

/** At a thousand private answers an hour with a few buttons each, the oldest is an hour old. */
const KEPT = 5_000;

export function createLater(): Later {
  const acts = new Map<string, Act>();
  // Another process knows nothing of these buttons, and must not take them for its own.
  const process = randomBytes(6).toString("base64url");
  let count = 0;
  const idFor = (act: Act): string => {
    count += 1;
    const id = `later:${process}:${count}`;
    acts.set(id, act);
    const [oldest] = acts.keys();
    if (acts.size > KEPT && oldest !== undefined) acts.delete(oldest);
    return id;
  };
  return {
    idFor,
    button: (label, act, style = ButtonStyle.Secondary) => ({
      type: ComponentType.Button,
      style,
      label,
      custom_id: idFor(act),
    }),
    actFor: (id) => acts.get(id) ?? null,
  };
}
