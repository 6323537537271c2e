import { Command } from "commander";
import { stagesAndSteps } from "#model/pack.ts";
import { partText } from "#pipeline/matters/standing.ts";
import { complain } from "#settings/problem.ts";
import { type KnownMatter, mattersNamed, standingOf, stepsOf, storiesAbout } from "#store/matters.ts";
import { storiesById } from "#store/stories.ts";
import { dateText } from "#text/calendar.ts";
import { count } from "./latest.ts";
import { type Library, type LookUpOptions, lookUp } from "./look-up.ts";
import { mattersOf, titleOf } from "./meant.ts";
import { type Look, lookOf, wrap } from "./terminal.ts";

const SHOWN_MATTERS = 20;
/** Stories of a matter that are listed, the newest. */
const SHOWN_STORIES = 10;

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
  if (look === null) return matters.map(({ id: _, ...matter }) => `${JSON.stringify(matter)}\n`).join("");
  if (matters.length === 0) return "No article is about a matter with a number.\n";
  return matters.map((one) => `${titleOf(one, pack)} (${articlesText(one)})\n`).join("");
}

const articlesText = ({ articleCount }: KnownMatter): string =>
  articleCount === 1 ? "1 article" : `${articleCount} articles`;

/** One matter with its page, its timeline and its stories; as one JSON line where `look` is null. */
export async function matterText(matter: KnownMatter, { db, pack }: Library, look: Look | null): Promise<string> {
  const { id, ...known } = matter;
  const steps = await stepsOf(db, id);
  const standing = await standingOf(db, id);
  const stories = await storiesById(db, await storiesAbout(db, id, SHOWN_STORIES));
  if (look === null) {
    const listed = stories.map(({ id: story, title, lastArticleAt }) => ({ story, title, lastArticleAt }));
    return `${JSON.stringify({ ...known, standing, steps, stories: listed })}\n`;
  }
  const stages = stagesAndSteps(pack.facets);
  const stageOf = (stage: string) => stages.find((one) => one.id === stage)?.name ?? stage;
  const lines = [
    `${titleOf(matter, pack)} (${matter.written}, ${articlesText(matter)})`,
    ...(matter.page === null ? [] : [matter.page]),
    ...(standing.length === 0 ? [] : [`Stands: ${standing.map(partText).join("; ")}`]),
    ...standing.map((part) => `${partText(part)}: “${part.sentence}” ${part.url}`),
    ...steps.map(({ at, stage, sentence, url }) => `${dateText(at)}: ${stageOf(stage)}: “${sentence}” ${url}`),
    ...stories.map(({ id: story, title, lastArticleAt }) => `Story ${story}, ${dateText(lastArticleAt)}: ${title}`),
  ];
  return `${lines.flatMap((line, at) => wrap(line, look.width, at === 0 ? "" : "  ")).join("\n")}\n`;
}
