import type { StoredArticle } from "#model/article.ts";
import type { Card } from "#model/delivery.ts";
import type { Story } from "#model/story.ts";
import type { Axis, Tag } from "#model/tag.ts";
import { HOUR_MS } from "#model/time.ts";

export const NOW = new Date("2026-11-24T08:00:00Z");

export const hours = (count: number, from = NOW) => new Date(from.getTime() + count * HOUR_MS);

/** A stored article with everything filled in; give what the test is about. */
export function article(given: Partial<StoredArticle> = {}): StoredArticle {
  const id = given.id ?? 1;
  const url = `https://gazette.example/${id}`;
  const { text = "The department is weighing a penalty. Talks over audits have stalled." } = given;
  return {
    id,
    feedId: "gazette",
    keys: [`url:${url}`],
    url,
    canonicalUrl: url,
    title: "Department weighs penalty",
    text,
    textFrom: "summary",
    author: null,
    publishedAt: hours(-1),
    updatedAt: null,
    firstSeenAt: NOW,
    language: "en",
    textHash: `hash of ${id}: ${text}`,
    ...given,
  };
}

export function story(given: Partial<Story> = {}): Story {
  return {
    id: 7,
    sagaId: 3,
    title: "Department weighs penalty",
    leadArticleId: 1,
    articleCount: 1,
    stage: "threatened",
    certainty: "anonymous",
    points: ["penalties", "audit-scope"],
    places: ["US"],
    actors: ["commerce"],
    summary: [],
    revision: 1,
    openedAt: hours(-1),
    lastArticleAt: hours(-1),
    closedAt: null,
    ...given,
  };
}

export function card(given: Partial<Card> = {}): Card {
  return {
    storyId: 7,
    revision: 1,
    title: "Department weighs penalty",
    url: "https://gazette.example/1",
    saga: null,
    headline: "Threatened · reported, unconfirmed · US · penalties and fines",
    stage: "Threatened",
    certainty: "reported, unconfirmed",
    places: ["US"],
    points: ["Penalties and fines"],
    change: null,
    sentences: [{ text: "The department is weighing a penalty.", source: 1 }],
    sources: [{ name: "The Gazette", url: "https://gazette.example/1", primary: false }],
    conflicts: [],
    moreSources: 0,
    hasDays: false,
    at: NOW,
    ...given,
  };
}

/** A tag that the first letters of the title prove. */
export function tagOf(axis: Axis, id: string): Tag {
  const sentence = { start: 0, end: 5 };
  const evidence = { field: "title" as const, phrase: id, sentence, rule: id, reading: "stated" as const, ...sentence };
  return { axis, id, strength: "strong", primary: true, evidence: [evidence] };
}
