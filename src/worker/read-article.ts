import type { Article } from "#model/article.ts";
import type { Feed } from "#model/feed.ts";
import { type Tag, type Tagging, tagsOn } from "#model/tag.ts";
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
 * article is news: a backlog is not worth a site's trouble. Of a primary source that gives no more than titles all pages are read, and
 * all documents: "Decision 14/2026" does not say on what.
 */
export async function readArticle(
  article: Article,
  feed: Feed,
  arrival: Arrival,
  world: World,
): Promise<TaggedArticle> {
  const tagging = tagIn(article, feed, world);
  const tagged = { article, tagging, entryHash: article.textHash };
  const tells = tagging.relevant || (feed.primary && isBare(article));
  const wanted = feed.fullText === "auto" && article.textFrom === "summary" && tells;
  if (!wanted || !isNews(article, arrival)) return tagged;
  const full = await world.readPage(article);
  return full === article ? tagged : { ...tagged, article: full, tagging: tagIn(full, feed, world) };
}

/** Whether a source says no more of an article than its title: a date, a format and a size beside it are no summary. */
const isBare = ({ title, text }: Article): boolean => text.length <= title.length;

/** Tags an article; in a language that the pack does not accept it is kept, with its tags, but not for readers. */
export function tagIn(article: Article, feed: Feed | undefined, { rules }: Pick<World, "rules">): Tagging {
  const said = article.document?.said;
  const tagging =
    said === undefined
      ? tag(article, rules, feed)
      : ofDocument(tag(article, rules, feed), tag({ ...article, text: said }, rules, feed));
  const { languages } = rules.pack;
  const accepted = languages.length === 0 || article.language === null || languages.includes(article.language);
  return accepted ? tagging : { ...tagging, relevant: false, support: 0 };
}

/**
 * A document of many pages touches on much. What it is about its feed says, where that names friction points: others are weak, those
 * that it names strong. Nor is it less sure to be news than what its feed said was.
 */
function ofDocument(tagging: Tagging, said: Tagging): Tagging {
  const strong = tagsOn(said.tags, "point").filter(({ strength }) => strength === "strong");
  const named = new Set(strong.map(({ id }) => id));
  const tags = tagging.tags.map((one): Tag => {
    if (one.axis !== "point" || named.size === 0) return one;
    return { ...one, strength: named.has(one.id) ? "strong" : "weak" };
  });
  return {
    ...tagging,
    relevant: tagging.relevant || said.relevant,
    support: Math.max(tagging.support, said.support),
    tags,
  };
}
