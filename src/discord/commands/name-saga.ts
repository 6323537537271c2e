import { ComponentType, TextInputStyle } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeText } from "#discord/escape.ts";
import { LONGEST_SAGA_NAME } from "#model/limits.ts";
import type { Saga } from "#model/saga.ts";
import { nameOfSaga } from "#pipeline/tell/saga-name.ts";
import { cutText } from "#text/cut.ts";
import { type Context, type Modal, mayDecide, numberOf } from "./command.ts";

/**
 * The form `name-saga:SAGA`, with the name that a person gave. Left empty, the dispute goes by the name that its articles give
 * it, which stands in the field's background: sent as it came, a form changes nothing.
 */
export const namingForm = ({ id, givenName, developments }: Saga, { pack }: Context): Answer => ({
  modal: {
    custom_id: `name-saga:${id}`,
    title: "What is the dispute called?",
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.TextInput,
            custom_id: "name",
            label: "Its name; nothing: as its articles name it",
            style: TextInputStyle.Short,
            max_length: LONGEST_SAGA_NAME,
            ...(givenName === null ? {} : { value: givenName }),
            placeholder: cutText(nameOfSaga(developments, pack), LONGEST_SAGA_NAME),
            required: false,
          },
        ],
      },
    ],
  },
});

export const nameSaga: Modal = async (interaction, [sagaId], context) => {
  if (!mayDecide(interaction, context)) return privately("You may not decide this any more.");
  const given = interaction.fields.getTextInputValue("name").trim();
  const decision = { kind: "name", sagaId: numberOf(sagaId), name: given === "" ? null : given } as const;
  const decided = await context.byHand?.decide(decision, interaction.user.id);
  if (decided === undefined) return privately("Nobody may decide this here.");
  if (decided.kind === "refused") return privately(escapeText(decided.reason));
  context.log.info("a story was set right by hand", { ...decision, by: interaction.user.id });
  return privately(
    decision.name === null
      ? "The dispute goes by the name that its articles give it."
      : `The dispute is called “${escapeText(decision.name)}”. Cards are edited where they stand.`,
  );
};
