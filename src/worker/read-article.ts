import type { Article } from "#model/article.ts";
import type { Feed } from "#model/feed.ts";
import type { Tagging } from "#model/tag.ts";
import { type Arrival, isNews } from "#pipeline/match.ts";
import { tag } from "#pipeline/tag/tag.ts";
import type { World } from "./world.ts";

/** An article that was read and tagged. */
export type Reading = {
  readonly article: Article;
  readonly tagging: Tagging;
  /** `textHash` of the entry as its feed gave it, before the text was taken from its page. */
  readonly entryHash: string;
};

/**
 * Tags an article, by the text of its own page when its feed gives only a summary, the summary is relevant and the
 * article is news: a backlog is not worth a site's trouble.
 */
export async function readArticle(article: Article, feed: Feed, arrival: Arrival, world: World): Promise<Reading> {
  const tagging = tag(article, world.rules, feed);
  const brief = { article, tagging, entryHash: article.textHash };
  const wanted = feed.fullText === "auto" && article.textFrom === "summary" && tagging.relevant;
  if (!wanted || !isNews(article, arrival)) return brief;
  const full = await world.readPage(article);
  return full === article ? brief : { ...brief, article: full, tagging: tag(full, world.rules, feed) };
}
