import { styleText } from "node:util";
import { Command } from "commander";
import type { Library } from "#answers/question.ts";
import { ledFirst, tagsInOrder } from "#answers/story.ts";
import type { StoredArticle } from "#model/article.ts";
import { pagesOf, pagesText } from "#model/citation.ts";
import { feedName, nameOn, type Pack } from "#model/pack.ts";
import type { Tag, Tagging } from "#model/tag.ts";
import { gistOf } from "#pipeline/tag/gist.ts";
import { complain } from "#settings/problem.ts";
import { articlesOf } from "#store/articles.ts";
import { storyById } from "#store/stories.ts";
import { taggingsOf } from "#store/taggings.ts";
import { count } from "./latest.ts";
import { type LookUpOptions, lookUp } from "./look-up.ts";
import { type Look, lookOf, plain, wrap } from "./terminal.ts";
import { tracksOf } from "./tracks.ts";

/** Articles whose proof is shown: the first reports carry it, later ones repeat it. */
const SHOWN_ARTICLES = 2;

/** `policywire why STORY`: the proof of a story's tags, and the other tracks of its dispute. */
export function whyCommand(): Command {
  return new Command("why")
    .argument("<story>", "the story's number, from the foot of its post", count)
    .option("--articles <count>", "how many of its articles to show", count, SHOWN_ARTICLES)
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (storyId: number, options: LookUpOptions & { articles: number }) => {
      process.exitCode = await lookUp(options, async (library) => {
        const text = await whyText(storyId, options.articles, library, lookOf(process.stdout));
        if (text === null) return complain([`There is no story ${storyId}.`]);
        process.stdout.write(text);
        return 0;
      });
    });
}

/** The proof, article by article; null when there is no such story. */
export async function whyText(
  storyId: number,
  most: number,
  { db, pack }: Library,
  look: Look,
): Promise<string | null> {
  const story = await storyById(db, storyId);
  if (story === null) return null;
  const articles = await articlesOf(db, story.id);
  const shown = ledFirst(articles, story).slice(0, most);
  const taggings = await taggingsOf(
    db,
    shown.map(({ id }) => id),
  );
  const hidden = articles.length - shown.length;
  return [
    ...shown.flatMap((article) => articleLines(article, taggings.get(article.id), pack, look)),
    ...(hidden === 0 ? [] : [`  and ${hidden} more ${hidden === 1 ? "article" : "articles"}`]),
    ...(await tracksOf(story, { db, pack })).flatMap((track) => wrap(track, look.width, "  ")),
    "",
    "",
  ].join("\n");
}

function articleLines(article: StoredArticle, tagging: Tagging | undefined, pack: Pack, look: Look): string[] {
  const source = feedName(article.feedId, pack);
  const style = styler(look);
  const gist = gistOf(article, tagging?.tags ?? [], pack);
  return [
    ...wrap(`${article.title} (${source})`, look.width, "").map((line) => style("bold", line)),
    ...(gist === null ? [] : wrap(`read as: ${plain(gist)}`, look.width, "  ")),
    ...tagsInOrder(tagging?.tags ?? []).flatMap((tag) => proofLines(article, tag, pack, look)),
  ];
}

function proofLines(article: StoredArticle, tag: Tag, pack: Pack, look: Look): string[] {
  const [proof] = tag.evidence;
  if (proof === undefined) return [];
  const { field, phrase, sentence, rule, reading } = proof;
  const whole = plain(article[field].slice(sentence.start, sentence.end));
  const pages = field === "title" ? null : pagesOf(article.document, sentence);
  const where = pages === null ? field : `${field}, ${pagesText(pages)}`;
  const style = styler(look);
  return [
    ...wrap(`${tag.axis} ${nameOn(tag.axis, tag.id, pack)}: "${phrase}"`, look.width, "  ").map((line) =>
      style("cyan", line),
    ),
    ...wrap(`in the ${where}: "${whole}"`, look.width, "    "),
    ...wrap(`rule: ${rule} (${reading})`, look.width, "    ").map((line) => style("dim", line)),
  ];
}

function styler({ colour }: Look) {
  return (format: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(format, text, { validateStream: false }) : text;
}
