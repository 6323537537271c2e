import { Command } from "commander";
import { z } from "zod";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { eachLine } from "./json-lines.ts";

const LINE = z.object({
  id: z.string(),
  articles: z.array(z.object({ title: z.string().default(""), text: z.string(), primary: z.boolean().default(false) })),
  sentences: z.int().positive().optional(),
  words: z.int().positive().optional(),
});

/** Sentences of a summary when the line names no budget. */
const DEFAULT_SENTENCES = 3;

function answer({ id, articles, sentences, words }: z.infer<typeof LINE>): object {
  const maxSentences = sentences ?? (words === undefined ? DEFAULT_SENTENCES : Number.POSITIVE_INFINITY);
  const summary = summarize(
    articles.map((article, index) => ({ ...article, id: index })),
    { maxSentences, ...(words === undefined ? {} : { maxWords: words }) },
  );
  return {
    id,
    summary: summary.map(({ text }) => text).join(" "),
    sentences: summary.map(({ articleId, ...sentence }) => ({ ...sentence, article: articleId })),
  };
}

export function summarizeCommand(): Command {
  return new Command("summarize")
    .description(
      "summarise stories: JSON lines {id, articles: [{title, text}], sentences?, words?} in, cited sentences out",
    )
    .action(async () => {
      if ((await eachLine({ input: process.stdin, output: process.stdout }, LINE, answer)) > 0) process.exitCode = 1;
    });
}
