import type { Engine } from "#store/engine/engine.ts";

/** What the word index takes back of an article it must be told as it was filed. */
const takeBack = (article: string): string =>
  `insert into article_words (article_words, rowid, title, text) values ('delete', ${article}.id, ${article}.title, ${article}.text)`;

const isMember = (article: string): string => `exists (select 1 from members where article_id = ${article}.id)`;

/**
 * SQLite's words, like PostgreSQL's since migration 11, of articles in stories alone: no other is ever found, and most of what
 * feeds bring is in none. Beside a view, so that a check of the index compares it with just those. A story takes its members
 * along when it is deleted, their articles still there; an article its membership when it has gone itself, so its words are taken
 * back before.
 */
export const wordsOfStories = (engine: Engine): readonly string[] =>
  engine === "postgres"
    ? []
    : [
        "drop trigger article_words_insert",
        "drop trigger article_words_delete",
        "drop trigger article_words_update",
        "drop table article_words",
        "create view searched_articles as select id, title, text from members join articles on id = article_id",
        `create virtual table article_words using fts5(
          title, text, content='searched_articles', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
        )`,
        "insert into article_words (article_words) values ('rebuild')",
        `create trigger article_words_insert after insert on members begin
          insert into article_words (rowid, title, text) select id, title, text from articles where id = new.article_id;
        end`,
        `create trigger article_words_leave after delete on members begin
          insert into article_words (article_words, rowid, title, text)
          select 'delete', id, title, text from articles where id = old.article_id;
        end`,
        `create trigger article_words_delete before delete on articles when ${isMember("old")} begin
          ${takeBack("old")};
        end`,
        `create trigger article_words_update after update of title, text on articles when ${isMember("new")} begin
          ${takeBack("old")};
          insert into article_words (rowid, title, text) values (new.id, new.title, new.text);
        end`,
      ];
