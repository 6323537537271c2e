import type { Engine } from "#store/engine/engine.ts";

/** As in the first migration: a tsvector holds at most 1 MiB. */
const SEARCHED_CHARACTERS = 100_000;

/**
 * Ids of articles in a block, smallest blocks first. Each article is in one block of every size, and the word index knows its
 * blocks like words: asked for words and blocks, it reads no further than the blocks, so a search goes back in time by ever
 * larger ones.
 */
export const BLOCK_SIZES = [128, 512, 2_048, 8_192, 32_768, 131_072, 524_288] as const;

/** How a block is called: its first id, which leaves room for the place of its size. */
export const nameOfBlock = (number: number, level: number): number => number * BLOCK_SIZES[level]! + level;

const BLOCKS_OF_ID = BLOCK_SIZES.map((size, level) => `article_id / ${size} * ${size} + ${level}`).join(", ");

/**
 * PostgreSQL's words in a table of their own, of articles in stories alone: no other is ever found, and most of what feeds bring
 * is in none. Kept by triggers, as on SQLite. What `words` took beside each article is free for what is written next.
 */
export const wordsInBlocks = (engine: Engine): readonly string[] =>
  engine === "sqlite"
    ? []
    : [
        `create table article_words (
          article_id bigint primary key references members (article_id) on delete cascade,
          words tsvector not null,
          blocks bigint[] not null generated always as (array[${BLOCKS_OF_ID}]) stored
        )`,
        "insert into article_words (article_id, words) select id, words from articles join members on article_id = id order by id",
        "alter table articles drop column words",
        // Filed at once; see migration 8.
        "create index article_words_found on article_words using gin (words, blocks) with (fastupdate = off)",
        `create function words_of(title text, text text) returns tsvector language sql immutable return
          setweight(to_tsvector('english', title), 'A') ||
          setweight(to_tsvector('english', substr(text, 1, ${SEARCHED_CHARACTERS})), 'B')`,
        `create function article_words_insert() returns trigger language plpgsql as $$ begin
          insert into article_words (article_id, words)
          select id, words_of(title, text) from articles where id = new.article_id;
          return null;
        end $$`,
        `create function article_words_update() returns trigger language plpgsql as $$ begin
          update article_words set words = words_of(new.title, new.text) where article_id = new.id;
          return null;
        end $$`,
        "create trigger article_words_insert after insert on members for each row execute function article_words_insert()",
        `create trigger article_words_update after update of title, text on articles for each row
          execute function article_words_update()`,
      ];
