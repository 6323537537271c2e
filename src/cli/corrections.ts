import { Command } from "commander";
import type { Library } from "#answers/question.ts";
import { articlesOf } from "#store/articles.ts";
import { corrections } from "#store/corrections.ts";
import { storyById } from "#store/stories.ts";
import { type LookUpOptions, lookUp } from "./look-up.ts";

/** `policywire corrections`: what readers found wrong, with what it was about, to be used as labelled data. */
export function correctionsCommand(): Command {
  return new Command("corrections")
    .option("--pack <dir>", "the pack in use (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: LookUpOptions) => {
      process.exitCode = await lookUp(options, async (library) => {
        process.stdout.write(await correctionsText(library));
        return 0;
      });
    });
}

/** One line each. Who found it stays in the store: labelled data needs no names. */
export async function correctionsText({ db }: Pick<Library, "db">): Promise<string> {
  const lines: string[] = [];
  for (const { storyId, revision, kind, note, applied, at } of await corrections(db)) {
    const story = await storyById(db, storyId);
    const articles = (await articlesOf(db, storyId)).map(({ feedId, url, title, text }) => ({
      feedId,
      url,
      title,
      text,
    }));
    const shown =
      story === null
        ? null
        : { stage: story.stage, certainty: story.certainty, points: story.points, places: story.places };
    lines.push(JSON.stringify({ at, kind, note, applied, storyId, revision, shown, articles }));
  }
  return lines.map((line) => `${line}\n`).join("");
}
