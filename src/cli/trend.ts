import { Command } from "commander";
import { ageOf } from "#answers/asked.ts";
import type { Library } from "#answers/question.ts";
import { USUALLY_BACK, weekLines } from "#answers/trend.ts";
import type { Trend } from "#model/trend.ts";
import { drawChart } from "#pipeline/trend/chart.ts";
import { chartOf, linesOf, titleOf } from "#pipeline/trend/describe.ts";
import { complain } from "#settings/problem.ts";
import { trendOf } from "#store/trend.ts";
import { dayText } from "#text/calendar.ts";
import { ageMs, collect, unknownIds } from "./latest.ts";
import { freshnessText, jsonLines, type LookUpOptions, lookUp } from "./look-up.ts";
import { replaceFile } from "./replace-file.ts";
import { plain } from "./terminal.ts";

type Asked = { readonly place: readonly string[]; readonly since: number };

/** `policywire trend POINT`: how much moved on a friction point, week by week. */
export function trendCommand(clock: () => Date): Command {
  return new Command("trend")
    .argument("<point>", "the id of a friction point")
    .option("--place <id>", "only of stories about this place; may be repeated", collect, [])
    .option("--since <age>", `how far back: 13w, 90d … (default: ${USUALLY_BACK})`, ageMs, ageOf(USUALLY_BACK))
    .option("--json", "as JSON lines, one a week")
    .option("--png <file>", "as a chart, written to a file")
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (point: string, options: Asked & LookUpOptions & { readonly png?: string }) => {
      process.exitCode = await lookUp(options, async (library) => {
        const strangers = unknownIds({ point: [point], place: options.place }, library.pack);
        if (strangers.length > 0) return complain(strangers);
        const wanted = { point, places: options.place, since: new Date(clock().getTime() - options.since) };
        const trend = await trendOf(library.db, wanted, clock());
        if (options.png !== undefined) return writeChart(trend, options.png);
        process.stdout.write(
          options.json === true ? jsonLines(weekLines(trend)) : await trendText(trend, wanted, library),
        );
        return 0;
      });
    });
}

/** A line a week: the day it begins, developments as a bar, movements. */
export async function trendText(trend: Trend, of: Parameters<typeof titleOf>[0], library: Library): Promise<string> {
  const most = Math.max(1, ...trend.weeks.map(({ developments }) => developments));
  const rows = trend.weeks.map(({ from, developments, movements, read }) => {
    const bar = "█".repeat(Math.ceil((BAR_WIDTH * developments) / most)).padEnd(BAR_WIDTH);
    const moved = movements === 0 ? "" : `  ${movements} moved`;
    return `${dayText(from).padStart(11)}  ${String(developments).padStart(4)}  ${bar}${read ? moved : "  nothing was read"}`.trimEnd();
  });
  const said = linesOf(trend, library.pack).map(plain);
  const lines = [plain(titleOf(of, library.pack)), "", ...rows, "", ...said];
  return `${lines.join("\n")}\n${await freshnessText(library.db)}\n`;
}

const BAR_WIDTH = 40;

async function writeChart(trend: Trend, path: string): Promise<number> {
  let reason = "";
  const png = await drawChart(chartOf(trend), (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  if (png === null) return complain([reason]);
  replaceFile(path, png);
  return 0;
}
