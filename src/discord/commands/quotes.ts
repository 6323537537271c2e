import { ApplicationCommandOptionType, MessageFlags } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeWithin, labelWithin } from "#discord/escape.ts";
import { AXES } from "#model/axes.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { sheetOf } from "#pipeline/quotes/sheet.ts";
import { latestQuotes, speakersNamed, type WantedQuotes } from "#store/quotes.ts";
import { type Command, type Context, lookUp, mayWrite } from "./command.ts";
import { readLists } from "./narrowing.ts";
import {
  axisOption,
  completeList,
  DEFAULT_PERIOD,
  MAX_CHOICE,
  MAX_CHOICES,
  nameOfPeriod,
  sinceOption,
  startOf,
} from "./options.ts";
import { paged } from "./paging.ts";
import { quoteLine } from "./quote-line.ts";
import { sinceText } from "./since.ts";

const SHOWN = 50;
const PER_PAGE = 5;

/** Rows of the file. */
const EXPORTED = 1_000;

/** `/quotes`: who said what, newest first, with a button for all of it as a file. */
export const quotes: Command = {
  definition: lookUp("quotes", "Who said what, in their own words", [
    {
      type: ApplicationCommandOptionType.String,
      name: "who",
      description: "A name or an office, or the beginning of its words",
      autocomplete: true,
      max_length: LONGEST_TYPED,
    },
    axisOption("point", "Friction points; choose again after a comma for several"),
    sinceOption("the last 30 days"),
  ]),

  async complete({ options }, { db, pack }) {
    const { name, value } = options.getFocused(true);
    if (name === "point") return completeList(value, AXES.point(pack));
    const speakers = await speakersNamed(db, value, MAX_CHOICES);
    return speakers.map((speaker) => ({ name: labelWithin(speaker, MAX_CHOICE), value: speaker.slice(0, MAX_CHOICE) }));
  },

  async run(interaction, context) {
    const { db, pack, clock, later } = context;
    const { options } = interaction;
    const period = options.getString("since") ?? DEFAULT_PERIOD;
    const lists = readLists(interaction, pack);
    if ("fault" in lists) return privately(lists.fault);
    const who = options.getString("who") ?? "";
    const wanted = { who, points: lists.value.points, since: startOf(period, clock()) };
    const found = await latestQuotes(db, { ...wanted, limit: SHOWN });
    const of = who === "" ? "" : ` by ${escapeWithin(who, LONGEST_TYPED)}`;
    if (found.length === 0) return privately(`Nothing said${of} in ${nameOfPeriod(period)}. ${await sinceText(db)}`);
    const read = async () => ({
      title: `Said${of} in ${nameOfPeriod(period)}`,
      entries: (await latestQuotes(db, { ...wanted, limit: SHOWN })).map((quote) => quoteLine(quote, pack)),
    });
    const asFile = later.button("As CSV", () => fileOf(wanted, context));
    return paged({ read, perPage: PER_PAGE, shareable: mayWrite(interaction), extra: [asFile] }, context);
  },
};

/** All that is wanted as a spreadsheet, for the person alone. */
async function fileOf(wanted: Omit<WantedQuotes, "limit">, { db, pack }: Context): Promise<Answer> {
  const found = await latestQuotes(db, { ...wanted, limit: EXPORTED });
  const attachment = Buffer.from(sheetOf(found, pack), "utf8");
  const content = found.length < EXPORTED ? `${found.length} quotes` : `The newest ${found.length} quotes`;
  return { content, files: [{ attachment, name: "quotes.csv" }], flags: MessageFlags.Ephemeral };
}
