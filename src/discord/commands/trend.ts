import {
  type APIButtonComponentWithCustomId,
  ApplicationCommandOptionType,
  ComponentType,
  MessageFlags,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { escapeText, escapeWithin } from "#discord/escape.ts";
import { WEEK_MS } from "#model/time.ts";
import { drawChart } from "#pipeline/trend/chart.ts";
import { altOf, chartOf, linesOf, titleOf } from "#pipeline/trend/describe.ts";
import { type TrendOf, trendOf } from "#store/trend.ts";
import { type Command, type Context, lookUp, mayWrite } from "./command.ts";
import { completeNarrowing, readLists } from "./narrowing.ts";
import { axisOption } from "./options.ts";

/** How far back a chart goes, in weeks. A store keeps 400 days. */
const TIMES = [
  { name: "the last 3 months", value: 13 },
  { name: "the last half-year", value: 26 },
  { name: "the last year", value: 52 },
] as const;
const USUAL = TIMES[1];

const MAX_TITLE = 256;
const FILE = "trend.png";

/** `/trend`: how much moved on a point, week by week, as a chart, privately. */
export const trend: Command = {
  definition: lookUp("trend", "How much moves on a friction point, week by week, as a chart", [
    { ...axisOption("point", "The friction point"), required: true },
    axisOption("place", "Places; choose again after a comma for several"),
    {
      type: ApplicationCommandOptionType.Integer,
      name: "since",
      description: `How far back; ${USUAL.name} if left out`,
      choices: [...TIMES],
    },
  ]),
  complete: completeNarrowing,

  async run(interaction, context) {
    const { options } = interaction;
    const { pack, clock, later } = context;
    const lists = readLists(interaction, pack);
    if ("fault" in lists) return privately(lists.fault);
    const { points, places } = lists.value;
    const [point, ...others] = points;
    if (point === undefined || others.length > 0) return privately("Choose one friction point.");
    const weeks = options.getInteger("since") ?? USUAL.value;
    const wanted = { point, places, since: new Date(clock().getTime() - (weeks - 1) * WEEK_MS) };
    const share = later.button("Share", async (pressed) =>
      mayWrite(pressed) ? chartAnswer(wanted, context) : privately("You may not write here."),
    );
    const answer = await chartAnswer(wanted, context);
    return { ...answer, components: mayWrite(interaction) ? [rowOf(share)] : [], flags: MessageFlags.Ephemeral };
  },
};

const rowOf = (button: APIButtonComponentWithCustomId) => ({
  type: ComponentType.ActionRow as const,
  components: [button],
});

/** As it is now. Where no picture can be made, its words say the numbers. */
async function chartAnswer(
  wanted: Required<TrendOf>,
  { db, pack, clock, log }: Pick<Context, "db" | "pack" | "clock" | "log">,
): Promise<Answer> {
  const found = await trendOf(db, wanted, clock());
  const lines = linesOf(found, pack).map(escapeText);
  const png = await drawChart(chartOf(found), (error) => log.error("a chart could not be drawn", { error }));
  const title = escapeWithin(titleOf(wanted, pack), MAX_TITLE);
  if (png === null) return { embeds: [{ title, description: [...lines, escapeText(altOf(found))].join("\n") }] };
  return {
    embeds: [{ title, description: lines.join("\n"), image: { url: `attachment://${FILE}` } }],
    files: [{ attachment: png, name: FILE, description: altOf(found) }],
  };
}
