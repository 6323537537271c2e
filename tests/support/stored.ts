import { createHash } from "node:crypto";
import type { Article, StoredArticle } from "#model/article.ts";
import type { Story } from "#model/story.ts";
import type { Tagging } from "#model/tag.ts";
import { MINUTE_MS } from "#model/time.ts";
import { saveArticle } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { assignArticle, openStory } from "#store/stories.ts";

export const NOON = new Date("2026-03-02T12:00:00Z");
export const minutes = (count: number, from = NOON): Date => new Date(from.getTime() + count * MINUTE_MS);
export const days = (count: number, from = NOON): Date => minutes(count * 24 * 60, from);

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

export function anArticle(change: Partial<Article> = {}): Article {
  const title = change.title ?? "Harbour council weighs a fine over missed audits";
  const text = change.text ?? "The council met on Monday. Talks over the audits go on.";
  return {
    feedId: "gazette",
    keys: [`guid:${title}`],
    url: "https://gazette.example/a",
    canonicalUrl: "https://gazette.example/a",
    title,
    text,
    textFrom: "summary",
    author: null,
    publishedAt: minutes(-30),
    updatedAt: null,
    firstSeenAt: NOON,
    language: "en",
    textHash: hash(`${title}\n${text}`),
    ...change,
  };
}

export const aTagging: Tagging = {
  relevant: true,
  support: 1,
  hold: null,
  tags: [
    {
      axis: "point",
      id: "audit-scope",
      strength: "strong",
      primary: true,
      evidence: [
        {
          field: "title",
          start: 42,
          end: 48,
          phrase: "audits",
          sentence: { start: 0, end: 48 },
          rule: "audits",
          reading: "stated",
        },
      ],
    },
  ],
};

export function aStory(lead: StoredArticle, change: Partial<Story> = {}): Omit<Story, "id" | "sagaId"> {
  return {
    title: lead.title,
    leadArticleId: lead.id,
    articleCount: 1,
    stage: "threatened",
    certainty: "reported",
    points: ["audit-scope"],
    places: ["US"],
    actors: [],
    summary: [{ start: 0, end: 26, text: "The council met on Monday.", articleId: lead.id, ranges: [[0, 26]] }],
    revision: 1,
    openedAt: NOON,
    lastArticleAt: lead.publishedAt ?? NOON,
    closedAt: null,
    ...change,
  };
}

/** Stores one article in a story of its own. */
export async function storedStory(db: Db, article: Partial<Article> = {}, story: Partial<Story> = {}): Promise<Story> {
  await registerFeeds(db, ["gazette", "courier"], NOON);
  const saved = await saveArticle(db, anArticle(article));
  const opened = await openStory(db, aStory(saved.article, story), null);
  await assignArticle(db, saved.article.id, opened.id);
  return opened;
}
