import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Placeable } from "#pipeline/cluster/profile.ts";
import { randomFrom } from "#support/random.ts";

export type Labelled = { readonly article: Placeable; readonly story: number };
export type LabelledSet = { readonly name: string; readonly of: string; readonly rows: readonly Labelled[] };

export function readSet(dir: string, name: string): LabelledSet {
  const lines = (part: string) =>
    readFileSync(join(dir, part, `stories-${name}.jsonl`), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  const stories = new Map<string, number>();
  const gold = new Map<string, number>();
  for (const { id, story } of lines("gold")) {
    const number = stories.get(String(story)) ?? stories.size + 1;
    stories.set(String(story), number);
    gold.set(id, number);
  }
  let seenAt = 0;
  const rows = lines("dev").map((line, at) => {
    const publishedAt = line.publishedAt ? new Date(line.publishedAt) : null;
    seenAt = Math.max(seenAt, publishedAt?.getTime() ?? 0);
    const article = {
      id: at + 1,
      feedId: line.source ?? "",
      title: line.title,
      text: line.text ?? "",
      publishedAt,
      firstSeenAt: new Date(seenAt),
    };
    return { article, story: gold.get(line.id)! };
  });
  return { name, of: name, rows };
}

export const withoutText = ({ of, rows }: LabelledSet): LabelledSet => ({
  name: `${of} headlines`,
  of,
  rows: rows.map(({ article, story }) => ({ story, article: { ...article, text: "" } })),
});

/** The text alone, as of a post that has no title. */
export const withoutTitle = ({ of, rows }: LabelledSet): LabelledSet => ({
  name: `${of} untitled`,
  of,
  rows: rows.map(({ article, story }) => ({ story, article: { ...article, title: "" } })),
});

/** Undated, in an order that tells nothing. */
export function withoutDates({ of, rows }: LabelledSet): LabelledSet {
  const random = randomFrom(12_345);
  const shuffled = rows.map((row) => ({ row, at: random() })).sort((a, b) => a.at - b.at);
  return {
    name: `${of} undated`,
    of,
    rows: shuffled.map(({ row: { article, story } }, at) => ({
      story,
      article: { ...article, id: at + 1, publishedAt: null, firstSeenAt: new Date(0) },
    })),
  };
}
