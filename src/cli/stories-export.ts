import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { articlesById } from "#store/articles.ts";
import { placedByHand } from "#store/decisions.ts";
import type { Db } from "#store/engine/database.ts";
import { readStore } from "./look-up.ts";

/** The set that the decisions of one installation make: `stories-by-hand`. */
const FILE = "stories-by-hand.jsonl";

/** `policywire stories export`: what people decided, as a labelled set to measure grouping with. */
export function exportDecisionsCommand(): Command {
  return new Command("export")
    .description(`write the articles that people have placed to DIR/dev/${FILE}, their stories to DIR/gold/${FILE}`)
    .argument("<dir>", "the folder of labelled sets")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (dir: string, options: { readonly data?: string }) => {
      process.exitCode = await readStore(options, async (db) => {
        const count = await exportDecisions(db, dir);
        process.stdout.write(
          `Wrote ${count} ${count === 1 ? "article" : "articles"} of set stories-by-hand to ${dir}.\n`,
        );
        return 0;
      });
    });
}

/** Replaces the set in `dir`. Articles stand in order of arrival. Resolves to their number. */
export async function exportDecisions(db: Db, dir: string): Promise<number> {
  const placed = await placedByHand(db);
  const articles = await articlesById(
    db,
    placed.map(({ articleId }) => articleId),
  );
  const dev = articles.map(({ id, title, text, publishedAt, feedId }) => ({
    id: `${id}`,
    title,
    text,
    publishedAt,
    source: feedId,
  }));
  const gold = placed.map(({ articleId, storyId }) => ({ id: `${articleId}`, story: `${storyId}` }));
  write(join(dir, "dev"), dev);
  write(join(dir, "gold"), gold);
  return placed.length;
}

function write(folder: string, lines: readonly object[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
