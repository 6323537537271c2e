import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import type { Answer } from "#discord/answer.ts";
import type { Act, Later } from "#discord/later.ts";
import { fitting } from "./list.ts";

/** Below Discord's 4,096, with room for marks. */
const MAX_DESCRIPTION = 3_800;

/** What a change would do, for the asker alone, with a button that does it and one that leaves all as it is. */
export function previewOf(entries: readonly string[], label: string, act: Act, later: Later): Answer {
  const cancel = async (): Promise<Answer> => ({
    content: "Nothing was changed.",
    embeds: [],
    components: [],
    update: true,
  });
  return {
    embeds: [{ title: "Preview", description: fitting(entries, MAX_DESCRIPTION, "\n\n") }],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [later.button(label, act, ButtonStyle.Primary), later.button("Cancel", cancel)],
      },
    ],
    flags: MessageFlags.Ephemeral,
  };
}
