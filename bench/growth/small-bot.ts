import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Writable } from "node:stream";
import Parser from "rss-parser";

/** The bot that people write first: what it has not seen yet it posts, as a line. */
export type SmallBot = {
  /** Resolves to how many entries were new. */
  poll(url: string): Promise<number>;
  close(): void;
};

export function createSmallBot(folder: string, channel: Writable): SmallBot {
  const parser = new Parser();
  const db = new DatabaseSync(join(folder, "small-bot.db"));
  db.exec("pragma journal_mode = wal");
  db.exec("create table if not exists seen (guid text primary key, title text, link text, date text)");
  const see = db.prepare("insert or ignore into seen (guid, title, link, date) values (?, ?, ?, ?)");

  return {
    async poll(url) {
      const feed = await parser.parseURL(url);
      let posted = 0;
      db.exec("begin");
      try {
        for (const { guid, link, title, isoDate } of feed.items) {
          const key = guid ?? link ?? title;
          if (key === undefined) continue;
          const { changes } = see.run(key, title ?? null, link ?? null, isoDate ?? null);
          if (changes === 0) continue;
          channel.write(`${title}\n${link}\n\n`);
          posted += 1;
        }
        db.exec("commit");
      } catch (error) {
        db.exec("rollback");
        throw error;
      }
      return posted;
    },
    close: () => db.close(),
  };
}
