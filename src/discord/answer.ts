import { type APIModalInteractionResponseCallbackData, type InteractionReplyOptions, MessageFlags } from "discord.js";

/**
 * What a person is told. `update` changes the message that the button stands on instead of sending a new one; `modal` asks back.
 */
export type Answer = Pick<InteractionReplyOptions, "content" | "embeds" | "components" | "files"> & {
  readonly flags?: MessageFlags.Ephemeral;
  readonly update?: true;
  /** Takes back what the answer says was done, should it not reach the person. */
  readonly undo?: () => Promise<void>;
  readonly modal?: APIModalInteractionResponseCallbackData;
};

/** Only the person who asked sees it. */
export function privately(content: string): Answer & { readonly flags: MessageFlags.Ephemeral } {
  return { content, flags: MessageFlags.Ephemeral };
}
