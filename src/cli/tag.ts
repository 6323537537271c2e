import { Command } from "commander";
import { z } from "zod";
import { loadPack } from "#app/pack.ts";
import { problemLine } from "#app/problem.ts";
import type { Pack } from "#model/pack.ts";
import { idOn, type Tagging, tagsOn } from "#model/tag.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { eachLine, type Streams } from "./json-lines.ts";

const line = z.object({
  id: z.union([z.string(), z.number()]),
  title: z
    .string()
    .nullish()
    .transform((title) => title ?? ""),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  publishedAt: z.string().nullish(),
  source: z.string().nullish(),
});

/** `policywire tag`: friction points, places, stage and certainty of articles read as JSON lines. */
export function tagCommand(): Command {
  return new Command("tag")
    .description(
      "tag articles: JSON lines {id, title, text, publishedAt?, source?} in, {id, relevant, points, jurisdictions, stage, certainty} out",
    )
    .option("--pack <dir>", "the pack whose rules to use", "feeds/ai-policy")
    .action(async (options: { pack: string }) => {
      const loaded = loadPack(options.pack);
      if (!loaded.ok) {
        for (const problem of loaded.problems) console.error(problemLine(problem));
        process.exitCode = 2;
        return;
      }
      const unread = await tagLines({ input: process.stdin, output: process.stdout }, loaded.pack);
      if (unread > 0) process.exitCode = 1;
    });
}

/** Resolves to the number of lines that could not be read. */
export async function tagLines(streams: Streams, pack: Pack): Promise<number> {
  const rules = compileRules(pack);
  return await eachLine(streams, line, ({ id, title, text }) => answer(id, tag({ title, text }, rules)));
}

function answer(id: string | number, { relevant, hold, tags }: Tagging): object {
  return {
    id,
    relevant,
    points: tagsOn(tags, "point").map(({ id, strength, evidence }) => ({ id, strength, evidence })),
    jurisdictions: tagsOn(tags, "place")
      .filter(({ primary }) => primary)
      .map(({ id }) => id),
    mentions: tagsOn(tags, "place")
      .filter(({ primary }) => !primary)
      .map(({ id }) => id),
    actors: tagsOn(tags, "actor").map(({ id }) => id),
    instruments: tagsOn(tags, "instrument").map(({ id }) => id),
    remedies: tagsOn(tags, "remedy").map(({ id }) => id),
    stage: idOn(tags, "stage"),
    certainty: idOn(tags, "certainty"),
    ...(hold === null ? {} : { hold }),
  };
}
