import type { Article } from "#model/article.ts";
import type { Feed } from "#model/feed.ts";
import type { Tagging } from "#model/tag.ts";
import { type Arrival, isNews } from "#pipeline/match.ts";
import { tag } from "#pipeline/tag/tag.ts";
import type { World } from "./world.ts";

/** An article that was read and tagged. */
export type TaggedArticle = {
  readonly article: Article;
  readonly tagging: Tagging;
  /** `textHash` of the entry as its feed gave it, before the text was taken from its page. */
  readonly entryHash: string;
};

/**
 * Tags an article, by the text of its own page when its feed gives only a summary, the summary is relevant and the
 * article is news: a backlog is not worth a site's trouble. Of a primary source that gives no more than titles all pages are read:
 * "Authority fines Orbis" does not say for what.
 */
export async function readArticle(
  article: Article,
  feed: Feed,
  arrival: Arrival,
  world: World,
): Promise<TaggedArticle> {
  const tagging = tagIn(article, feed, world);
  const tagged = { article, tagging, entryHash: article.textHash };
  const tells = tagging.relevant || (feed.primary && article.text === "");
  const wanted = feed.fullText === "auto" && article.textFrom === "summary" && tells;
  if (!wanted || !isNews(article, arrival)) return tagged;
  const full = await world.readPage(article);
  return full === article ? tagged : { ...tagged, article: full, tagging: tagIn(full, feed, world) };
}

/** Tags an article; in a language that the pack does not accept it is kept, with its tags, but not for readers. */
export function tagIn(article: Article, feed: Feed | undefined, { rules }: Pick<World, "rules">): Tagging {
  const tagging = tag(article, rules, feed);
  const { languages } = rules.pack;
  const accepted = languages.length === 0 || article.language === null || languages.includes(article.language);
  return accepted ? tagging : { ...tagging, relevant: false, support: 0 };
}
