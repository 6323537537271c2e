import { Command } from "commander";
import type { Library } from "#answers/question.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { calledBy } from "#pipeline/tell/saga-line.ts";
import { complain } from "#settings/problem.ts";
import { sagaOf, storyById } from "#store/stories.ts";
import { dateText } from "#text/calendar.ts";
import { type LookUpOptions, lookUp } from "./look-up.ts";
import { id } from "./stories-by-hand.ts";
import { type Look, lookOf, wrap } from "./terminal.ts";

/** `policywire stories saga STORY`: the dispute that a story belongs to, with its developments in order. */
export function sagaCommand(): Command {
  return new Command("saga")
    .description("list the developments of the dispute that a story belongs to, in order")
    .argument("<story>", "the story's number, from the foot of its post", id)
    .option("--json", "as JSON lines")
    .option("--pack <dir>", "the pack that names stages and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (storyId: number, options: LookUpOptions) => {
      process.exitCode = await lookUp(options, async (library) => {
        const text = await sagaText(storyId, library, options.json === true ? null : lookOf(process.stdout));
        if (text === null) return complain([`There is no story ${storyId}.`]);
        process.stdout.write(text);
        return 0;
      });
    });
}

/** As text, or as a JSON line for each development where `look` is null; null when there is no such story. */
async function sagaText(storyId: number, { db, pack }: Library, look: Look | null): Promise<string | null> {
  const story = await storyById(db, storyId);
  if (story === null) return null;
  const saga = await sagaOf(db, story);
  const name = calledBy(saga, pack);
  if (look === null) {
    const lines = saga.developments.map(({ id: of, title, stage, certainty, openedAt, lastArticleAt }, at) =>
      JSON.stringify({
        sagaId: saga.id,
        saga: name,
        number: at + 1,
        story: of,
        title,
        stage,
        certainty,
        openedAt,
        lastArticleAt,
      }),
    );
    return lines.map((line) => `${line}\n`).join("");
  }
  const lines = saga.developments.flatMap((development, at) => {
    const standing = headlineOf(labelsOf({ ...development, points: [] }, pack));
    const about = [standing, dateText(development.openedAt), `story ${development.id}`].filter((part) => part !== "");
    return wrap(`${at + 1}. ${development.title} (${about.join(" · ")})`, look.width, "");
  });
  return [...wrap(`${name} (saga ${saga.id})`, look.width, ""), ...lines, ""].join("\n");
}
