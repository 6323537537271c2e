import { privately } from "#discord/answer.ts";
import { escapeWithin } from "#discord/escape.ts";
import type { Pack } from "#model/pack.ts";
import { type Command, lookUp } from "./command.ts";

const MAX_NAME = 60;

/** `/help`: what the commands do. It fits on a phone's screen. */
export const help: Command = {
  definition: lookUp("help", "What Policywire does, and how"),
  run: async (_interaction, { pack }) => privately(helpText(pack)),
};

export const helpText = ({ name }: Pick<Pack, "name">): string =>
  [
    `**Policywire** posts what moves in ${escapeWithin(name, MAX_NAME)}.`,
    "`/follow` have it posted: a form, presets",
    "`/following` change, pause, undo, remove",
    "`/mute` keep something out of a channel",
    "`/settings` time zone · `/leadership` for flags",
    "`/latest` the newest · `/deadlines` what is due",
    "`/search` by words · `/story` one · `/why` why, why not",
    "`/points` the glossary · `/quotes` who said what",
    "`/trend` a chart · `/memo` what a week brought",
    "`/feeds` `/status` whether all is read",
    "In a direct message, `/follow` is for you alone.",
    "Every card has buttons: why, sources, flag, wrong.",
  ].join("\n");
