import { Command } from "commander";
import { z } from "zod";
import type { Point } from "#model/pack.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { languageOf } from "#text/language.ts";
import { eachLine, type Streams } from "./json-lines.ts";
import { withPack } from "./with-pack.ts";

const line = z.object({
  id: z.union([z.string(), z.number()]),
  articles: z.array(
    z.object({
      title: z
        .string()
        .nullish()
        .transform((title) => title ?? ""),
      text: z.string(),
      primary: z.boolean().default(false),
    }),
  ),
  sentences: z.int().positive().optional(),
  words: z.int().positive().optional(),
  points: z.array(z.string()).optional(),
});

/** Sentences of a summary when the line names no budget: more is not read on a phone. */
const DEFAULT_SENTENCES = 3;

/** `policywire summarize`: cited summaries of stories read as JSON lines. */
export function summarizeCommand(): Command {
  return new Command("summarize")
    .option("--pack <dir>", "the pack whose friction points have the two sides", "feeds/ai-policy")
    .action(async (options: { pack: string }) => {
      const streams = { input: process.stdin, output: process.stdout };
      process.exitCode = await withPack(options.pack, async ({ points }) =>
        (await summarizeLines(streams, points)) > 0 ? 1 : 0,
      );
    });
}

/** Resolves to the number of lines that could not be read. */
export const summarizeLines = (streams: Streams, points: readonly Point[]): Promise<number> =>
  eachLine(streams, line, (value) => answer(value, points));

function answer(
  { id, articles, sentences, words, points: wanted }: z.infer<typeof line>,
  points: readonly Point[],
): object {
  const maxSentences = sentences ?? (words === undefined ? DEFAULT_SENTENCES : Number.POSITIVE_INFINITY);
  const sources = articles.map((article, index) => ({
    ...article,
    id: index,
    language: languageOf(`${article.title}\n${article.text}`),
  }));
  const summary = summarize(sources, {
    maxSentences,
    points: (wanted ?? []).flatMap((id) => points.find((point) => point.id === id) ?? []),
    ...(words === undefined ? {} : { maxWords: words }),
  });
  return {
    id,
    language: sources.find(({ language }) => language !== null)?.language ?? null,
    summary: summary.sentences.map(({ text }) => text).join(" "),
    sentences: summary.sentences.map(({ articleId, ...sentence }) => ({ ...sentence, article: articleId })),
    sides: summary.sides.map(({ articleId, ...statement }) => ({ ...statement, article: articleId })),
    conflicts: summary.conflicts.map((figures) =>
      figures.map(({ articleId, ...figure }) => ({ ...figure, article: articleId })),
    ),
  };
}
