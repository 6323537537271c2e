import {
  type APIActionRowComponent,
  type APITextInputComponent,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { readWords } from "#model/axes.ts";
import { LONGEST_FILTER, LONGEST_TYPED } from "#model/limits.ts";
import type { Unwanted } from "#model/subscription.ts";
import { atText } from "#text/asked-times.ts";
import { cutText } from "#text/cut.ts";
import type { Context } from "./command.ts";
import { readLaws } from "./laws.ts";
import { readTimes } from "./manner.ts";
import { readUnwanted } from "./options.ts";
import type { Draft } from "./request.ts";

/** The part of the form of `/follow` that is typed: times, zone and words. `then` goes on with what was typed. */
export function timesForm(
  { wanted }: Draft,
  { pack, later }: Context,
  then: (wanted: Draft["wanted"]) => Promise<Answer>,
): Answer {
  const { manner, filter } = wanted;
  const { quiet } = manner;
  const submit = async ({ fields }: ModalSubmitInteraction): Promise<Answer> => {
    const typed = (name: string) => fields.getTextInputValue(name);
    const [at, timezone] = [typed("at") || null, typed("timezone") || null];
    const times = readTimes({ at, timezone, quiet: typed("quiet") }, manner);
    if ("fault" in times) return privately(times.fault);
    const not = readUnwanted(typed("not"), pack);
    return then({ ...wanted, manner: times.value, filter: { ...filter, words: readWords(typed("words")), not } });
  };
  return {
    modal: {
      custom_id: later.idForForm(submit),
      title: "Time, words and what to leave out",
      components: [
        field("at", "Time of a digest: 08:00, or Friday 16:00", atText(manner)),
        field("timezone", "Time zone, by a city: Berlin", manner.timeZone),
        field("quiet", "Quiet hours of single posts: 22:00-07:00", quiet === null ? "" : `${quiet.from}-${quiet.to}`),
        field("words", "Words that must all stand in it", filter.words.join(", "), LONGEST_FILTER),
        field("not", "What drops a story: names or words", filter.not.map(unwantedText).join(", "), LONGEST_FILTER),
      ],
    },
  };
}

/** The laws of a request, typed: a message has no room for another menu, and bills by number are not to be listed. */
export function lawsForm(
  { wanted }: Draft,
  context: Context,
  then: (wanted: Draft["wanted"]) => Promise<Answer>,
): Answer {
  const submit = async ({ fields }: ModalSubmitInteraction): Promise<Answer> => {
    const typed = readWords(fields.getTextInputValue("laws"));
    // What is followed stands there by its key, which is no number that people write.
    const kept = typed.filter((one) => wanted.filter.laws.includes(one));
    const read = await readLaws(typed.filter((one) => !kept.includes(one)).join(", "), context);
    if ("fault" in read) return privately(read.fault);
    return then({ ...wanted, filter: { ...wanted.filter, laws: [...new Set([...kept, ...read.value])] } });
  };
  return {
    modal: {
      custom_id: context.later.idForForm(submit),
      title: "Laws, bills, acts and cases",
      components: [
        field("laws", "By number or name: H.R. 1234, EU AI Act", wanted.filter.laws.join(", "), LONGEST_FILTER),
      ],
    },
  };
}

const unwantedText = (one: Unwanted): string => (typeof one === "string" ? one : `story:${one.storyId}`);

const field = (
  custom_id: string,
  label: string,
  value: string,
  max_length = LONGEST_TYPED,
): APIActionRowComponent<APITextInputComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.TextInput,
      custom_id,
      label,
      style: TextInputStyle.Short,
      max_length,
      required: false,
      ...(value === "" ? {} : { value: cutText(value, max_length) }),
    },
  ],
});
