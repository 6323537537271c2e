import { Command } from "commander";
import { quoteLine } from "#answers/cited.ts";
import type { Library } from "#answers/question.ts";
import { type CitedQuote, saidText, wordsOf } from "#model/quote.ts";
import { sheetOf } from "#pipeline/quotes/sheet.ts";
import { complain } from "#settings/problem.ts";
import { latestQuotes } from "#store/quotes.ts";
import { dateText } from "#text/calendar.ts";
import { ageMs, collect, count, unknownIds } from "./latest.ts";
import { freshnessText, jsonLines, type LookUpOptions, lookUp } from "./look-up.ts";
import { plain } from "./terminal.ts";

const SHOWN_QUOTES = 20;

type Asked = {
  readonly who?: string;
  readonly point: readonly string[];
  readonly since?: number;
  readonly limit: number;
};

type Form = "text" | "json" | "csv";

/** `policywire quotes`: who said what, from the store. */
export function quotesCommand(clock: () => Date): Command {
  return new Command("quotes")
    .option("--who <words>", "only of whom a name or an office has these words")
    .option("--point <id>", "only in stories on this friction point; may be repeated", collect, [])
    .option("--since <age>", "only from the last 12h, 7d, 2w …", ageMs)
    .option("--limit <count>", "how many to show", count, SHOWN_QUOTES)
    .option("--json", "as JSON lines")
    .option("--csv", "as CSV, for a spreadsheet")
    .option("--pack <dir>", "the pack that names points (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: Asked & LookUpOptions & { readonly csv?: boolean }) => {
      process.exitCode = await lookUp(options, async (library) => {
        const strangers = unknownIds({ point: options.point }, library.pack);
        if (strangers.length > 0) return complain(strangers);
        const form = options.csv === true ? "csv" : options.json === true ? "json" : "text";
        process.stdout.write(await quotesText(options, library, clock(), form));
        return 0;
      });
    });
}

/** The answer in one of its forms; the empty one says how fresh it is. */
export async function quotesText(asked: Asked, { db, pack }: Library, now: Date, form: Form): Promise<string> {
  const { who = "", point: points, since, limit } = asked;
  const from = since === undefined ? {} : { since: new Date(now.getTime() - since) };
  const found = await latestQuotes(db, { who, points, ...from, limit });
  if (form === "csv") return sheetOf(found, pack);
  if (form === "json") return jsonLines(found.map((quote) => quoteLine(quote, pack)));
  if (found.length === 0) return `Nobody was quoted. ${await freshnessText(db)}\n`;
  return found.map(quoteText).join("\n");
}

function quoteText(quote: CitedQuote): string {
  const { speaker, office, stance, at, url } = quote;
  const who = [speaker, ...(office === null ? [] : [office]), ...(stance === null ? [] : [`(${stance.side})`])].join(
    ", ",
  );
  return `${plain(who)}\n  ${saidText(quote, plain(wordsOf(quote)))}\n  ${dateText(at)} ${plain(url)}\n`;
}
