/**
 * Articles that say of themselves that they are no news, for moderators to look at and decide; where a server's leadership reads; and
 * what was flagged to it, by whom.
 */
export const reviewsAndFlags = (): readonly string[] => [
  `create table reviews (
    article_id bigint primary key references articles (id) on delete cascade,
    held_at bigint not null,
    message_id text,
    verdict text,
    decided_at bigint,
    decided_by text,
    filed_at bigint
  )`,
  "create index reviews_untold on reviews (held_at) where message_id is null and verdict is null",
  "create index reviews_released on reviews (article_id) where verdict = 'released' and filed_at is null",
  "create table leaderships (guild_id text primary key, channel text not null, created_at bigint not null, created_by text)",
  `create table flags (
    story_id bigint not null references stories (id) on delete cascade,
    guild_id text not null,
    person text not null,
    channel text not null,
    message_id text not null,
    created_at bigint not null,
    primary key (story_id, guild_id, person)
  )`,
];
