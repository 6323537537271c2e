import { Command } from "commander";
import { matterAnswer, matterLine } from "#answers/matters.ts";
import { mattersOf, titleOf } from "#answers/meant.ts";
import type { Library } from "#answers/question.ts";
import { complain } from "#settings/problem.ts";
import { type KnownMatter, mattersNamed } from "#store/matters.ts";
import { dateText } from "#text/calendar.ts";
import { count } from "./latest.ts";
import { jsonLines, type LookUpOptions, lookUp } from "./look-up.ts";
import { type Look, lookOf, wrap } from "./terminal.ts";

const SHOWN_MATTERS = 20;

/** `policywire matters`: what is known by a number, and with one how it went. */
export function mattersCommand(clock: () => Date): Command {
  return new Command("matters")
    .argument("[matter...]", "its number or words of its name; all when left out")
    .option("--limit <count>", "how many to list", count, SHOWN_MATTERS)
    .option("--json", "as JSON lines")
    .option("--pack <dir>", "the pack that names laws and stages (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (words: string[], options: LookUpOptions & { limit: number }) => {
      process.exitCode = await lookUp(options, async (library) => {
        const look = options.json === true ? null : lookOf(process.stdout);
        if (words.length === 0) {
          process.stdout.write(listText(await mattersNamed(library.db, "", options.limit), library, look));
          return 0;
        }
        const { matters, faults } = await mattersOf([words.join(" ")], library, clock());
        if (faults.length > 0) return complain(faults);
        for (const matter of matters) process.stdout.write(await matterText(matter, library, look));
        return 0;
      });
    });
}

function listText(matters: readonly KnownMatter[], { pack }: Library, look: Look | null): string {
  if (look === null) return jsonLines(matters.map((one) => matterLine(one, pack)));
  if (matters.length === 0) return "No article is about a matter with a number.\n";
  return matters.map((one) => `${titleOf(one, pack)} (${articlesText(one)})\n`).join("");
}

const articlesText = ({ articleCount }: KnownMatter): string =>
  articleCount === 1 ? "1 article" : `${articleCount} articles`;

/** One matter with its page, its timeline and its stories; as one JSON line where `look` is null. */
export async function matterText(matter: KnownMatter, library: Library, look: Look | null): Promise<string> {
  const told = await matterAnswer(matter, library);
  if (look === null) return jsonLines([told]);
  const { title, written, page, standing, steps, stories } = told;
  const lines = [
    `${title} (${written}, ${articlesText(matter)})`,
    ...(page === null ? [] : [page]),
    ...(standing.length === 0 ? [] : [`Stands: ${standing.map(({ text }) => text).join("; ")}`]),
    ...standing.map(({ text, sentence, url }) => `${text}: “${sentence}” ${url}`),
    ...steps.map(({ publishedAt, name, sentence, url }) => `${dateText(publishedAt)}: ${name}: “${sentence}” ${url}`),
    ...stories.map(({ story, title, lastArticleAt }) => `Story ${story}, ${dateText(lastArticleAt)}: ${title}`),
  ];
  return `${lines.flatMap((line, at) => wrap(line, look.width, at === 0 ? "" : "  ")).join("\n")}\n`;
}
