import { Command } from "commander";
import type { Pack } from "#model/pack.ts";
import { idOn, type Tag, type Tagging, tagsOn } from "#model/tag.ts";
import { publisherNamed } from "#pipeline/tag/publisher.ts";
import { compileRules, judge } from "#pipeline/tag/tag.ts";
import { glossedOf } from "#text/gloss.ts";
import { languageOf } from "#text/language.ts";
import { articleLine } from "./article-line.ts";
import { explanation } from "./explain.ts";
import { eachLine, type Streams } from "./json-lines.ts";
import { type Look, lookOf } from "./terminal.ts";
import { withPack } from "./with-pack.ts";

/** `policywire tag`: friction points, places, stage and certainty of articles read as JSON lines. */
export function tagCommand(): Command {
  return new Command("tag")
    .option("--pack <dir>", "the pack whose rules to use (POLICYWIRE_PACK)")
    .option(
      "--explain",
      "for a person: the text with its hits marked, each rule that counted or was cancelled, and why",
    )
    .action(async (options: { pack?: string; explain?: boolean }) => {
      const look = options.explain === true ? lookOf(process.stdout) : null;
      process.exitCode = await withPack(options.pack, async (pack) =>
        (await tagLines({ input: process.stdin, output: process.stdout }, pack, look)) > 0 ? 1 : 0,
      );
    });
}

/** One answer a line, as text for a person where `look` is given. Resolves to the number of lines that could not be read. */
export async function tagLines(streams: Streams, pack: Pack, look: Look | null = null): Promise<number> {
  const rules = compileRules(pack);
  return await eachLine(streams, articleLine, ({ id, title, text, publishedAt, source }) => {
    const article = { title, text, publishedAt, language: languageOf(`${title}\n${text}`) };
    const publisher = publisherNamed(source, rules);
    if (look === null) return answer(id, judge(article, rules, publisher).tagging);
    const gloss = glossedOf(article, pack.glossaries);
    const own = gloss === null ? "" : `${title}\n${text}\n\nWord by word in English:\n`;
    return own + explanation(judge(gloss?.english ?? article, rules, publisher), pack, look);
  });
}

function answer(id: string | number, { relevant, hold, tags }: Tagging): object {
  return {
    id,
    relevant,
    points: pointsOf(tags, "strong"),
    weakPoints: pointsOf(tags, "weak"),
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

const pointsOf = (tags: readonly Tag[], wanted: Tag["strength"]): object[] =>
  tagsOn(tags, "point").flatMap(({ id, strength, evidence }) => (strength === wanted ? [{ id, evidence }] : []));
