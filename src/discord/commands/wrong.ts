import { ComponentType, MessageFlags, TextInputStyle } from "discord.js";
import { addCorrection, CORRECTION_KINDS } from "#store/corrections.ts";
import { type Button, type Modal, privately } from "./command.ts";

const MAX_NOTE = 1_000;

const LABELS: Readonly<Record<(typeof CORRECTION_KINDS)[number], string>> = {
  tag: "A friction point or place",
  story: "Articles that do not belong together",
  stage: "The stage or certainty",
  other: "Something else",
};

/** The button `wrong:STORY:REVISION`: what is wrong? */
export const wrong: Button = async (_interaction, [storyId, revision], { later }) => ({
  content: `What is wrong about story ${storyId}?`,
  components: [
    {
      type: ComponentType.ActionRow,
      components: CORRECTION_KINDS.map((kind) =>
        later.button(LABELS[kind], async () => ({
          modal: {
            custom_id: `correct:${storyId}:${revision}:${kind}`,
            title: "What is wrong?",
            components: [
              {
                type: ComponentType.ActionRow,
                components: [
                  {
                    type: ComponentType.TextInput,
                    custom_id: "note",
                    label: "What should it be, and why?",
                    style: TextInputStyle.Paragraph,
                    max_length: MAX_NOTE,
                    required: true,
                  },
                ],
              },
            ],
          },
        })),
      ),
    },
  ],
  flags: MessageFlags.Ephemeral,
});

/** The form `correct:STORY:REVISION:KIND`. */
export const correct: Modal = async (interaction, [storyId, revision, kind], { db, clock, log }) => {
  const known = CORRECTION_KINDS.find((one) => one === kind) ?? "other";
  const { guildId, user, fields } = interaction;
  const correction = {
    storyId: Number(storyId),
    revision: Number(revision),
    kind: known,
    note: fields.getTextInputValue("note"),
    guildId,
    createdBy: user.id,
  };
  await addCorrection(db, correction, clock());
  log.info("a reader found something wrong", { story: correction.storyId, kind: known, guild: guildId });
  return privately("Thank you. It is recorded for those who keep the rules.");
};
