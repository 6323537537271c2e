import { createStoryIndex } from "#pipeline/cluster/cluster.ts";
import type { Model } from "#pipeline/cluster/model.ts";
import type { Labelled, LabelledSet } from "./labelled.ts";

const UNTAGGED = { relevant: true, support: 1, hold: null, tags: [] };

/** Sums over articles, so that measurements of parts add up: BCubed precision and recall, and pairs. */
export type Tally = {
  articles: number;
  precision: number;
  recall: number;
  shared: number;
  found: number;
  gold: number;
};

/** Places a set online with a model, and measures the articles that `counts` picks. */
export function measure({ rows }: LabelledSet, model: Model, counts: (row: Labelled) => boolean = () => true): Tally {
  const index = createStoryIndex(undefined, model);
  let opened = 0;
  const clusters = rows.map(({ article }) => {
    const { storyId } = index.place(article, UNTAGGED);
    const story = storyId ?? ++opened;
    index.add(article, UNTAGGED, story, story);
    return story;
  });
  const gold = sizes(rows.map(({ story }) => story));
  const found = sizes(clusters);
  const both = sizes(rows.map(({ story }, at) => `${story} ${clusters[at]}`));
  const tally: Tally = { articles: 0, precision: 0, recall: 0, shared: 0, found: 0, gold: 0 };
  for (const [at, row] of rows.entries()) {
    if (!counts(row)) continue;
    const shared = both.get(`${row.story} ${clusters[at]}`)!;
    tally.articles++;
    tally.precision += shared / found.get(clusters[at]!)!;
    tally.recall += shared / gold.get(row.story)!;
    // Half of each pair for each of its articles.
    tally.shared += (shared - 1) / 2;
    tally.found += (found.get(clusters[at]!)! - 1) / 2;
    tally.gold += (gold.get(row.story)! - 1) / 2;
  }
  return tally;
}

export const added = (a: Tally, b: Tally): Tally => ({
  articles: a.articles + b.articles,
  precision: a.precision + b.precision,
  recall: a.recall + b.recall,
  shared: a.shared + b.shared,
  found: a.found + b.found,
  gold: a.gold + b.gold,
});

/** In percent. */
export function scores({ articles, precision, recall, shared, found, gold }: Tally) {
  const [p, r] = [(100 * precision) / articles, (100 * recall) / articles];
  return { f1: (2 * p * r) / (p + r), p, r, pairs: (200 * shared) / Math.max(1, found + gold) };
}

function sizes<T>(keys: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
