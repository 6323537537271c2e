import type { StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";

/** One article of a story, with what tagging says of it and whether its feed is a primary source. */
export type Member = { readonly article: StoredArticle; readonly tagging: Tagging; readonly primary: boolean };
