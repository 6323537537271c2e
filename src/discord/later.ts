import { randomBytes } from "node:crypto";
import {
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from "discord.js";
import type { Answer } from "./answer.ts";

/** What happens when a button of a private answer is pressed. */
export type Act = (interaction: MessageComponentInteraction) => Promise<Answer>;

/** What happens when a form that such a button opened is sent. */
export type Submit = (interaction: ModalSubmitInteraction) => Promise<Answer>;

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
  idForForm(submit: Submit): string;
  submitFor(id: string): Submit | null;
};

/** At a thousand private answers an hour with a few buttons each, the oldest is an hour old. */
const KEPT = 5_000;

export function createLater(): Later {
  // Another process knows nothing of these buttons, and must not take them for its own.
  const process = randomBytes(6).toString("base64url");
  const acts = createMemory<Act>(`later:${process}`);
  const forms = createMemory<Submit>(`form:${process}`);
  return {
    idFor: acts.keep,
    button: (label, act, style = ButtonStyle.Secondary) => ({
      type: ComponentType.Button,
      style,
      label,
      custom_id: acts.keep(act),
    }),
    actFor: acts.find,
    idForForm: forms.keep,
    submitFor: forms.find,
  };
}

/** The newest KEPT of what it is given, each under an id of its own. */
function createMemory<T>(prefix: string) {
  const kept = new Map<string, T>();
  let count = 0;
  return {
    keep(one: T): string {
      count += 1;
      const id = `${prefix}:${count}`;
      kept.set(id, one);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return id;
    },
    find: (id: string): T | null => kept.get(id) ?? null,
  };
}
